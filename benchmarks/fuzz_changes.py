"""The mutations of ``fuzz_readers``: they change bytes, words, JSON values, table cells or arrays of an intact file."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import numpy as np

from benchmarks.fuzzing import LIMITS, ODD_TEXTS, changed_bytes, changed_text

Change: TypeAlias = Callable[[Random, bytes, Sequence[bytes]], bytes]
"""Changes a file. The third argument is other files, from which parts may be taken."""


def by_bytes(chance: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    return changed_bytes(chance, content, others)


def by_words(chance: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    del others
    return changed_text(chance, content)


def by_values(chance: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Change, remove or duplicate one to three values of a JSON file. Other files are changed word by word."""
    try:
        document = json.loads(content)
    except ValueError:
        return by_words(chance, content, others)
    for _ in range(chance.randint(1, 3)):
        places = list(_places_in(document))
        if not places:
            break
        holder, key = chance.choice(places)
        value = chance.choice(ODD_VALUES) if chance.random() < 0.7 else chance.choice(places)[0]
        if chance.random() < 0.1:
            del holder[key]
        elif isinstance(holder, list) and chance.random() < 0.2:
            holder.insert(key, holder[key])
        else:
            holder[key] = json.loads(json.dumps(value))
    return json.dumps(document).encode()


ODD_VALUES: tuple[object, ...] = (
    None, True, False, -1, 0, 1, 2, 0.5, -0.0, 1e300, 1e-300, 10**6, 10**7, 10**9, 10**12, 2**63, 10**400, -(10**30),
    "", "1", "-1", "1e999", "car", "\ud800", "\0", "\r\n", "x" * 3000, "../../x", "/dev/zero", "9" * 5000, [], {}, [[]],
    [None], [1, 2], [1, 2, 3, 4], [0, 0, -5, -5], [1e300] * 4, {"a": 1}, {"": {"": []}}, [0] * 5000,
    {"size": [20_000, 20_000], "counts": "x"}, {"size": [9, 9], "counts": [10**9, 1]},
)  # fmt: skip


def _places_in(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  (JSON)
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places_in(inner)


def by_cells(chance: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Put unexpected values into one to three cells of an SQLite file."""
    del others
    values = (None, -1, 0, 2**31, 10**12, 2**63 - 1, -(2**63), 9e999, -1e300, 0.5, "", "\0", "é" * 300, b"", b"\xff")
    with tempfile.TemporaryDirectory() as room:
        path = Path(room, "file")
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as file:
            tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for _ in range(chance.randint(1, 3)):
                table = chance.choice(tables)
                column = chance.choice([row[1] for row in file.execute(f"PRAGMA table_info({table})")])
                value: object = chance.choice(values)
                if chance.random() < 0.3:
                    value = chance.choice(ODD_TEXTS).decode(errors="replace")
                some = f" WHERE rowid % 3 = {chance.randrange(3)}" if chance.random() < 0.5 else ""
                try:
                    file.execute(f"UPDATE {table} SET {column} = ?{some}", (value,))
                except (sqlite3.Error, OverflowError):  # the schema forbids it, or the number is too long for SQLite
                    continue
            file.commit()
        return path.read_bytes()


def by_arrays(chance: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Change shape, type, size or numbers of one to three arrays of an archive."""
    del others
    with np.load(io.BytesIO(content)) as stored:
        arrays = {name: stored[name] for name in stored.files}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(arrays))
        old = arrays[name]
        odd: tuple[Any, ...] = (
            np.array([]), old[..., np.newaxis], np.zeros((0, 4)), np.array(chance.choice(LIMITS), np.uint64),
            np.array(chance.choice((-1, -(2**63))), np.int64), np.array([np.nan, np.inf]), np.array("x" * 30),
            np.resize(old, 7), np.sort(old.ravel())[::-1], old.astype(str), np.zeros(100_000, np.int64),
        )  # fmt: skip
        arrays[name] = chance.choice(odd)
    made = io.BytesIO()
    np.savez(made, **arrays)
    return made.getvalue()


TEXT = (by_bytes, by_words, by_values, by_values)
