"""Where a tracker looked in the shown frame."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.views.canvas import guides
from app.views.canvas.picture_transform import PictureTransform
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The search region, whether it has grown because the target is lost, and the distractors."""

    region: Box
    is_searching: bool = False
    distractors: tuple[Box, ...] = ()

    def paint(self, painter: QPainter, transform: PictureTransform, *, view: QRectF) -> None:
        region = transform.box_to_view(self.region)
        guides.paint_search_region(painter, region, view=view, is_searching=self.is_searching)
        for distractor in self.distractors:
            guides.paint_distractor(painter, transform.box_to_view(distractor), view=view)
