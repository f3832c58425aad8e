"""Runs a plug-in's detector on every frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from app.batch.job import JobError
from app.exchange.annotations import Detection
from app.exchange.bounds import is_within_reach
from app.exchange.importing import NO_NAME, ImportedTracks
from app.model.box_record import BoxRecord, Source
from app.model.names import clean_name
from app.model.project import VideoReference
from app.model.words import counted
from app.video.source import open_source, picture_shown
from tracker_core.geometry import Box
from tracker_core.plugins import DETECTORS, PluginError, plugin_named
from tracker_core.tracker import DeviceName

MOST_A_FRAME = 10_000  # boxes; more would be noise and fill the memory


def detected(
    name: str,
    video: VideoReference,
    *,
    device: DeviceName,
    minimum_score: float,
    on_frame: Callable[[int], None],
) -> ImportedTracks:
    """The detections in all frames. Invalid boxes are left out with a note.

    Raises:
        JobError: for an unknown detector, or any error in it.
        VideoError: if the video cannot be read.
    """
    try:
        plugin = plugin_named(DETECTORS, name)
        load: Any = plugin.load()
        detect = load(device)
    except PluginError as error:
        raise JobError(str(error)) from error
    except Exception as error:
        raise JobError(str(plugin.error("cannot load its detector", error))) from error
    found: list[Detection] = []
    left_out = 0
    source = open_source(video.path, known_as=video.fingerprint)
    try:
        for frame in range(video.frame_count):
            image = picture_shown(source, frame).image
            try:
                answers = list(detect(image))
                of_frame = [_detection(frame, answer, video) for answer in answers[:MOST_A_FRAME]]
            except Exception as error:
                raise JobError(str(plugin.error(f"failed on frame {frame}", error))) from error
            usable = [one for one in of_frame if one is not None]
            left_out += len(answers) - len(usable)
            found += [one for one in usable if (one.record.score or 0.0) >= minimum_score]
            on_frame(frame + 1)
    finally:
        source.close()
    labels = tuple(dict.fromkeys(one.label for one in found))
    notes = (f"{counted(left_out, 'box', 'boxes')} of the detector outside the picture or without area: left out.",)
    return ImportedTracks((), labels, notes if left_out else (), detections=tuple(found))


def _detection(frame: int, answer: Any, video: VideoReference) -> Detection | None:  # noqa: ANN401  (a stranger's)
    box, label, score = answer
    box = Box(*map(float, box.as_tuple()))
    score = float(score)
    if box.area == 0 or not is_within_reach(box, video) or not math.isfinite(score):
        return None
    record = BoxRecord(box, Source.TRACKER, min(max(score, 0.0), 1.0))
    return Detection(frame, clean_name(str(label)) or NO_NAME, record)
