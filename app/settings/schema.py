"""Every setting of Siamark, once: its name in the file, its values, its default, and its label."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from app.model.doubt import LEAST_RIGHT, TARGET_IOUS

Texts = tuple[str, ...]
T = TypeVar("T", bool, int, float, str, Texts)


LARGEST_WHOLE = 2**53  # a type that a float can stand in for


class Kind(Enum):
    SWITCH = auto()  # bool
    WHOLE = auto()  # int
    NUMBER = auto()  # float
    TEXT = auto()  # str
    CHOICE = auto()  # str, one of ``choices``
    LIST = auto()  # texts in order


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting. ``T`` is the type that the rest of the program sees. ``choices`` maps values in the file to labels.
    ``least`` and ``most`` bound a number, both included.
    """

    key: str
    kind: Kind
    default: T
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    least: float = -math.inf
    most: float = math.inf

    def checked(self, value: object) -> T:
        """``value`` from a file, converted to this setting's type.

        Raises:
            ValueError: its text ends the sentence "... is not allowed: it must be".
        """
        if self.kind is Kind.NUMBER and type(value) is int:
            value = float(value) if abs(value) <= LARGEST_WHOLE else math.inf
        if self.kind is Kind.LIST and isinstance(value, list):
            value = tuple(value)
        if type(value) is not type(self.default) or not self._in_range(value):
            raise ValueError(self.allowed)
        return value

    def _in_range(self, value: object) -> bool:
        if self.kind is Kind.CHOICE:
            return value in dict(self.choices)
        if isinstance(value, tuple):
            return all(isinstance(entry, str) for entry in value)
        if isinstance(value, float | int):
            return self.least <= value <= self.most
        return True

    @property
    def allowed(self) -> str:
        """The allowed values, to end the sentence "it must be"."""
        if self.kind is Kind.CHOICE:
            return "one of " + ", ".join(value for value, _ in self.choices)
        noun = {
            Kind.SWITCH: "true or false",
            Kind.WHOLE: "a whole number",
            Kind.NUMBER: "a number",
            Kind.TEXT: "a text",
            Kind.LIST: "a list of texts",
        }[self.kind]
        if math.isfinite(self.least) and math.isfinite(self.most):
            return f"{noun} from {self.least:g} to {self.most:g}"
        return noun


SYSTEM_LANGUAGE, ENGLISH = "system", "en"
LANGUAGE = Setting(
    "window.language",
    Kind.CHOICE,
    SYSTEM_LANGUAGE,
    "Language, from the next start on",
    ((SYSTEM_LANGUAGE, "As the system"), (ENGLISH, "English"), ("zh_CN", "简体中文")),
)
THEME = Setting(
    "window.theme", Kind.CHOICE, "system", "Theme", (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
)
KEYS: Setting[Texts] = Setting("window.keys", Kind.LIST, (), "Keys that a person has chosen, as ACTION=KEY")
TOUR_DONE = Setting("window.tour_done", Kind.SWITCH, False, "Whether the tour was taken, or not wanted")
RECENT_FILES: Setting[Texts] = Setting("window.recent_files", Kind.LIST, (), "Recent files")
TRACKER = Setting("tracking.tracker", Kind.TEXT, "siamrpnpp_small", "Tracker")
DEVICE = Setting(
    "tracking.device",
    Kind.CHOICE,
    "auto",
    "Device",
    (("auto", "Automatic"), ("cpu", "CPU"), ("cuda", "CUDA"), ("mps", "Apple GPU")),
)
PRECISION = Setting(
    "tracking.precision",
    Kind.CHOICE,
    "auto",
    "Precision",
    (("auto", "Automatic"), ("float32", "float32"), ("bf16", "bf16")),
)
DOUBT_SCORE = Setting(
    "tracking.doubt_score",
    Kind.NUMBER,
    LEAST_RIGHT,
    "Mark a box as doubtful where it is right with less than this probability",
    least=0,
    most=1,
)
SIMPLIFY_IOU = Setting(
    "editing.simplify_iou", Kind.NUMBER, 0.9, "Least overlap when a span is simplified to keyframes", least=0.5, most=1
)
RETRACK_AT_ONCE = Setting("tracking.retrack_at_once", Kind.SWITCH, True, "Track again at once after a correction")
TARGET_IOU = Setting(
    "review.target_iou",
    Kind.CHOICE,
    "0.5",
    "A box is right from this overlap with its target on (IoU)",
    tuple((f"{iou:g}", f"{iou:.0%}".replace("%", " %")) for iou in TARGET_IOUS),
)
CERTIFICATE_BOXES = Setting(
    "review.certificate_boxes", Kind.WHOLE, 300, "Boxes to be judged for a certificate", least=10, most=5000
)
CACHE_MEGABYTES = Setting(
    "video.cache_megabytes", Kind.WHOLE, 1024, "Memory for frames, in MB, from the next video on", least=64, most=65536
)
EXPORT_FORMAT = Setting("export.format", Kind.TEXT, "", "Format of the last export")
EXPORT_FOLDER = Setting("export.folder", Kind.TEXT, "", "Folder of the last export")
IMPORT_FOLDER = Setting("import.folder", Kind.TEXT, "", "Folder of the last import")
OVERLAY_VISIBLE = Setting("score_map.overlay", Kind.SWITCH, False, "Show the score map on the video")
OVERLAY_OPACITY = Setting("score_map.overlay_opacity", Kind.NUMBER, 0.5, "Opacity of the overlay", least=0, most=1)

SETTINGS = (
    LANGUAGE,
    THEME,
    KEYS,
    TOUR_DONE,
    RECENT_FILES,
    TRACKER,
    DEVICE,
    PRECISION,
    DOUBT_SCORE,
    RETRACK_AT_ONCE,
    SIMPLIFY_IOU,
    TARGET_IOU,
    CERTIFICATE_BOXES,
    CACHE_MEGABYTES,
    EXPORT_FORMAT,
    EXPORT_FOLDER,
    IMPORT_FOLDER,
    OVERLAY_VISIBLE,
    OVERLAY_OPACITY,
)
