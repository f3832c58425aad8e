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
    """From now on texts are looked up with this; None for English."""
    global _look_up
    _look_up = look_up or _english


def messages_with(message: Message | None) -> None:
    """From now on the messages of other rooms are translated with this; None for English."""
    global _message
    _message = message or _unchanged


def message(text: str) -> str:
    """A sentence that a room without a window has written, such as an error or a note of an export, to be shown."""
    return _message(text)


def tr(text: str, /, **facts: object) -> str:
    """A text with its facts filled in: ``tr("Opening {name}…", name=path.name)``. Without facts braces mean nothing."""
    found = _look_up(text, NO_COUNT)
    return found.format(**_told(facts)) if facts else found


def _told(facts: dict[str, object]) -> dict[str, object]:
    """A fact may be a message itself, such as why a file cannot be read."""
    return {name: _message(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def plural(count: int, one: str, many: str, /, **facts: object) -> str:
    """A text that depends on a count, ``n`` in it: ``plural(3, "{n} box is left", "{n} boxes are left")``."""
    text = _look_up(many, count)
    if text == many and count == 1:  # English, or not translated
        text = one
    return text.format(n=f"{count:,}", **_told(facts))


def tr_counted(count: int, singular: str, many: str | None = None, /) -> str:
    """As ``counted`` of ``app/model/words.py``, in the person's language: "1 box" and "2,000 boxes"."""
    return plural(count, f"{{n}} {singular}", f"{{n}} {many or singular + 's'}")


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence, one after the other, with the comma of the language."""
    two = tr(LISTED)
    told = iter(parts)
    sentence = next(told, "")
    for part in told:
        sentence = two.format(first=sentence, second=part)
    return sentence


def marked(text: str) -> str:
    """A text of a table, which is translated later, when it is shown: ``translated`` does that."""
    return text


def translated(text: str) -> str:
    """A text that is not written here: of a table, or one that was ``marked``."""
    return _look_up(text, NO_COUNT) if text else text
