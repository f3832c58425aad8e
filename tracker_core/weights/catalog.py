"""The catalog of trackers by name. It reads headers only; a network is made when a tracker is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from resources import WEIGHTS
from tracker_core.decision.reliability import (
    AS_IT_IS,
    UNVERIFIED,
    ScoreCalibration,
    VerifiedCalibration,
    score_calibration,
    verified_calibration,
)
from tracker_core.decision.score_map import Constants
from tracker_core.plugins import Plugin, PluginError
from tracker_core.torch_libraries import open_torch_libraries
from tracker_core.tracker import DeviceName, PrecisionName, Tracker
from tracker_core.trackers.families import FAMILIES, Family, tracker_of
from tracker_core.weights.header import HeaderError, numbers_of, read_header
from tracker_core.weights.plugged import PLUGGED, load_plugged, tracker_plugins
from tracker_core.weights.sentences import in_short, shown

if TYPE_CHECKING:
    from tracker_core.trackers.verifier import Verifier

BUILT_IN = WEIGHTS
DEFAULT_TRACKER = "siamrpnpp_small"
DEFAULT_VERIFIER = "verifier"
SUFFIX = ".safetensors"
MOST_SOURCE = 1000  # characters of what a file says about its origin
MOST_CARD = 200_000  # bytes


class CatalogError(ValueError):
    """There is no such tracker, or it cannot be used; the text says why, or which trackers there are."""


@dataclass(frozen=True, slots=True)
class Model:
    """A tracker or verifier that can be loaded by name."""

    name: str
    family: Family
    path: Path
    size: int  # bytes of the file
    network: Mapping[str, Any]
    constants: Constants
    source: Mapping[str, str] = field(default_factory=dict)
    """Where the weights come from. Of a converted checkpoint: file, sha256, layout, title, licence and page. Of one
    that learnt from a project: base, base_sha256, project, video, date, boxes, drawn, held_back, overlap_before and
    overlap_after.
    """
    is_built_in: bool = False
    calibration: ScoreCalibration = AS_IT_IS  # what its score means, if measured
    verified: VerifiedCalibration = UNVERIFIED  # what its score means together with the verifier's distance
    plugin: str = ""  # name and version of the package of a plug-in, which has no weights file

    @property
    def sha256(self) -> str:
        """The digest of the weights file, as 64 hexadecimal digits, by which a project remembers what made its boxes.
        Reads the whole file. For a plug-in, the digest of its name and version.
        """
        if self.plugin:
            return hashlib.sha256(f"{self.name}\n{self.plugin}".encode()).hexdigest()
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def card(self) -> str:
        """The text of the model card; empty if there is none. A person may have written it, so bytes that are not UTF-8
        are replaced.
        """
        path = self.path.with_suffix(".md")
        if not path.is_file():  # reading a pipe would block
            return ""
        try:
            with path.open("rb") as file:
                return file.read(MOST_CARD).decode("utf-8", "replace")
        except OSError:
            return ""


@dataclass(frozen=True, slots=True)
class DamagedModel:
    """A file in the folder of the person's models, or a plug-in, that cannot be used; ``problem`` says why."""

    name: str
    path: Path
    problem: str
    plugin: str = ""  # as in ``Model``


def models_folder() -> Path:
    """The folder of the models that the person added."""
    return Path(platformdirs.user_data_dir("Siamark")) / "models"


def look_through(
    *, built_in: Path = BUILT_IN, added: Path | None = None
) -> tuple[tuple[Model, ...], tuple[DamagedModel, ...]]:
    """All usable models: Siamark's own, then the person's, then those of plug-ins, each sorted by name. Second, the
    person's models and plug-ins that cannot be used. No plug-in is imported.

    Args:
        built_in: the folder of Siamark's own.
        added: the folder of the person's; ``models_folder()`` by default.

    Raises:
        CatalogError: if one of Siamark's own is damaged.
    """
    own = {path.stem: _model(path, is_built_in=True) for path in sorted(built_in.glob(f"*{SUFFIX}"))}
    found = [_added(path, own) for path in _added_paths(added)]
    found += [_plugged(plugin, {*own, *(model.name for model in found)}) for plugin in tracker_plugins()]
    usable = (*own.values(), *(model for model in found if isinstance(model, Model)))
    return usable, tuple(model for model in found if isinstance(model, DamagedModel))


def models(*, built_in: Path = BUILT_IN, added: Path | None = None) -> tuple[Model, ...]:
    """The usable models; see ``look_through``."""
    return look_through(built_in=built_in, added=added)[0]


def damaged_models(*, built_in: Path = BUILT_IN, added: Path | None = None) -> tuple[DamagedModel, ...]:
    """The models that cannot be used; see ``look_through``."""
    return look_through(built_in=built_in, added=added)[1]


def model_named(name: str, *, built_in: Path = BUILT_IN, added: Path | None = None) -> Model:
    """The model with a name, or at the path of a weights file.

    Raises:
        CatalogError: if there is no model of that name, or its file is damaged.
    """
    if name.endswith(SUFFIX) and Path(name).is_file():
        return _model(Path(name))
    return named(name, *look_through(built_in=built_in, added=added))


def named(name: str, usable: Iterable[Model], damaged: Iterable[DamagedModel]) -> Model:
    """The model with a name, among those that ``look_through`` found.

    Raises:
        CatalogError: if there is none, or its file is damaged.
    """
    known = {model.name: model for model in usable}
    if name in known:
        return known[name]
    for model in damaged:
        if model.name == name:
            raise CatalogError(model.problem)
    raise CatalogError(f"there is no tracker '{name}'; known are: {', '.join(known) or 'none'}")


def load_tracker(
    name: str = DEFAULT_TRACKER,
    *,
    device: DeviceName = "auto",
    precision: PrecisionName = "auto",
    built_in: Path = BUILT_IN,
    added: Path | None = None,
) -> Tracker:
    """Read the weights of a tracker and put its network on a device. Imports torch, so do not call it on the window's
    thread.

    Args:
        name: a name in the catalog, or the path of a ``.safetensors`` file of Siamark.
        device, precision: ``runtime.placement.place`` says what "auto" chooses.
        built_in: the folder of Siamark's own models.
        added: the folder of the person's models; ``models_folder()`` by default.

    Raises:
        CatalogError: if there is no such tracker, its header is damaged, it is a verifier, or its plug-in fails.
        tracker_core.weights.files.WeightsError: if its weights are damaged or do not fit their description.
        tracker_core.runtime.placement.DeviceError: if this machine has no such device.
    """
    model = model_named(name, built_in=built_in, added=added)
    if model.plugin:
        try:
            return load_plugged(name, device, precision)
        except PluginError as error:
            raise CatalogError(str(error)) from error
    open_torch_libraries()
    from tracker_core.runtime.placement import place
    from tracker_core.weights.files import WeightsError, read_weights

    if not model.family.is_tracker:
        raise CatalogError(f"{model.name} is a {model.family.title}, which follows nothing by itself; choose a tracker")
    placement = place(device, precision)
    file = read_weights(model.path)
    try:
        return tracker_of(model.name, model.family, file, placement, model.constants)
    except (TypeError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{model.path} does not fit its own description: {in_short(error)}") from error


def load_verifier(
    name: str = DEFAULT_VERIFIER,
    *,
    device: DeviceName = "auto",
    precision: PrecisionName = "auto",
    built_in: Path = BUILT_IN,
    added: Path | None = None,
) -> Verifier:
    """Load the network that says whether a box still shows the same object; arguments as for ``load_tracker``.

    Raises:
        CatalogError, WeightsError, DeviceError: as ``load_tracker``, and CatalogError if it is a tracker.
    """
    open_torch_libraries()
    from tracker_core.runtime.placement import place
    from tracker_core.trackers.verifier import verifier_from
    from tracker_core.weights.files import WeightsError, read_weights

    model = model_named(name, built_in=built_in, added=added)
    if model.family.name != "verifier":
        raise CatalogError(f"{model.name} is a tracker ({model.family.title}) and compares nothing; choose a verifier")
    placement = place(device, precision)
    file = read_weights(model.path)
    try:
        return verifier_from(model.name, file, placement, model.constants)
    except (TypeError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{model.path} does not fit its own description: {in_short(error)}") from error


def _added_paths(added: Path | None) -> list[Path]:
    return sorted((models_folder() if added is None else added).glob(f"*{SUFFIX}"))


def _added(path: Path, own: Collection[str]) -> Model | DamagedModel:
    if path.stem in own:
        problem = f"{path} has the name of a tracker that comes with Siamark; give the file another name"
        return DamagedModel(path.stem, path, problem)
    try:
        return _model(path)
    except CatalogError as error:
        return DamagedModel(path.stem, path, str(error))


def _plugged(plugin: Plugin, taken: Collection[str]) -> Model | DamagedModel:
    if plugin.name in taken:
        problem = f"{plugin} has the name of another tracker, which is used in its place"
        return DamagedModel(plugin.name, Path(plugin.package), problem, plugin=plugin.package)
    return Model(plugin.name, PLUGGED, Path(plugin.package), 0, {}, Constants(), plugin=plugin.package)


def _model(path: Path, *, is_built_in: bool = False) -> Model:
    """Read a model's header; the numbers after it are not read."""
    try:
        header = read_header(path)
        family = FAMILIES.get(header["family"])
        if family is None:
            name = shown(header["family"])
            raise CatalogError(f"{path} is of the family '{name}', which this version does not know")
        constants = family.constants(**numbers_of(header["constants"], "constants"))
        source = {key[:100]: str(value)[:MOST_SOURCE] for key, value in header["source"].items()}
        measured = {part: numbers_of(table, "reliability") for part, table in _tables(header["reliability"])}
        score, verified = score_calibration(measured), verified_calibration(measured)
        size = path.stat().st_size
        return Model(path.stem, family, path, size, header["network"], constants, source, is_built_in, score, verified)
    except CatalogError:
        raise
    except OSError as error:
        raise CatalogError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, ArithmeticError) as error:
        raise CatalogError(f"{path} is not a Siamark weights file ({in_short(error)})") from error


def _tables(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise HeaderError(f"its '{name[:40]}' is not a table")
        yield name, table
