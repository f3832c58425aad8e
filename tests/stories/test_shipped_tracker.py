"""The main job with the tracker that is shipped: it follows what a person would call the same thing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.demo.clip import demo_truth
from app.exchange.annotations import ExportOptions
from app.exchange.formats import check
from app.model.track import Track
from app.settings.schema import RETRACK_AT_ONCE
from app.views.exporting.export_dialog import ExportDialog
from resources import DEMO_VIDEO
from tests.stories.conftest import Begin
from tests.support.stores import assert_same, load_as_after_a_crash
from tests.support.stories import CTRL, Story
from tracker_core.evaluation.folders import read_sequences
from tracker_core.geometry import Box

pytestmark = pytest.mark.slow

LONG = 300_000  # ms, on a machine that is busy with other things


def track_for_long(story: Story) -> None:
    with story.qtbot.waitSignal(story.application.tracking.run_finished, timeout=LONG):
        story.press(Qt.Key.Key_T)


def mean_overlap(track: Track, truth: list[Box | None], *, last: int) -> float:
    overlaps = []
    for frame, record in track.items(1, last):
        true_box = truth[frame]
        if true_box is not None:
            overlaps.append(true_box.iou(record.box) if record.box is not None else 0.0)
    return float(np.mean(overlaps))


def test_the_demo_clip_is_tracked_corrected_undone_and_exported(begin: Begin, tmp_path: Path) -> None:
    truth = demo_truth()["car"]
    first = truth[0]
    assert first is not None
    story = begin(DEMO_VIDEO, shipped=True)
    story.application.settings.set(RETRACK_AT_ONCE, False)
    story.draw(first)
    track_for_long(story)
    track = story.track(1)
    assert mean_overlap(track, truth, last=100) > 0.6  # a tree hides the car after that

    story.go_to(60)
    tracked = track.get(60)
    assert tracked is not None
    assert tracked.box is not None
    story.drag((tracked.box.right, tracked.box.bottom), (tracked.box.right + 6, tracked.box.bottom - 4))
    corrected = track.get(60)
    assert corrected is not None
    assert corrected.is_keyframe
    before = dict(track.items())
    track_for_long(story)
    assert track.get(60) == corrected
    second = max(frame for frame, record in track.items(61) if record.run_id == 2)
    assert second >= 100
    assert {record.run_id for _, record in track.items(61, second)} == {2}
    # behind the tree the second run may end before the first one did, whose boxes are stale there
    assert all(track.marks.is_overruled(frame, 1) for frame, _ in track.items(second + 1))
    assert dict(track.items(0, 60)) == {frame: record for frame, record in before.items() if frame <= 60}
    story.press(Qt.Key.Key_Z, CTRL)
    assert dict(story.track(1).items()) == before

    story.press(Qt.Key.Key_E, CTRL)
    (dialog,) = story.window.findChildren(ExportDialog)
    assert Path(dialog.path_field.text()).parent == Path.home()  # not beside a clip that is the program's
    dialog.close()

    path = tmp_path / "tracks.coco.json"
    with story.qtbot.waitSignal(story.application.exporting.exported, timeout=LONG):
        story.application.exporting.export("coco", path, ExportOptions())
    assert check(path, "coco") == []
    assert story.application.document.store_path is not None
    assert_same(load_as_after_a_crash(story.application.document.store_path), story.project)


@pytest.mark.shared_data
def test_a_car_in_the_street_is_tracked_and_a_correction_is_carried_on(begin: Begin, shared_data: Path) -> None:
    (sequence,) = read_sequences(shared_data / "val" / "car4")
    truth = [sequence.true_box(frame) for frame in range(len(sequence))]
    first, last = truth[0], 150
    assert first is not None
    story = begin(shared_data / "val" / "car4" / "video.mp4", shipped=True)
    story.application.settings.set(RETRACK_AT_ONCE, False)
    story.draw(first)
    story.qtbot.waitUntil(lambda: story.application.document.sure_frames == len(truth), timeout=LONG)
    story.go_to(last + 1)
    story.draw(truth[last + 1] or first)  # a keyframe that the run must stop at
    assert len(story.project.tracks) == 1
    story.go_to(0)
    track_for_long(story)
    track = story.track(1)
    assert track.last_frame == last + 1
    assert mean_overlap(track, truth, last=last) > 0.6

    story.go_to(80)
    record = track.get(80)
    assert record is not None
    assert record.box is not None
    story.drag((record.box.cx, record.box.cy), (record.box.cx + 3, record.box.cy + 2))
    track_for_long(story)
    assert {record.run_id for _, record in track.items(81, last)} == {2}
    assert mean_overlap(track, truth, last=last) > 0.6
    story.press(Qt.Key.Key_Z, CTRL)
    assert {record.run_id for _, record in track.items(81, last)} == {1}
