"""A problem is printed as one line, whatever characters it contains."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from app.cli.output import LONGEST_LINE, one_line, print_any_text
from tests.support.commands import Run
from tests.support.trackers import ScriptedTracker


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("no such file", "no such file."),
        ("It ends here.", "It ends here."),
        ("two\n  lines\r\nor\tthree", "two lines or three."),
        ("a \x1b[31mred\x07 file", "a \\x1b[31mred\\x07 file."),
        ("caf\udce9.mp4", "caf\\udce9.mp4."),
        ("Straße 街.mp4", "Straße 街.mp4."),
    ],
)
def test_a_problem_is_one_line_of_plain_text(problem: str, line: str) -> None:
    assert one_line(problem) == line


def test_a_long_problem_keeps_its_beginning_and_its_end() -> None:
    line = one_line(f"the frame is {'9' * 5000}, and it lies from 0 to 9")
    assert line.startswith("the frame is 999")
    assert line.endswith("9, and it lies from 0 to 9.")
    assert "characters left out" in line
    assert len(line) < LONGEST_LINE + 50


@given(st.text(alphabet=st.characters(codec=None), max_size=2000))
def test_any_text_becomes_one_printable_line(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    line.encode("utf-8")


def test_standard_output_takes_what_is_not_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_any_text()
    typer.echo("caf\udce9.mp4: 1 track.")
    assert capsys.readouterr().out == "caf\\udce9.mp4: 1 track.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_sequence_whose_name_is_not_text_is_evaluated(run: Run, tracker: ScriptedTracker, tmp_path: Path) -> None:
    named = tmp_path / "data" / os.fsdecode(b"caf\xe9")
    plain = tmp_path / "plain"
    plain.mkdir()
    for number in (1, 2, 3):
        cv2.imwrite(str(plain / f"{number:08d}.png"), np.zeros((80, 100, 3), dtype=np.uint8))
    (plain / "groundtruth.txt").write_text("10,10,20,20\n" * 3)
    named.parent.mkdir()
    plain.rename(named)
    answer = run("evaluate", "--data", named.parent, "--tracker", "scripted", "--out", tmp_path / "out")
    assert (answer.code, answer.complained) == (0, "")
    assert "caf\\udce9" in answer.said
    assert 'src="worst/caf%E9.png"' in (tmp_path / "out" / "index.html").read_text("utf-8")
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["sequences"].keys() == {"caf\udce9"}
