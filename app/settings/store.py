"""The settings on disk: one JSON file that holds only what differs from the defaults."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import platformdirs

from app.settings.schema import SETTINGS, Setting, T
from app.small_files import read_small_file, set_aside

LARGEST_FILE = 1_000_000  # bytes
DEEPEST = 50  # nested values; Siamark's own settings have 2 levels
LONGEST_VALUE = 100  # characters of a value that a sentence quotes
_SURROGATE = re.compile("[\ud800-\udfff]")


def settings_path() -> Path:
    return Path(platformdirs.user_config_dir("Siamark")) / "settings.json"


class SettingsError(Exception):
    """The settings could not be written; the text is the sentence for the person."""


class SettingsStore:
    """What the person has set. Where the file has no valid value, the default is used. ``problems`` has a sentence for
    each entry that was not understood. Such an entry stays in the file, so that settings of a newer Siamark survive; a
    file that is not JSON at all is kept beside the new one as ``.unreadable``.
    """

    def __init__(self, path: Path, schema: Iterable[Setting[Any]] = SETTINGS) -> None:
        self._path = path
        self._schema = {setting.key: setting for setting in schema}
        self.problems: list[str] = []
        self._entries = self._read()
        self._values = self._understood()

    def get(self, setting: Setting[T]) -> T:
        value: T = self._values.get(setting.key, setting.default)
        return value

    def set(self, setting: Setting[T], value: T) -> None:
        """Change a setting. It is on disk when this returns.

        Raises:
            ValueError: if the value is not allowed.
            SettingsError: if the file cannot be written; the setting holds for this session all the same.
        """
        try:
            checked = setting.checked(value)
        except ValueError as allowed:
            raise ValueError(f"{setting.key} cannot be {value!r}: it must be {allowed}") from None
        if checked == self.get(setting) and (setting.key in self._values or setting.key not in self._entries):
            return
        if checked == setting.default:
            self._values.pop(setting.key, None)
            self._entries.pop(setting.key, None)
        else:
            self._values[setting.key] = checked
            self._entries[setting.key] = checked
        self._write()

    def _read(self) -> dict[str, Any]:
        try:
            content = read_small_file(self._path, LARGEST_FILE)
        except FileNotFoundError:  # no file, or a link to nowhere
            return self._unreadable("are a link to nowhere") if os.path.lexists(self._path) else {}
        except OSError as error:
            return self._unreadable(f"cannot be read ({error.strerror})")
        except ValueError:
            return self._unreadable(f"are longer than {LARGEST_FILE:,} bytes")
        try:
            entries = json.loads(content.decode("utf-8"))
        except (ValueError, RecursionError) as error:  # RecursionError: nested too deeply
            return self._unreadable(f"are not valid JSON ({error})")
        if not isinstance(entries, dict):
            return self._unreadable("are not a JSON object")
        if not _is_flat(entries):  # writing it again could exceed Python's recursion limit
            return self._unreadable("are nested too deep")
        return entries

    def _unreadable(self, reason: str) -> dict[str, Any]:
        """Set the file aside now, so that only this start reports it."""
        kept = self._path.with_suffix(".unreadable")
        try:
            if os.path.isdir(kept) or os.path.isdir(self._path):
                kept = set_aside(self._path)
            else:
                os.replace(self._path, kept)
        except OSError:
            self.problems.append(f"The settings in {self._path} {reason}; the defaults are used.")
        else:
            self.problems.append(
                f"The settings in {self._path} {reason}; they are kept as {kept.name}, and the defaults are used."
            )
        return {}

    def _understood(self) -> dict[str, Any]:
        values = {}
        for key, value in self._entries.items():
            setting = self._schema.get(key)
            if setting is None:
                self.problems.append(
                    f"{self._path} has a setting {_short(key)} that Siamark does not know; it is ignored."
                )
                continue
            try:
                values[key] = setting.checked(value)
            except ValueError as allowed:
                default = json.dumps(setting.default)
                self.problems.append(
                    f"{self._path}: {key} cannot be {_short(value)}: it must be {allowed}; {default} is used."
                )
        return values

    def _write(self) -> None:
        """Write a new file and rename it, so that a crash leaves the old file or the new one."""
        text = json.dumps(self._entries, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        # A file name may hold bytes that are not text. Their stand-ins have no UTF-8 form, but JSON can escape them.
        text = _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
            try:
                with open(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                os.replace(unfinished, self._path)
            except BaseException:
                os.unlink(unfinished)
                raise
        except OSError as error:
            raise SettingsError(f"The settings could not be written to {self._path}: {error.strerror}.") from error


def _is_flat(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return True
    return False


def _short(value: object) -> str:
    """As in the file, shortened for a message."""
    text = json.dumps(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
