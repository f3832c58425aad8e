"""Every number of a training file has bounds, and what lies beyond them is refused in a sentence with the key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from tracker_core.trackers.families import FAMILIES, Family, parts_of
from tracker_core.training.run.bounds import BOUNDS
from tracker_core.training.run.config import ConfigError, Schedule, Validation, Weights, read_config
from tracker_core.training.teaching.teaching import UntaughtError, teaching_of


def tables_of(family: Family) -> dict[str, Any]:
    """The tables that a training file of the family may have, by name; none if it cannot be taught."""
    try:
        teaching = teaching_of(family)
    except UntaughtError:
        return {}
    tables = {
        "network": parts_of(family).config(), "pairs": teaching.pairs(), "schedule": Schedule(), "weights": Weights(),
        "validation": Validation(hold_back=("a",)),
    }  # fmt: skip
    return tables if teaching.loss is None else {**tables, "loss": teaching.loss()}


def numeric_keys(section: str, table: object) -> Iterator[str]:
    """The keys that hold numbers, those of inner tables included."""
    for field in fields(table):  # type: ignore[arg-type]  # always a dataclass
        value = getattr(table, field.name)
        if is_dataclass(value):
            yield from numeric_keys(f"{section}.{field.name}", value)
        elif any(kind in str(field.type) for kind in ("int", "float")):  # also in a tuple or a mapping
            yield f"{section}.{field.name}"


def keys_of(family: Family) -> set[str]:
    return {key for section, table in tables_of(family).items() for key in numeric_keys(section, table)}


KEYS = sorted({key for family in FAMILIES.values() for key in keys_of(family)})


def test_every_number_of_every_table_has_bounds_and_nothing_else_has() -> None:
    assert len(KEYS) > 60
    assert sorted(BOUNDS) == KEYS


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_every_default_lies_in_its_bounds(family: Family) -> None:
    for section, table in tables_of(family).items():
        for key in numeric_keys(section, table):
            value: Any = table
            for name in key.split(".")[1:]:
                value = getattr(value, name)
            least, most = BOUNDS[key]
            values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            assert all(least <= number <= most for number in values), key


def written(folder: Path, key: str, value: str) -> Path:
    """A training file that gives this value to one key, of the first family that has the key."""
    section, *inner, name = key.split(".")
    family = next(family.name for family in FAMILIES.values() if key in keys_of(family))
    kept = 'hold_back = ["a"]' if section == "validation" else ""
    path = folder / "run.toml"
    path.write_text(
        f'data = "d"\nout = "o"\nfamily = "{family}"\n[{section}]\n{kept}\n'
        + (f"[{section}.{inner[0]}]\n" if inner else "")
        + f"{name} = {value}\n"
    )
    return path


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("number", ["-1", "-inf", "inf", "nan", "1e300", "9" * 400])
def test_a_number_beyond_its_bounds_is_refused(tmp_path: Path, key: str, number: str) -> None:
    if key in ("network.levels", "network.neck_channels"):
        value = f"[{number}, {number}]"
    elif key in ("pairs.mix", "pairs.negative_kinds", "pairs.strangers", "schedule.rates"):
        names = {"pairs.negative_kinds": "beside", "pairs.strangers": "drifted"}
        value = f'{{ "{names.get(key, "*")}" = {number} }}'
    else:
        value = number
    with pytest.raises(ConfigError, match=rf"run\.toml: \[{key.split('.')[0]}\]"):
        read_config(written(tmp_path, key, value))


@pytest.mark.parametrize(
    "text",
    [
        "q = " + "[" * 10_000 + "]" * 10_000,
        "q = " + "{a=" * 5_000 + "1" + "}" * 5_000,
        "[" + ".".join("a" * 5_000) + "]",
        "q = " + "9" * 5_000,
        "# " + "a" * 1_000_001,
    ],
    ids=["lists", "tables", "keys", "digits", "bytes"],
)
def test_a_file_made_to_do_harm_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"run\.toml"):
        read_config(path)


def test_an_instance_size_of_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text('data = "d"\nout = "o"\n[network]\ninstance_size = 0\n')
    with pytest.raises(ConfigError, match=r"`instance_size` must be from 127 to 1,023, not 0"):
        read_config(path)
