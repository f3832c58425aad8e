"""Which layout a checkpoint has, by the names and shapes of its tensors."""

from __future__ import annotations

from collections.abc import Mapping

from tracker_core.weights.layouts import dasiamrpn, mmtracking, nanotrack, pysot, siamfc_pytorch
from tracker_core.weights.layouts.layout import COUNTER, Layout
from tracker_core.weights.sentences import shown

# Of layouts with equal shapes, the first is taken if the file's name does not tell.
LAYOUTS: tuple[Layout, ...] = (
    pysot.ALEXNET_LEGACY,
    pysot.ALEXNET,
    pysot.MOBILENET_V2,
    pysot.RESNET50,
    pysot.RESNET50_OTB,
    pysot.RESNET50_LONG_TERM,
    dasiamrpn.BIG,
    dasiamrpn.VOT,
    dasiamrpn.OTB,
    dasiamrpn.SIAMRPN_PYTORCH,
    siamfc_pytorch.SIAMFC,
    mmtracking.LASOT,
    mmtracking.UAV123,
    mmtracking.OTB100,
    mmtracking.VOT2018,
    nanotrack.V1,
    nanotrack.V2,
    nanotrack.V3,
)


class UnknownLayoutError(ValueError):
    """The tensors have no known layout; the text follows the file's name in a sentence."""


def recognise(shapes: Mapping[str, tuple[int, ...]], *, file_name: str = "", wanted: str | None = None) -> Layout:
    """The layout of these tensors.

    Args:
        shapes: of the file's tensors by name.
        file_name: tells apart layouts that only differ in their constants.
        wanted: the name of the layout that it must be.

    Raises:
        UnknownLayoutError: naming the nearest layout and the first tensor that differs.
    """
    shapes = {name: shape for name, shape in shapes.items() if not name.endswith(COUNTER)}
    if wanted is not None:
        layout = _named(wanted)
        if difference := layout.difference(shapes):
            raise UnknownLayoutError(f"does not have the layout {wanted}: its {difference}")
        return layout
    fitting = [layout for layout in LAYOUTS if layout.difference(shapes) is None]
    if not fitting:
        raise UnknownLayoutError(_nearest(shapes))
    called = (layout for layout in fitting if any(word in file_name.lower() for word in layout.file_words))
    return next(called, fitting[0])


def _named(name: str) -> Layout:
    for layout in LAYOUTS:
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in LAYOUTS)
    raise UnknownLayoutError(f"cannot be read as '{name}': there is no such layout; known are: {known}")


def _nearest(shapes: Mapping[str, tuple[int, ...]]) -> str:
    nearest = max(LAYOUTS, key=lambda layout: layout.likeness(shapes))
    if not nearest.likeness(shapes):
        name, shape = next(iter(shapes.items()), ("nothing", ()))
        first = f"'{shown(name)}' of the shape {shown(str(shape))}"
        return f"has no tensor in common with any layout that Siamark knows; its first is {first}"
    return f"is not a tracker that Siamark knows; nearest is {nearest.title}, but its {nearest.difference(shapes)}"
