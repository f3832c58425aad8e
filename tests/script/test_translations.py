"""Every text of the window is translated, and the files that the program reads are those that were translated."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

from app.views.style.languages import CONTEXT
from script.translations import (
    FOLDER,
    NotPlainError,
    collect,
    collect_messages,
    messages_of,
    of_file,
    quoted,
)

LANGUAGES = sorted(FOLDER.glob("siamark_*.ts"))


def messages(ts: Path) -> dict[str, list[str]]:
    """From each text to what stands for it: one, or one for each number of things."""
    found = {}
    for message in ElementTree.parse(ts).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        found[message.findtext("source") or ""] = forms or [translation.text or ""]
    return found


def facts(text: str) -> set[str]:
    """The names of what is filled in."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("ts", LANGUAGES, ids=lambda ts: ts.stem)
def test_every_text_of_the_program_is_in_the_file_and_translated(ts: Path) -> None:
    texts = {text.text for text in collect()}
    found = messages(ts)
    assert texts - set(found) == set(), "run script/translations.py"
    assert set(found) - texts == set(), "run script/translations.py"
    assert [text for text, forms in found.items() if not all(forms)] == []


@pytest.mark.parametrize("ts", LANGUAGES, ids=lambda ts: ts.stem)
def test_what_is_filled_in_has_the_same_names(ts: Path) -> None:
    filled = {text.text for text in collect() if "{" in text.text}
    for text, forms in messages(ts).items():
        if text in filled:
            assert [facts(form) for form in forms] == [facts(text)] * len(forms)


@pytest.mark.parametrize("ts", LANGUAGES, ids=lambda ts: ts.stem)
def test_the_built_file_says_what_the_source_says(ts: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(ts.with_suffix(".qm")))
    for text, forms in messages(ts).items():
        assert translator.translate(CONTEXT, text, None, 1) in forms, text


def test_a_text_that_cannot_be_collected_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("script.translations.ROOT", tmp_path)
    (tmp_path / "page.py").write_text('title = tr("Open {name}", name=x)\ncount = tr_counted(n, "box", "boxes")\n')
    assert [text[:3] for text in of_file(tmp_path / "page.py")] == [
        ("Open {name}", "page.py", 1),
        ("{n} boxes", "page.py", 2),
    ]
    (tmp_path / "page.py").write_text("title = tr(name)\n")
    with pytest.raises(NotPlainError, match=r"page\.py:1"):
        list(of_file(tmp_path / "page.py"))


def test_quotes_and_lines_survive_the_way_through_qt() -> None:
    assert quoted('say "a\\b"\nnow') == r'"say \"a\\b\"\nnow"'


MESSAGES = sorted(FOLDER.glob("messages_*.json"))


def test_each_language_has_a_file_of_messages() -> None:
    names = [path.stem.removeprefix("messages_") for path in MESSAGES]
    assert names == [path.stem.removeprefix("siamark_") for path in LANGUAGES]


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_every_sentence_of_the_rooms_without_a_window_is_translated_or_said_to_be_shown_to_nobody(path: Path) -> None:
    table = json.loads(path.read_text("utf-8"))
    assert sorted(collect_messages()) == sorted(table), "run script/translations.py"
    assert [text for text, own in table.items() if own is None] == []
    for text, own in table.items():
        if own and "{" in text:
            assert facts(own) <= facts(text), text  # of the English, "is" and "are" may be a fact
    sentences = [text for text, own in table.items() if not own and text[0].isupper() and text.endswith(".")]
    assert sentences == [], "a whole sentence is shown to somebody"


def test_the_sentences_of_a_file_are_collected_with_their_facts_numbered() -> None:
    tree = ast.parse(
        '"""Of a file."""\nraise ExchangeError(f"{path} has {counted(n, \'row\')}, {more:,} more.")\nx = "word"\n'
        'y = tr("Not of this kind.")\n'
    )
    assert list(messages_of(tree)) == ["{n} row", "{n} rows", "{0} has {1}, {2} more."]
