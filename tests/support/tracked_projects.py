"""A project to track in, and what a run has done to it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.controllers.tracking import TrackingController
from app.model.box_record import keyframe
from app.model.project import Project
from app.model.track import Track
from app.workers.tracking_messages import RunOutcome
from tests.support.annotated_projects import tracked
from tests.support.blank_video import video_reference
from tracker_core.geometry import Box

HOME, FOUND, DRAWN = Box(10, 10, 8, 8), Box(20, 10, 8, 8), Box(40, 30, 8, 8)
FRAMES = 100


def start_project() -> Project:
    """Track 1: keyframe at 10, absent from 80. Track 2: keyframe at 10, tracked to 30. Track 3: keyframe at 90."""
    project = Project(video_reference(FRAMES))
    for number, records in enumerate(
        (
            {10: keyframe(HOME), 80: keyframe(None)},
            {10: keyframe(HOME)} | {frame: tracked(DRAWN, 0.9) for frame in range(11, 31)},
            {90: keyframe(HOME)},
        ),
        start=1,
    ):
        track = Track(number, "car", "#3b82f6")
        track.put(records)
        project.tracks[number] = track
    return project


def frames_of(track: Track, box: Box) -> list[int]:
    return [frame for frame, record in track.items() if record.box == box]


def finish(controller: TrackingController, qtbot: QtBot) -> RunOutcome:
    with qtbot.waitSignal(controller.run_finished) as heard:
        pass
    assert heard.args is not None
    outcome = heard.args[0]
    assert isinstance(outcome, RunOutcome)
    return outcome
