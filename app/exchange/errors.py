"""What goes wrong with other people's files, in a sentence for the person."""

from __future__ import annotations

from pathlib import Path


class ExchangeError(Exception):
    """Its text is the sentence to show: what happened, to which file, what to do."""


def read_text(path: Path) -> str:
    """The text of a file, line ends as they stand.

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
