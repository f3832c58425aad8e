"""Tables on terminals of any width, and in files."""

from __future__ import annotations

import pytest
from rich.table import Table

from app.cli.output import print_table


def table(*names: str) -> Table:
    made = Table(box=None, pad_edge=False)
    for name in names:
        made.add_column(name, overflow="fold")
    return made


WIDE, NARROW = table("a" * 30, "b" * 30), table("c" * 20)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    return monkeypatch


def test_a_pipe_gets_the_first_layout_unfolded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_table(WIDE, NARROW)
    assert capsys.readouterr().out.split() == ["a" * 30, "b" * 30]


@pytest.mark.parametrize(("columns", "shown"), [(80, "b" * 30), (40, "c" * 20), (10, "c" * 10)])
def test_a_terminal_gets_the_first_that_fits_or_the_last_one_folded(
    terminal: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int, shown: str
) -> None:
    terminal.setenv("COLUMNS", str(columns))
    print_table(WIDE, NARROW)
    printed = capsys.readouterr().out
    assert shown in printed
    assert ("a" * 30 in printed) == (columns == 80)
