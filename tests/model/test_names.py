from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.names import LONGEST_NAME, LONGEST_VALUE, clean_attributes, clean_name, clean_text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("car", "car"),
        ("vélo 自行车", "vélo 自行车"),
        ("ball\r", "ball"),
        (" a\n b\t c ", "a b c"),
        ("\ud800x\u2028y\uffff", "x y"),
        ("\x00", ""),
    ],
)
def test_a_name_is_one_line_of_printable_characters(text: str, name: str) -> None:
    assert clean_name(text) == name


@given(st.text())
def test_a_clean_name_stays_as_it_is_and_can_be_written(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name
    assert len(name) <= LONGEST_NAME
    name.encode()
    assert len(name.splitlines()) <= 1


def test_a_value_keeps_its_lines_and_an_attribute_without_a_name_goes() -> None:
    assert clean_text("two\r\nlines\x07") == "two\nlines "
    assert clean_attributes({"make\n": "Saab", "\ud800": "x"}) == {"make": "Saab"}
    assert clean_attributes({"make": "x" * 20_000}) == {"make": "x" * LONGEST_VALUE}
