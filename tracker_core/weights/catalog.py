"""Which trackers there are, by name. Reads headers only; a network is made when one is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker_core.families import FAMILIES, Family, tracker_of
from tracker_core.score_map import Constants
from tracker_core.tracker import Tracker

BUILT_IN = Path(__file__).resolve().parents[2] / "resources" / "weights"
DEFAULT_TRACKER = "siamrpnpp_small"
HEADER_KEY = "siamark"


class CatalogError(ValueError):
    """A tracker that is not there, or a file that is none; its text says what there is."""


@dataclass(frozen=True, slots=True)
class Model:
    """A tracker that can be asked for by name."""

    name: str
    family: Family
    path: Path
    network: Mapping[str, Any]
    constants: Constants

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size

    @property
    def card(self) -> str:
        """The model card, or nothing where there is none."""
        path = self.path.with_suffix(".md")
        return path.read_text() if path.is_file() else ""


def models(folder: Path = BUILT_IN) -> tuple[Model, ...]:
    """All trackers of a folder, in the order of names."""
    return tuple(_model(path) for path in sorted(folder.glob("*.safetensors")))


def model_named(name: str, folder: Path = BUILT_IN) -> Model:
    """One tracker. A path to a weights file is a name as well.

    Raises:
        CatalogError: if there is none of that name.
    """
    if name.endswith(".safetensors") and Path(name).is_file():
        return _model(Path(name))
    known = models(folder)
    for model in known:
        if model.name == name:
            return model
    raise CatalogError(f"there is no tracker '{name}'; known are: {', '.join(model.name for model in known) or 'none'}")


def load_tracker(name: str, *, device: str = "auto", precision: str = "auto") -> Tracker:
    """Read the weights and place the network. Imports torch: not for the window's thread.

    Raises:
        CatalogError: if there is none of that name or its family is unknown.
        tracker_core.weights.files.WeightsError: if the file is damaged.
        tracker_core.runtime.DeviceError: if the device is not there.
    """
    from tracker_core.runtime import place
    from tracker_core.weights.files import WeightsError, read_weights

    model = model_named(name)
    if not model.family.is_tracker:
        raise CatalogError(f"{model.name} is a {model.family.title}, which follows nothing by itself; choose a tracker")
    placement = place(device, precision)  # type: ignore[arg-type]  # checked there
    file = read_weights(model.path)
    try:
        return tracker_of(model.name, model.family, file, placement, model.constants)
    except (TypeError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{model.path} does not fit its own description: {error}") from error


def _model(path: Path) -> Model:
    """From the header alone. The format is eight bytes of length, then JSON; the numbers after it are not touched."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > path.stat().st_size:
                raise ValueError("its header is longer than the file")
            header = json.loads(json.loads(file.read(length))["__metadata__"][HEADER_KEY])
        if header["family"] not in FAMILIES:
            raise CatalogError(f"{path} is of the family '{header['family']}', which this version does not know")
        family = FAMILIES[header["family"]]
        return Model(path.stem, family, path, header["network"], family.constants(**header["constants"]))
    except CatalogError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(f"{path} is not a Siamark weights file ({error})") from error
