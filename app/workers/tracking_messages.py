"""The input and output of a tracking run: immutable values that may cross threads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.assist.run_plan import RunPlan
from app.assist.runs import damage_sentence
from app.assist.tracking_run import Records, TrackEnd
from app.language import tr, tr_counted
from app.model.project import Run
from app.settings.tracker_choice import TrackerChoice
from tracker_core.decision.score_map import Constants
from tracker_core.tracker import Evidence, Place


@dataclass(frozen=True, slots=True)
class RunRequest:
    """``constants`` is None for the tracker's own; ``known_as`` is the fingerprint of the video."""

    run_id: int
    video: Path
    plan: RunPlan
    tracker: TrackerChoice
    constants: Constants | None = None
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class RunBegun:
    """The tracker is loaded and the first frame is next."""

    run: Run  # as stored in the project
    place: Place  # where it really computes


@dataclass(frozen=True, slots=True)
class LiveEvidence:
    """Why the active track's box is where it is on one frame, decided with these constants."""

    track_id: int
    frame: int
    evidence: Evidence
    constants: Constants


@dataclass(frozen=True, slots=True)
class RunBatch:
    """What was settled since the last batch. ``last_frame`` is its newest frame."""

    run_id: int
    records: Records
    last_frame: int
    evidence: LiveEvidence | None = None


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Frames done and in total. Both times are None until a frame is done; pauses do not count."""

    run_id: int
    done: int
    total: int
    frame: int
    frames_per_second: float | None
    seconds_left: float | None


class EndReason(StrEnum):
    COMPLETED = "completed"
    LOST = "lost"  # every track of the run was deleted
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended. ``ends``: the tracks that ended by themselves; ``sentence``: for the status bar."""

    run_id: int
    reason: EndReason
    ends: tuple[TrackEnd, ...]
    sentence: str


def outcome(
    run_id: int,
    ends: tuple[TrackEnd, ...],
    *,
    done: int,
    is_stopped: bool,
    damaged: Collection[int] = (),
) -> RunOutcome:
    """``damaged``: frames that could not be decoded, on which the last good picture was tracked."""
    lost = [end for end in ends if end.reason == "lost"]
    deleted = [end for end in ends if end.reason == "deleted"]
    if is_stopped or (deleted and len(deleted) == len(ends)):
        reason, sentences = (
            EndReason.STOPPED,
            [tr("Tracking was stopped after {frames}.", frames=tr_counted(done, "frame"))],
        )
    else:
        reason = EndReason.LOST if lost and len(lost) + len(deleted) == len(ends) else EndReason.COMPLETED
        sentences = [tr("Tracked {frames}.", frames=tr_counted(done, "frame"))]
    if len(lost) <= 3:
        sentences += [
            tr("Track {track_id} was lost on frame {frame}.", track_id=end.track_id, frame=end.frame) for end in lost
        ]
    else:
        sentences.append(
            tr("{lost} tracks were lost, the first on frame {frame}.", lost=len(lost), frame=lost[0].frame)
        )
    if deleted:
        sentences.append(tr("{tracks} deleted during the run.", tracks=_tracks(deleted)))
    if damaged:
        sentences.append(damage_sentence(damaged))
    return RunOutcome(run_id, reason, ends, " ".join(sentences))


def _tracks(ends: list[TrackEnd]) -> str:
    if len(ends) == 1:
        return tr("Track {track_id} was", track_id=ends[0].track_id)
    *others, last = [str(end.track_id) for end in ends]
    return tr("Tracks {others} and {last} were", others=", ".join(others), last=last)
