"""Messages of rooms without a window (formats, videos, project files), in the person's language.

Those rooms write plain English sentences, for the command line too, and know no window. Their sentences are collected
from the code with a number for each fact, as in "{0} is empty; copy or record it again."
(``script/translations.py``); a JSON file a language says each of them once more. When the window is about to show a
sentence, the pattern that fits it is found and its facts are put into the translation. Facts may be such messages
themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

DEEPEST: Final = 8  # of messages within messages, and of the rests of lists
FACT: Final = re.compile(r"\{(\w+)\}")
SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?]) (?=[A-Z#])")
COUNTED: Final = (
    re.compile(r"([\d,]+ [a-z]+) (.+?)\.?", re.DOTALL),
    re.compile(r"([\d,]+ [a-z]+ [a-z]+) (.+?)\.?", re.DOTALL),
)
LISTS: Final = ("{0} and {1}", "{0}, {1}", "{0} ({1})")
CLEAR: Final = 3
"""Words of its own from which on a pattern is told from a name that happens to be like it."""


class Messages:
    """``table``: from the English pattern to its translation; empty for what no person is shown."""

    def __init__(self, table: Mapping[str, str]) -> None:
        told = {english: own for english, own in table.items() if own}
        self._plain = {english.strip(): own.strip() for english, own in told.items() if not FACT.search(english)}
        patterns = [_Pattern(english, own) for english, own in told.items() if FACT.search(english)]
        patterns.sort(key=lambda pattern: -pattern.length)  # the most exact one first
        self._patterns = [pattern for pattern in patterns if not pattern.is_list]
        self._lists = [_Pattern(english, told[english]) for english in LISTS if english in told]  # in this order
        self.translate = lru_cache(2000)(self._translate)

    @classmethod
    def read(cls, path: Path) -> Messages:
        return cls(json.loads(path.read_text("utf-8")))

    def _translate(self, text: str) -> str:
        """The text in the other language; unchanged if it is no such message."""
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
