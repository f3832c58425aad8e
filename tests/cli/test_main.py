"""How ``python main.py`` reads its first arguments."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from app import __version__
from app.cli.main import commands
from tests.support.commands import Run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """What the window was opened on; it is closed at once with exit code 5."""
    paths: list[Path | None] = []

    def run_window(path: Path | None) -> int:
        paths.append(path)
        return 5

    monkeypatch.setitem(sys.modules, "app.application", SimpleNamespace(run_window=run_window))
    return paths


def test_no_words_open_the_window(run: Run, opened: list[Path | None]) -> None:
    assert run().code == 5
    assert opened == [None]


def test_a_path_opens_the_window_on_it(run: Run, opened: list[Path | None], clip: Path) -> None:
    assert run(clip).code == 5
    assert run(clip.parent).code == 5
    assert opened == [clip, clip.parent]


def test_demo_opens_the_window_on_the_built_in_clip(run: Run, opened: list[Path | None]) -> None:
    assert run("demo").code == 5
    assert [path and path.name for path in opened] == ["demo.mp4"]
    assert opened[0] is not None
    assert opened[0].is_file()


def test_demo_offscreen_leaves_its_results_in_the_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def run_offscreen(folder: Path, *, film: Path | None, by_part: bool) -> int:
        asked.append(folder)
        return 0

    monkeypatch.setitem(sys.modules, "app.demo.offscreen", SimpleNamespace(run_offscreen=run_offscreen))
    assert run("demo", "--offscreen", tmp_path / "new").code == 0
    assert asked == [tmp_path / "new"]


def all_commands(group: typer.core.TyperGroup) -> Iterator[list[str]]:
    """The words of every command and group of commands."""
    yield []
    for name, command in group.commands.items():
        below = all_commands(command) if isinstance(command, typer.core.TyperGroup) else [[]]
        yield from ([name, *words] for words in below)


COMMANDS = list(all_commands(typer.main.get_group(commands)))


def test_commands_within_commands_are_found() -> None:
    for words in ([], ["track"], ["models"], ["models", "add"], ["bench", "window"]):
        assert words in COMMANDS


def test_help_names_every_command(run: Run) -> None:
    answer = run("--help")
    assert (answer.code, answer.complained) == (0, "")
    for words in COMMANDS:
        if len(words) == 1:
            assert f" {words[0]} " in answer.said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_shows_what_to_type_and_no_python_type(run: Run, command: list[str]) -> None:
    answer = run(*command, "--help")
    assert (answer.code, answer.complained) == (0, "")
    assert not re.findall(r"<[a-z |]+>", answer.said)
    assert not re.findall(r"^ +\d+ [a-z]", answer.said, re.MULTILINE), "a sentence that was taken for a list"


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert (run("--version").code, run("--version").said) == (0, f"Siamark {__version__}\n")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["trak"], "there is neither a command nor a file 'trak'"),
        (["trak", "--box", "1,2,3,4"], "there is no command 'trak'"),
        (["{clip}", "{clip}"], "one video, folder or project at a time"),
        (["--colour"], "No such option: --colour"),
        (["models"], "Missing command"),
        (["models", "sell"], "No such command 'sell'"),
        (["bench"], "Missing command"),
        (["demo", "--offscreen", "{clip}"], "is a file"),
        (["export", "{clip}", "--format", "mot", "--out", "{folder}/tracks.txt"], "is not a Siamark project"),
        (["export", "{folder}/none", "--format", "mot", "--out", "{folder}/tracks.txt"], "does not exist"),
        (["import", "{clip}", "--format", "mot", "--from", "{clip}"], "is not a Siamark project"),
        (["check", "{folder}/none", "--format", "mot"], "does not exist"),
        (["evaluate", "--data", "{folder}/none", "--tracker", "scripted"], "is not a folder"),
        (["evaluate", "--data", "{folder}", "--protocol", "best"], "there is no protocol 'best'"),
        (["evaluate"], "Missing option '--data'"),
        (["learn", "{clip}", "--minutes", "nan"], "--minutes"),
        (["learn", "{clip}", "--minutes", "inf"], "--minutes"),
        (["export", "{clip}", "--format", "mot", "--out", "a.txt", "--minimum-score", "nan"], "--minimum-score"),
        (["export", "{clip}", "--format", "mot", "--out", "a.txt", "--minimum-score", "-1"], "--minimum-score"),
        (["p" * 300], "there is neither a command nor a file"),
        (["check", "p" * 300, "--format", "mot"], "too long"),
        (["models", "add", "p" * 300], "too long"),
        (["train", "p" * 300], "too long"),
        (["export", "p" * 300, "--format", "mot", "--out", "a.txt"], "p" * 40),
        (["evaluate", "--data", "p" * 300, "--tracker", "scripted"], "p" * 40),
        (["prepare", "p" * 300, "--out", "{folder}/out"], "p" * 40),
        (["learn", "p" * 300], "p" * 40),
        (["demo", "--offscreen", "p" * 300], "too long"),
        (["bench", "effort", "--data", "p" * 300], "p" * 40),
        (["\udc80.mp4"], "\\udc80.mp4"),
        (["a\x1b[2Jb.mp4"], "\\x1b[2Jb.mp4"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(
    run: Run, opened: list[Path | None], clip: Path, tmp_path: Path, words: list[str], problem: str
) -> None:
    answer = run(*(word.format(clip=clip, folder=tmp_path) for word in words))
    assert answer.is_refusal, answer
    assert problem in answer.complained
    assert opened == []
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_program_is_one_line_unless_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("no\nsuch key")

    monkeypatch.setattr("app.cli.models.models", fail)
    answer = run("models", "list")
    assert (answer.code, answer.said) == (1, "")
    assert answer.complained.startswith("this is a fault in Siamark (KeyError: 'no\\nsuch key')")
    assert answer.complained.count("\n") == 1
    monkeypatch.setenv("SIAMARK_TRACEBACK", "1")
    with pytest.raises(KeyError):
        run("models", "list")


def test_a_headless_command_in_a_process_of_its_own_loads_no_qt_and_shows_no_traceback(
    project_root: Path, clip: Path
) -> None:
    program = (
        "import sys; from app.cli.main import main; code = main(sys.argv[1:]); "
        "print(*(name for name in ('PySide6', 'pyqtgraph', 'torch') if name in sys.modules)); sys.exit(code)"
    )
    words = ("track", clip, "--box", "999,0,5,5")
    answer = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=project_root, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 2
    assert answer.stdout == "\n"
    assert answer.stderr == "the box 999,0,5,5 lies outside the picture of 192 x 64 pixels.\n"


def test_a_python_without_the_packages_is_told_where_they_are(project_root: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-S", "main.py", "models", "list"], cwd=project_root, capture_output=True, text=True
    )
    assert answer.returncode == 1
    assert ". .venv/bin/activate" in answer.stderr
    assert "Traceback" not in answer.stderr
