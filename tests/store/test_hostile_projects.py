"""Hostile and damaged project files: each is refused at once, in one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.model.record_block import HUMAN, Flag
from app.store.errors import UnreadableProjectError
from app.store.project_store import ProjectStore
from tests.support.stores import certified_street, spoil_record, street_with_a_run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "street.siamark"
    store = ProjectStore.create(path, street_with_a_run().video)
    store.put_project(certified_street())
    store.close()
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(UnreadableProjectError) as caught, closing(ProjectStore.open(path)) as store:
        store.load()
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert len(sentence) < 400 + len(str(path))
    return sentence


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE block SET number = 1000000000000",
        "UPDATE block SET records = x''",
        "UPDATE block SET records = x'00'",
        "UPDATE block SET records = zeroblob(58 * 20)",
        "UPDATE block SET records = zeroblob(58 * 65)",
        "UPDATE block SET records = substr(records, 1, length(records) - 1)",
        "UPDATE block SET records = zeroblob(60000000)",
        "UPDATE video SET frame_count = 10000000000",
        "UPDATE video SET frame_count = 0",
        "UPDATE video SET width = 1000000000",
        "UPDATE video SET height = -5",
        "UPDATE video SET frame_rate = '1e999999'",
        "UPDATE video SET frame_rate = '-25'",
        "UPDATE video SET frame_rate = '" + "9" * 5000 + "'",
        "UPDATE video SET path = 'a' || char(0) || 'b'",
        "UPDATE video SET path = '" + "d/" * 5000 + "'",
        "UPDATE track SET attributes = '[1]' WHERE id = 1",
        """UPDATE track SET attributes = '{"a": 1}' WHERE id = 1""",
        "UPDATE track SET attributes = '" + "[" * 100_000 + "' WHERE id = 1",
        "UPDATE track SET colour = 'red; drop' WHERE id = 1",
        "UPDATE track SET label = '" + "a" * 20_000 + "' WHERE id = 1",
        "UPDATE label SET colour = '' WHERE id = 1",
        """UPDATE run SET constants = '{"window_influence": NaN}'""",
        """UPDATE run SET constants = '{"window_influence": "high"}'""",
        "INSERT INTO gap VALUES (1, 8, 3)",
        "INSERT INTO overruled VALUES (1, 12, -9223372036854775808, 1)",
        "INSERT INTO overruled VALUES (1, -1, 3, 1)",
        "UPDATE certificate SET target_iou = 7",
        "UPDATE certificate SET drawn_at = '" + "a" * 20_000 + "'",
        "UPDATE certificate_stratum SET box_count = 0",
        "UPDATE certificate_stratum SET box_count = -9",
        "UPDATE certificate_box SET stratum = 2",
        "UPDATE certificate_box SET frame = -1",
        "UPDATE certificate_box SET width = 9e999",
        "DELETE FROM certificate_box",
        "UPDATE certificate_codes SET codes = x'00'",
        "UPDATE certificate_codes SET first_frame = 10000000",
        "CREATE TRIGGER boom AFTER INSERT ON block BEGIN DELETE FROM block; END",
        "CREATE VIEW records AS SELECT * FROM block",
    ],
)
def test_what_no_siamark_writes_is_refused(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(statement)
        file.commit()
    assert "is damaged" in refusal_of(path)


@pytest.mark.parametrize(
    "values",
    [
        {"x": 1e300},
        {"y": float("nan")},
        {"width": -1},
        {"height": float("inf")},
        {"score": 2},
        {"accord": -1},
        {"run": -1},
        {"run": 2**60},
        {"flags": 0},
        {"flags": HUMAN | Flag.HAS_SCORE},
        {"flags": HUMAN | Flag.ABSENT | Flag.OCCLUDED},
        {"place": 13},
        {"place": 0},
        {"place": 64},
    ],
)
def test_a_record_that_no_siamark_writes_is_refused(path: Path, values: dict[str, float]) -> None:
    spoil_record(path, 1, 12, **values)
    assert "is damaged" in refusal_of(path)


def test_a_schema_that_is_no_text_is_refused(path: Path) -> None:
    content = path.read_bytes()
    assert b"CREATE TABLE run" in content
    path.write_bytes(content.replace(b"CREATE TABLE run", b"CREATE \xff\xfe\xfd run", 1))
    refusal_of(path)
