"""Reads lines of text with separated values, and names the line in every error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.exchange.errors import ExchangeError, read_text

DECIMALS = 6
TOLERANCE = 1e-6  # pixels that a box may move when written with this many decimals and read back


def decimal(value: float) -> str:
    """A number with up to six decimals and no zeros at its end."""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, stripped, each with its number from 1.

    Raises:
        ExchangeError: if the file cannot be read.
    """
    for position, line in enumerate(read_text(path).splitlines(), start=1):
        if line.strip():
            yield position, line.strip()


def comma_fields(line: str) -> list[str]:
    """The values between commas; a trailing comma adds none."""
    return [field.strip() for field in line.removesuffix(",").split(",")]


@contextmanager
def at_line(path: Path, position: int) -> Iterator[None]:
    """Add the file and the line to errors about a value."""
    try:
        yield
    except ValueError as error:
        raise ExchangeError(f"{path}, line {position}: {error}.") from None
