"""Training files: TOML, in which unknown keys are errors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from tracker_core.tracker import PrecisionName
from tracker_core.trackers.families import FAMILIES, Family, parts_of
from tracker_core.trackers.siamrpnpp import NetworkConfig
from tracker_core.training.pairs.pairs import PairConfig
from tracker_core.training.run.bounds import check_bounds
from tracker_core.training.teaching.teaching import UntaughtError, teaching_of
from tracker_core.weights.sentences import in_short, shown

Decay = Literal["cosine", "log"]

Table = TypeVar("Table")


LARGEST_FILE = 1_000_000  # bytes; a training file has a few hundred


class ConfigError(Exception):
    """The training file cannot be used; the text names the file and the key."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train: ``steps * batch`` pairs in all, however many processes share a batch.

    The learning rate rises over ``warm_up`` steps, then falls to ``final_rate``: as half a cosine, or in equal ratios
    ("log": SiamFC, section 3.4; SiamRPN++, section 4.1). The backbone is frozen for the first ``frozen`` steps, which
    helps if it was trained before. ``rates`` multiplies the learning rate of parameters by name pattern; the first
    match wins. Use 0.1 for a trained backbone (SiamRPN++, section 4.1), less for layers whose outputs are summed by the
    thousand, and 0 for layers that must not change.

    Raises:
        ValueError: if a number is too small, or ``decay`` or ``precision`` is unknown.
    """

    steps: int = 6000
    batch: int = 32
    rate: float = 1e-3
    final_rate: float = 1e-5
    warm_up: int = 200
    decay: Decay = "cosine"
    frozen: int = 0
    rates: Mapping[str, float] = field(default_factory=dict)
    weight_decay: float = 0.02
    clip: float = 10.0
    average: float = 0.999  # decay of the moving average of the weights; the average is the result
    checkpoint_every: int = 200
    seed: int = 1
    precision: PrecisionName = "auto"  # bf16 if the processor has instructions for it
    workers: int = 1  # per process, like the threads
    threads: int = 0  # 0 means as many as the machine has

    def __post_init__(self) -> None:
        for name, value, known in (
            ("decay", self.decay, get_args(Decay)),
            ("precision", self.precision, get_args(PrecisionName)),
        ):
            if value not in known:
                raise ValueError(f"`{name}` is one of {', '.join(known)}, not '{value}'")
        for name in ("steps", "batch", "checkpoint_every"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` must be at least 1, not {getattr(self, name)}")
        for name in ("workers", "threads"):
            if getattr(self, name) < 0:
                raise ValueError(f"`{name}` must not be negative, as {getattr(self, name)} is")
        if self.decay == "log" and min(self.rate, self.final_rate) <= 0:
            raise ValueError("a `decay` by equal ratios never reaches 0; give a `final_rate` over 0")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the parts of the loss."""

    classification: float = 1.0
    box: float = 1.0
    distillation: float = 1.0


@dataclass(frozen=True, slots=True)
class Validation:
    """How often, and on what, the averaged network is validated; the best weights are kept.

    With ``videos``: success AUC over the first ``frames`` frames of each annotated sequence in that folder, with the
    family's untuned constants. With ``hold_back``: the loss on ``pairs`` fixed pairs of the prepared sources whose
    names match; these sources are not trained on.

    Raises:
        ValueError: if ``hold_back`` is not a list of patterns, or a number is too small.
    """

    videos: Path | None = field(default=None, metadata={"is_path": True})
    frames: int = 100
    hold_back: tuple[str, ...] = ()
    pairs: int = 256
    every: int = 500

    def __post_init__(self) -> None:
        if not all(isinstance(pattern, str) for pattern in self.hold_back):
            raise ValueError(f"`hold_back` must be patterns in quotes, not {list(self.hold_back)}")
        object.__setattr__(self, "hold_back", tuple(self.hold_back))  # a list, from a file
        for name, least in (("frames", 2), ("pairs", 1), ("every", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"`{name}` must be at least {least}, not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Logging:
    """What a run writes besides ``log.jsonl``."""

    curves: bool = True  # ``curves.png``, if matplotlib is installed
    tensorboard: bool = False  # needs the package of that name


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """A training file as read.

    ``data`` is a folder that ``prepare`` made. ``teacher`` is a published file of NanoTrack version 3, or None.
    ``start`` is a weights file to begin from: all of it if it is of the same family, else its backbone and neck.
    ``network`` is the family's ``NetworkConfig``. ``pairs`` and ``loss`` have the types that the family's ``Teaching``
    names; without ``loss`` the default one is used.
    """

    data: Path
    out: Path
    family: Family = FAMILIES["siamrpnpp"]
    teacher: Path | None = None
    start: Path | None = None
    network: Any = field(default_factory=NetworkConfig)
    pairs: Any = field(default_factory=PairConfig)
    loss: Any = None
    schedule: Schedule = field(default_factory=Schedule)
    weights: Weights = field(default_factory=Weights)
    validation: Validation | None = None
    logging: Logging = field(default_factory=Logging)

    def __post_init__(self) -> None:
        kind = teaching_of(self.family).loss
        if self.loss is None and kind is not None:
            object.__setattr__(self, "loss", kind())


def read_config(path: Path) -> TrainingConfig:
    """Read a training file. Paths in it are relative to the file.

    Raises:
        ConfigError: if it cannot be read, or a key is unknown, missing or of the wrong kind.
    """
    content = _content(path)
    family = _family(content.pop("family", "siamrpnpp"), path)
    try:
        teaching = teaching_of(family)
    except UntaughtError as error:
        raise ConfigError(f"{path}: {error}") from error
    network = parts_of(family).config
    tables: dict[str, type[Any]] = {
        "network": network, "pairs": teaching.pairs, "schedule": Schedule, "weights": Weights, "validation": Validation,
        "logging": Logging,
    }  # fmt: skip
    if teaching.loss is not None:
        tables["loss"] = teaching.loss
    values: dict[str, Any] = {"family": family, "network": network(), "pairs": teaching.pairs()}
    for key, value in content.items():
        if key in tables:
            if not isinstance(value, dict):
                raise ConfigError(f"{path}: [{key}] must be a table")
            values[key] = _table(tables[key](), value, section=key, where=f"{path}: [{key}]", folder=path.parent)
        elif key in ("data", "out", "teacher", "start"):
            values[key] = _path(value, path.parent, where=f"{path}: `{key}`")
        else:
            raise ConfigError(
                f"{path}: unknown key `{shown(key)}`; known are data, out, family, teacher, start, {', '.join(tables)}"
            )
    if family.is_tracker:
        values["pairs"] = _sized(
            values["pairs"], values["network"], is_given="search_size" in content.get("pairs", {}), path=path
        )
    if "validation" in values:
        _check_validation(values["validation"], family, where=f"{path}: [validation]")
    for key in ("data", "out"):
        if key not in values:
            raise ConfigError(f"{path}: `{key}` is missing")
    if "teacher" in values and not family.is_tracker:
        raise ConfigError(f"{path}: a {family.title} learns without a `teacher`; leave it out")
    return TrainingConfig(**values)


def _content(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConfigError(f"{path} is not a training file: it has {path.stat().st_size:,} bytes")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except RecursionError as error:
        raise ConfigError(f"{path} is not valid TOML: its lists or tables are nested too deep") from error
    except ValueError as error:  # not TOML, not UTF-8, or a number with thousands of digits
        raise ConfigError(f"{path} is not valid TOML: {in_short(error)}") from error


def _family(name: object, path: Path) -> Family:
    if not isinstance(name, str) or name not in FAMILIES:
        raise ConfigError(f"{path}: there is no `family` {_shown(name)}; known are {', '.join(FAMILIES)}")
    return FAMILIES[name]


def _sized(pairs: PairConfig, network: Any, *, is_given: bool, path: Path) -> PairConfig:  # noqa: ANN401  (any family's)
    """The pairs with the size of search region and the number of exemplars that the network takes."""
    pairs = replace(pairs, exemplars=getattr(network, "exemplars", 1), window=getattr(network, "window", pairs.window))
    if not is_given:
        return replace(pairs, search_size=network.instance_size)
    if pairs.search_size != network.instance_size:
        raise ConfigError(
            f"{path}: `search_size` of [pairs] is {pairs.search_size} and `instance_size` of [network] "
            f"{network.instance_size}; leave the former out, or let both be the same"
        )
    return pairs


def _check_validation(validation: Validation, family: Family, *, where: str) -> None:
    if (validation.videos is None) == (not validation.hold_back):
        raise ConfigError(f"{where}: give either `videos`, a folder, or `hold_back`, patterns of source names")
    if validation.videos is not None and not family.is_tracker:
        raise ConfigError(f"{where}: a {family.title} follows nothing in `videos`; give `hold_back`")


def _path(value: object, folder: Path, *, where: str) -> Path:
    if not isinstance(value, str):
        raise ConfigError(f"{where} must be a path in quotes, not {_shown(value)}")
    return folder / value


def _table(default: Table, values: Mapping[str, Any], *, section: str, where: str, folder: Path) -> Table:
    """The default with the file's values put in. A field that is a dataclass is a nested table."""
    known = {f.name: getattr(default, f.name) for f in fields(default)}  # type: ignore[arg-type]  # always a dataclass
    paths = {f.name for f in fields(default) if "is_path" in f.metadata}  # type: ignore[arg-type]  # as above
    changed: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise ConfigError(f"{where}: unknown key `{shown(key)}`; known are {', '.join(known)}")
        if key in paths:
            changed[key] = _path(value, folder, where=f"{where}: `{key}`")
        elif is_dataclass(known[key]) and isinstance(value, Mapping):
            changed[key] = _table(
                known[key], value, section=f"{section}.{key}", where=f"{where}: `{key}`", folder=folder
            )
        else:
            changed[key] = _checked(known[key], value, where=f"{where}: `{key}`")
    try:
        table = replace(default, **changed)  # type: ignore[type-var]  # as above
        check_bounds(table, section)
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{where}: {in_short(error)}") from error
    return table


def _shown(value: object) -> str:
    """A value of the file, shortened for a message. Python refuses to print numbers with thousands of digits."""
    try:
        return shown(repr(value))
    except ValueError:
        return "a number of thousands of digits"


def _checked(default: object, value: object, *, where: str) -> object:
    """The value, checked to be of the default's kind."""
    if type(default) is float and type(value) is int:
        return value
    if isinstance(default, tuple) and isinstance(value, list):
        return value
    if isinstance(default, Mapping) and isinstance(value, Mapping):
        for key, share in value.items():  # every mapping in a training file maps names to numbers
            if type(share) not in (int, float):
                raise ConfigError(f'{where}: "{key}" must be a number, not {_shown(share)}')
        return value
    if type(value) is not type(default):
        kind = "a table" if is_dataclass(default) or isinstance(default, Mapping) else type(default).__name__
        raise ConfigError(f"{where} must be {kind}, not {_shown(value)}")
    return value
