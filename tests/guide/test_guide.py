"""The user guide tells the truth: its tables, links, commands and examples."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import typer

from app.cli.main import commands
from app.exchange.formats import EXPORTS
from app.store.project_store import ProjectStore
from script.guide_pages import BEGIN, END, GUIDE, keys, stale_pages, with_table
from tests.support.annotated_projects import street
from tracker_core.weights.catalog import models

PAGES = sorted(GUIDE.glob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def anchor(heading: str) -> str:
    """As the builder of the guide makes it."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


@pytest.mark.usefixtures("qapp")
def test_pages_that_are_made_from_tables_are_up_to_date() -> None:
    assert not list(stale_pages()), "run script/docs --pages"


@pytest.mark.usefixtures("qapp")
def test_a_page_is_stale_once_a_key_is_another_one() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter"
    made = with_table(page, keys())
    assert made.startswith("before\n")
    assert made.endswith("\nafter")
    assert "| `T` | Track forward |" in made
    assert with_table(made, keys()) == made
    assert with_table(made, keys().replace("`T`", "`Y`")) != made


@EVERY_PAGE
def test_every_link_and_picture_is_there(page: Path) -> None:
    missing = []
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"\w+:", link):
            continue
        name, _, place = link.partition("#")
        goal = page.parent / name if name else page
        anchors = [anchor(heading) for heading in HEADING.findall(goal.read_text("utf-8"))] if place else []
        if not goal.is_file() or (place and place not in anchors):
            missing.append(link)
    assert not missing


def test_every_page_is_in_the_contents_and_every_picture_is_shown(project_root: Path) -> None:
    contents = (project_root / "mkdocs.yml").read_text("utf-8").partition("nav:")[2].partition("\nmarkdown")[0]
    assert sorted(re.findall(r": (\w+\.md)", contents)) == [page.name for page in PAGES]
    shown = {link for page in PAGES for link in LINK.findall(page.read_text("utf-8")) if link.startswith("images/")}
    assert shown == {f"images/{picture.name}" for picture in (GUIDE / "images").iterdir()}


@EVERY_PAGE
def test_every_command_that_a_page_shows_can_be_given(page: Path) -> None:
    group = typer.main.get_group(commands)
    wrong = []
    for line in re.findall(r"python main\.py ([a-z][^`\n]*)", page.read_text("utf-8")):
        words = shlex.split(line.partition(" #")[0])
        command = group.commands.get(words[0])
        if command is not None and hasattr(command, "commands") and len(words) > 1:
            command = command.commands.get(words[1])
        if command is None:
            wrong.append(line)
            continue
        known = {option for parameter in command.params for option in parameter.opts}
        wrong += [f"{word} of {line}" for word in words if word.startswith("--") and word not in known]
        names = [after for before, after in pairwise(words) if before == "--format"]
        names += [after.partition(":")[0] for word, after in pairwise(words) if word == "--export"]
        wrong += [
            f"{name} of {line}" for name in names if name not in {entry.name for entry in EXPORTS} | {"NAME", "FORMAT"}
        ]
    assert not wrong


@EVERY_PAGE
def test_a_manifest_that_a_page_shows_is_toml(page: Path) -> None:
    for text in re.findall(r"^```toml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        assert tomllib.loads(text)["job"]


def test_the_trackers_that_the_guide_names_are_there() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    known = {model.name for model in models()}
    assert set(re.findall(r"\b(?:da)?siam(?:rpn|fc)\w*\b", text)) <= known


def test_the_examples_of_the_library_do_what_they_say(tmp_path: Path) -> None:
    project = street()
    path = tmp_path / "street.siamark"
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    answer = doctest.testfile(str(GUIDE / "library.md"), module_relative=False, globs={"street": path})
    assert answer.attempted > 15
    assert answer.failed == 0
