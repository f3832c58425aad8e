"""Errors about foreign files; each text is a sentence for the person."""

from __future__ import annotations

import math
import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LONGEST_QUOTE = 60  # characters; a file may hold a number of thousands of digits
LONGEST_SENTENCE = 1000  # characters; long enough for a usual path
HUGE = 10**20  # writing out a number with thousands of digits is slow, and Python refuses it beyond 4300

_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, lone surrogates, line and paragraph ends


class ExchangeError(Exception):
    """The text is the sentence to show: what happened, to which file, what to do. It is printable and on one line."""

    def __init__(self, sentence: str) -> None:
        text = printable(sentence)
        half = LONGEST_SENTENCE // 2
        super().__init__(text if len(text) <= LONGEST_SENTENCE else f"{text[: half - 2]} … {text[1 - half :]}")


def printable(text: str) -> str:
    """The text with unprintable characters and line ends escaped."""
    return "".join(_escaped(character) if _is_unprintable(character) else character for character in text)


def quoted(value: object) -> str:
    """A value from a file for a message: on one line, printable and short."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= HUGE:
        return f"a number of {int(math.log10(abs(value))) + 1} digits"
    if isinstance(value, (dict, list)):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    if isinstance(value, str):
        return f'"{shortened(value)}"'
    return shortened(repr(value))


MOST_LISTED = 5


def listed(labels: Sequence[str]) -> str:
    """Labels for a message: the first few of them, and how many more there are."""
    few = ", ".join(map(quoted, labels[:MOST_LISTED]))
    more = len(labels) - MOST_LISTED
    return f"{few} and {more} more" if more > 0 else few


def shortened(text: str) -> str:
    """At most ``LONGEST_QUOTE`` printable characters of a text."""
    return printable(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…")


def check_path(path: Path) -> None:
    """
    Raises:
        ExchangeError: if the path cannot exist or its folder cannot be read; not for a file that is only missing.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise ExchangeError(f"{shortened(str(path))} could not be read: {error.strerror}.") from None
    except ValueError:  # a zero byte, or a character that the system cannot encode
        raise ExchangeError(f"{shortened(str(path))} is not a possible path.") from None


@contextmanager
def system_errors_told(path: Path) -> Iterator[None]:
    """Turn the system's errors while reading ``path``, or paths named in it, into an ExchangeError.

    A file may name paths that no system allows.
    """
    try:
        yield
    except OSError as error:
        where = path if error.filename is None else error.filename
        raise ExchangeError(f"{shortened(os.fsdecode(where))} could not be read: {error.strerror}.") from error


def read_text(path: Path) -> str:
    """The text of a file, with its line ends unchanged.

    Raises:
        ExchangeError: if it is missing, cannot be read or is not text.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ExchangeError(f"{path} does not exist.") from None
    except IsADirectoryError:
        raise ExchangeError(f"{path} is a folder; give the file inside it.") from None
    except UnicodeDecodeError:
        raise ExchangeError(f"{path} is not a text file.") from None
    except OSError as error:
        raise ExchangeError(f"{path} could not be read: {error.strerror}.") from error
    except ValueError as error:  # a zero byte in the path
        raise ExchangeError(f"{path} could not be read: {error}.") from None


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in _UNPRINTABLE


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
