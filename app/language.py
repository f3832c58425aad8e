"""Texts in the language of the window. Each is written in English where it is shown, and looked up by that English.

Without a window, as on the command line, every text stays English. Qt is not needed: the window says where to look up
(``app/views/style/languages.py``). ``script/translations.py`` collects the texts by the names of these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

LookUp = Callable[[str, int], str]
"""From an English text and the count that it depends on (-1 for none) to the text, the same one if there is none."""


Message = Callable[[str], str]
"""From a sentence of a room without a window to the same in the person's language; unchanged if there is none."""

LISTED: Final = "{first}, {second}"
"""Two parts of a sentence, one after the other."""


def _english(text: str, _count: int) -> str:
    return text


def _unchanged(text: str) -> str:
    return text


_look_up: LookUp = _english
_message: Message = _unchanged
NO_COUNT: Final = -1


def look_up_with(look_up: LookUp | None) -> None:
    """Set the function that looks up texts; None for English."""
    global _look_up
    _look_up = look_up or _english


def messages_with(message: Message | None) -> None:
    """Set the function that translates messages of other rooms; None for English."""
    global _message
    _message = message or _unchanged


def message(text: str) -> str:
    """Translate a sentence from a room without a window, such as an error or a note of an export."""
    return _message(text)


def tr(text: str, /, **facts: object) -> str:
    """A text with its facts filled in: ``tr("Opening {name}…", name=path.name)``. Without facts braces mean nothing."""
    found = _look_up(text, NO_COUNT)
    return found.format(**_told(facts)) if facts else found


def _told(facts: dict[str, object]) -> dict[str, object]:
    """Translate a fact that is itself a message, such as the reason why a file cannot be read."""
    return {name: _message(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def plural(count: int, one: str, many: str, /, **facts: object) -> str:
    """A text that depends on a count, ``n`` in it: ``plural(3, "{n} box is left", "{n} boxes are left")``."""
    text = _look_up(many, count)
    if text == many and count == 1:  # English, or not translated
        text = one
    return text.format(n=f"{count:,}", **_told(facts))


def tr_counted(count: int, singular: str, many: str | None = None, /) -> str:
    """Like ``counted`` in ``app/model/words.py``, but in the person's language: "1 box", "2,000 boxes"."""
    return plural(count, f"{{n}} {singular}", f"{{n}} {many or singular + 's'}")


def listed(parts: Iterable[str]) -> str:
    """Join parts of a sentence with the language's comma."""
    two = tr(LISTED)
    told = iter(parts)
    sentence = next(told, "")
    for part in told:
        sentence = two.format(first=sentence, second=part)
    return sentence


def marked(text: str) -> str:
    """Mark a text of a table for translation. ``translated`` looks it up when it is shown."""
    return text


def translated(text: str) -> str:
    """Translate a text that is written elsewhere: in a table, or in ``marked``."""
    return _look_up(text, NO_COUNT) if text else text
