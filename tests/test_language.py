"""Texts are looked up by their English, with facts filled in and counts in the right form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.language import listed, look_up_with, plural, tr, tr_counted, translated

FOREIGN = {
    "Open {name}": "{name} offen",
    "{n} boxes": "{n} Kisten",
    "Close": "Zu",
    "{first}, {second}": "{first}、{second}",
}


@pytest.fixture
def foreign() -> Iterator[None]:
    look_up_with(lambda text, _: FOREIGN.get(text, text))
    yield
    look_up_with(None)


def test_without_a_window_texts_are_english() -> None:
    assert tr("Open {name}", name="a.mp4") == "Open a.mp4"
    assert (tr_counted(1, "box", "boxes"), tr_counted(2000, "box", "boxes")) == ("1 box", "2,000 boxes")
    assert plural(1, "{n} box of {all}", "{n} boxes of {all}", all=9) == "1 box of 9"


def test_texts_are_looked_up(foreign: None) -> None:
    assert tr("Open {name}", name="a.mp4") == "a.mp4 offen"
    assert (tr_counted(1, "box", "boxes"), tr_counted(2000, "box", "boxes")) == ("1 Kisten", "2,000 Kisten")
    assert translated("Close") == "Zu"


def test_what_is_not_translated_stays_english(foreign: None) -> None:
    assert (tr_counted(1, "gap"), tr_counted(2, "gap")) == ("1 gap", "2 gaps")
    assert translated("") == ""


def test_braces_mean_nothing_without_facts() -> None:
    assert tr("{ or }") == "{ or }"


def test_parts_are_listed_with_the_comma_of_the_language(foreign: None) -> None:
    assert listed(["#1", "#2", "{#3}"]) == "#1、#2、{#3}"
    assert (listed(["#1"]), listed([])) == ("#1", "")
    look_up_with(None)
    assert listed(["#1", "#2"]) == "#1, #2"
