from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.exchange import guessing
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Format
from app.exchange.formats import FORMATS, format_named
from app.exchange.guessing import guessed_format
from tests.support.annotated_projects import street


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_every_format_of_ours_is_told_by_itself(entry: Format, tmp_path: Path) -> None:
    path = tmp_path / f"tracks{entry.suffix}"
    export(street(), entry.name, path)
    assert guessed_format(path) == entry.name


def test_a_format_may_recognise_its_files_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = replace(format_named("csv"), name="own", recognises=lambda path: path.suffix == ".own")
    monkeypatch.setattr(guessing, "FORMATS", (*FORMATS, own))
    (tmp_path / "boxes.own").write_text("frame,x,y,width,height\n")
    (tmp_path / "boxes.csv").write_text("frame,x,y,width,height\n")
    assert [guessed_format(tmp_path / name) for name in ("boxes.own", "boxes.csv")] == ["own", "csv"]


def test_a_sequence_of_mot_is_a_folder_and_a_description_of_yolo_a_file(tmp_path: Path) -> None:
    export(street(), "mot", tmp_path / "street")
    assert guessed_format(tmp_path / "street") == "mot"
    export(street(), "yolo", tmp_path / "yolo")
    assert guessed_format(tmp_path / "yolo" / "data.yaml") == "yolo"


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\x89PNG\r\n", b"{}", b"<svg/>", b"1,2,3\n"])
def test_what_is_no_format_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.any").write_bytes(content)
    with pytest.raises(ExchangeError, match="choose its format"):
        guessed_format(tmp_path / "file.any")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ExchangeError, match="choose its format"):
        guessed_format(tmp_path / "empty")
