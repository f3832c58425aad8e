"""Translates messages from rooms without a window (formats, videos, project files).

Those rooms write English sentences, which the command line shows too, and know no window. ``script/translations.py``
collects their sentences from the code with a number for each inserted fact, as in "{0} is empty; copy or record it
again.", and a JSON file for each language translates them. Before the window shows a sentence, the matching pattern is
looked up and the facts are put into its translation. A fact may itself be such a message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

DEEPEST: Final = 8  # levels of nested messages and lists
FACT: Final = re.compile(r"\{(\w+)\}")
SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?]) (?=[A-Z#])")
COUNTED: Final = (
    re.compile(r"([\d,]+ [a-z]+) (.+?)\.?", re.DOTALL),
    re.compile(r"([\d,]+ [a-z]+ [a-z]+) (.+?)\.?", re.DOTALL),
)
LISTS: Final = ("{0} and {1}", "{0}, {1}", "{0} ({1})")
CLEAR: Final = 3
"""A pattern needs this many words of its own; with fewer, a name could match it by chance."""


class Messages:
    """``table``: from each English pattern to its translation; empty for sentences that the window never shows."""

    def __init__(self, table: Mapping[str, str]) -> None:
        told = {english: own for english, own in table.items() if own}
        self._plain = {english.strip(): own.strip() for english, own in told.items() if not FACT.search(english)}
        patterns = [_Pattern(english, own) for english, own in told.items() if FACT.search(english)]
        patterns.sort(key=lambda pattern: -pattern.length)  # the most specific first
        self._patterns = [pattern for pattern in patterns if not pattern.is_list]
        self._lists = [_Pattern(english, told[english]) for english in LISTS if english in told]  # in this order
        self.translate = lru_cache(2000)(self._translate)

    @classmethod
    def read(cls, path: Path) -> Messages:
        return cls(json.loads(path.read_text("utf-8")))

    def _translate(self, text: str) -> str:
        """The translation; the text itself if it matches no pattern."""
        whole = self._whole(text, 0)
        if whole is not None:
            return whole
        sentences = SENTENCE_ENDS.split(text)
        if len(sentences) == 1:
            return text
        return " ".join(self._whole(sentence, 0) or sentence for sentence in sentences)

    def _whole(self, text: str, depth: int) -> str | None:
        if text in self._plain:
            return self._plain[text]
        if depth > DEEPEST or " " not in text.strip():
            return None
        return (
            self._fitted(self._patterns, text, depth)
            or self._joined(text, depth)
            or self._fitted(self._lists, text, depth)
        )

    def _fitted(self, patterns: Sequence[_Pattern], text: str, depth: int) -> str | None:
        for pattern in patterns:
            found = pattern.fits(text)
            if found is not None:
                facts = {name: self._whole(fact, depth + 1) for name, fact in found.items()}
                is_sure = pattern.is_clear or (depth > 0 and not pattern.is_list)
                if is_sure or any(facts.values()):
                    return pattern.own.format(**{name: facts[name] or found[name] for name in found})
        return None

    def _joined(self, text: str, depth: int) -> str | None:
        """As in "3 boxes interpolated: left out." and "tracks.txt: an id stands twice"."""
        for counted in filter(None, (pattern.fullmatch(text) for pattern in COUNTED)):
            what, said = self._whole(counted[1], depth + 1), self._whole(counted[2], depth + 1)
            if what and said:
                return f"{what}{said}{'。' if text.endswith('.') else ''}"
        place, colon, said = text.partition(": ")
        rest = self._whole(said, depth + 1) if colon else None
        return None if rest is None else f"{place}: {rest}"


class _Pattern:
    def __init__(self, english: str, own: str) -> None:
        texts = FACT.split(english)  # text, name, text, name, ..., text
        self.own = FACT.sub(r"{f\1}", own)
        literal = [_plain(text) for text in texts[::2]]
        names = texts[1::2]
        facts = [f"(?P<f{name}>{'[0-9,]+' if name == 'n' else '.*?'})" for name in names]
        pattern = "".join(re.escape(text) + fact for text, fact in zip(literal, [*facts, ""], strict=True))
        self._pattern = re.compile(pattern, re.DOTALL)
        self._begin = literal[0]
        self.length = sum(map(len, literal))
        self.is_list = english in LISTS
        self.is_clear = len(re.findall(r"[A-Za-z]{2,}", " ".join(literal))) >= CLEAR or names == ["n"]

    def fits(self, text: str) -> dict[str, str] | None:
        if not text.startswith(self._begin):
            return None
        found = self._pattern.fullmatch(text)
        return None if found is None else found.groupdict()


def _plain(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
