"""Evidence for tests of the score map: a project whose boxes tell their frame, and what is shown of it."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from app.controllers.score_map import ScoreMapController
from app.model.box_record import keyframe
from app.model.direction import BACKWARD
from app.model.project import Project, Run
from app.model.track import Track
from app.workers.tracking_messages import LiveEvidence
from tests.support.annotated_projects import tracked
from tests.support.blank_video import video_reference
from tests.support.trackers import CONSTANTS, WIDE, plausible_evidence
from tracker_core.decision.score_map import Constants, TrackingConstants
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence
from tracker_core.weights.catalog import CatalogError

PICTURE = np.zeros((48, 64, 3), np.uint8)
OTHER = TrackingConstants(penalty_k=0.5, window_influence=0.1, size_lr=0.9)


def at(frame: int) -> Box:
    """Where the car is: its box tells its frame."""
    return Box(10 + frame / 2, 10, 8, 8)


def make_project() -> Project:
    """Track 1: keyframe at 10, tracked forward to 19. Track 2: keyframe at 20, tracked backward to 11."""
    project = Project(video_reference(50))
    project.runs[1] = Run(1, "identity", "2024-05-01T12:00:00+00:00", 11, 19, "nowhere")
    project.runs[2] = Run(2, "identity", "2024-05-01T12:00:00+00:00", 19, 11, "nowhere", direction=BACKWARD)
    forward, backward = Track(1, "car", "#3b82f6"), Track(2, "person", "#f97316")
    forward.put({10: keyframe(at(10))} | {frame: tracked(at(frame), 0.9, run_id=1) for frame in range(11, 20)})
    backward.put({20: keyframe(at(20))} | {frame: tracked(at(frame), 0.9, run_id=2) for frame in range(11, 20)})
    project.tracks = {1: forward, 2: backward}
    return project


class Shown:
    """What the panel and the canvas show now."""

    def __init__(self, controller: ScoreMapController) -> None:
        self.evidence: Evidence | None = None
        self.frame: int | None = None
        self.track_text = ""
        self.previews: list[Box | None] = []
        self.blanks = 0
        self.failures: list[str] = []
        controller.evidence_changed.connect(self._on_evidence_changed)
        controller.preview_box.connect(self.previews.append)
        controller.failed.connect(self.failures.append)

    def _on_evidence_changed(self, evidence: Evidence | None, frame: int | None, track_text: str) -> None:
        self.evidence, self.frame, self.track_text = evidence, frame, track_text
        self.blanks += evidence is None


def own_constants(tracker: str) -> Constants:
    known: dict[str, Constants] = {"identity": CONSTANTS, "other": OTHER, "wide": WIDE}
    if tracker not in known:
        raise CatalogError(f"there is no tracker '{tracker}'")
    return known[tracker]


def live(track_id: int, frame: int, constants: Constants = CONSTANTS) -> LiveEvidence:
    return LiveEvidence(track_id, frame, plausible_evidence(PICTURE, at(frame), score=0.7), constants)


def wait_for(shown: Shown, frame: int, qtbot: QtBot) -> Evidence:
    qtbot.waitUntil(lambda: shown.evidence is not None and shown.frame == frame)
    assert shown.evidence is not None
    return shown.evidence
