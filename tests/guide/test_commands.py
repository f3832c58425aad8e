"""Every command that a document shows is one that the program takes: the real parser reads it, values included."""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any, NoReturn

import pytest
import typer

from app.cli.main import commands
from app.exchange.formats import EXPORTS
from script.guide_pages import GUIDE

ROOT = GUIDE.parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"), *GUIDE.glob("*.md")])
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
BLOCK = re.compile(r"^( *)```[a-z]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:python (?:main\.py|-m benchmarks\.\w+)|script/\w+|pip install)\b[^`]*)`")
COMMAND = re.compile(r"(?:^|&& )\s*(python (?:main\.py|-m benchmarks\.\w+)|siamark|script/\w+|pip install)\b([^&\n]*)")
MEANT = {"X,Y,W,H": "1,2,3,4", "N": "40", "R": "3", "S": "1", "COMMAND": "track"}
"""What stands for a value of its kind; other words in capitals stand for a name or a path."""


def commands_of(text: str) -> list[tuple[str, list[str]]]:
    """What a page lets one type: the program, and the words behind it without a comment."""
    lines = [line for _, block in BLOCK.findall(text) for line in block.splitlines()] + INLINE.findall(text)
    return [
        (program, words_of(rest)) for line in lines for program, rest in COMMAND.findall(re.sub(r"\s+#.*$", "", line))
    ]


def words_of(text: str) -> list[str]:
    """With what is optional, without what stands for more of the same, and the first of what can be chosen from."""
    words = shlex.split(re.sub(r"\[(--[^]]*)\]", r"\1", text.replace(" ...", "")))
    words = [word.partition("|")[0] for word in words]
    return [MEANT.get(word, re.sub(r"\$\w+", "1", word)) for word in words]


def faults_of(words: list[str]) -> list[str]:
    """What the parser of the program says against these words."""
    context = typer.main.get_group(commands).make_context("siamark", [], resilient_parsing=True)
    command: Any = context.command
    words = [word for word in words if word != "--help"]
    while hasattr(command, "commands"):
        if not words:
            return []
        name, found = words[0], command.get_command(context, words[0])
        if found is None:
            return [f"no command {name}"] if re.fullmatch("[a-z-]+", name) else []  # a video, or options of the window
        command, words = found, words[1:]
    if not words:  # a page that speaks of the command
        return []
    try:
        context = command.make_context(command.name, words)
    except Exception as error:
        if not hasattr(error, "format_message"):  # no mistake of whoever types
            raise
        return [error.format_message()]
    named = [context.params.get("format_name"), *(one.format_name for one in context.params.get("exports") or ())]
    return [f"no format {name}" for name in named if name not in FORMATS]


FORMATS = {entry.name for entry in EXPORTS} | {None, "NAME", "FORMAT", "lines"}
"""The last is that of the example of a plug-in."""


class ParsedError(Exception):
    """What a benchmark asks of the words was read, and it is not to begin."""


def faults_of_benchmark(name: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    module = importlib.import_module(f"benchmarks.{name}")
    parse = argparse.ArgumentParser.parse_args

    def only_parse(parser: argparse.ArgumentParser, *_: object) -> None:
        parse(parser, words)
        raise ParsedError

    with monkeypatch.context() as patch:
        patch.setattr(argparse.ArgumentParser, "parse_args", only_parse)
        patch.setattr(argparse.ArgumentParser, "error", refuse)
        try:
            module.main()
        except ParsedError:
            return []
        except ValueError as error:
            return [str(error)]
    return ["it has not asked for its options"]


def refuse(parser: argparse.ArgumentParser, message: str) -> NoReturn:
    raise ValueError(f"{parser.prog}: {message}")


@EVERY_PAGE
def test_every_command_of_a_page_is_taken_by_the_parser(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = []
    for program, words in commands_of(page.read_text("utf-8")):
        wrong += [f"{program} {' '.join(words)}: {fault}" for fault in faults(program, words, monkeypatch)]
    assert not wrong


def faults(program: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    if program in ("python main.py", "siamark"):
        return faults_of(words)
    if program.startswith("python -m"):
        return faults_of_benchmark(program.rpartition(".")[2], words, monkeypatch) if words else []
    if program == "pip install":
        return [f"{word} is none of this project" for word in words if not is_installable(word)]
    return [] if (ROOT / program).is_file() else ["there is no such script"]


def is_installable(word: str) -> bool:
    """A folder of this tree with extras that it has, or a package that an extra names; never our own name, which the
    package index may know as another's.
    """
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    if any(word == re.split(r"[^\w-]", package)[0] for packages in known.values() for package in packages):
        return True
    folder, _, extras = word.rstrip("]").partition("[")
    return (ROOT / folder / "pyproject.toml").is_file() and set(filter(None, extras.split(","))) <= set(known)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("```\npython main.py exprt a.siamark\n```", "no command exprt"),
        ("    ```\n    python main.py export a.siamark --format coco --ot a.json\n    ```", "No such option: --ot"),
        ("`python main.py export a.siamark --format coc --out a.json`", "no format coc"),
        ("```\ncd a && python main.py track a.mp4 --box 1,2,3\n```", "is not X,Y,W,H"),
        ("```\npython main.py batch a.toml --out b --processes many\n```", "unable to parse string as an integer"),
        ("```\npython main.py join a.siamark    # of one\n```", "Missing option '--out'"),
        ("`python main.py bench spede --frames 4`", "no command spede"),
        ("`python -m benchmarks.pairs --data a --pears 4`", "unrecognized arguments: --pears 4"),
        ("`script/nothing`", "there is no such script"),
        ("`pip install 'siamark[ray]'`", "is none of this project"),
        ("`pip install '.[rays]'`", "is none of this project"),
    ],
)
def test_a_command_that_cannot_be_given_is_found(text: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = commands_of(text)
    (said,) = faults(*found, monkeypatch)
    assert fault in said
