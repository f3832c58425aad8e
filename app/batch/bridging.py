"""Closes gaps in tracks of detections: a track that the tracker has followed continues in the one that begins where it
arrived.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from app.model.project import Project
from app.model.track import Track


class _Meeting(NamedTuple):
    frames_apart: int
    iou: float
    earlier_id: int
    later_id: int


def bridged(project: Project, run_id: int, *, least_iou: float) -> int:
    """Join tracks of detections across the frames through which the tracker has followed them. Returns how many were
    joined.

    Two tracks of one label are joined if the tracked box of one overlaps the first box of the other by ``least_iou`` or
    more; the earlier id stays. The nearest are joined first. If a track meets no other, its tracked boxes are removed,
    because nothing confirms them.
    """
    ends = {track.id: _last_detected(track, run_id) for track in project.tracks.values()}
    onto = _partners(_meetings(project, ends, least_iou=least_iou))
    begins = {track.id: track.first_frame for track in project.tracks.values()}
    for track in list(project.tracks.values()):
        later_id = onto.get(track.id)
        goes_on_at = None if later_id is None else begins[later_id]
        first_needless = ends[track.id] + 1 if goes_on_at is None else goes_on_at
        track.put({frame: None for frame, _ in track.items(first_needless)})
    joined_to = {later: earlier for earlier, later in onto.items()}
    for later_id in sorted(joined_to, key=lambda track_id: -(begins[track_id] or 0)):
        later = project.tracks.pop(later_id)
        project.tracks[joined_to[later_id]].put(dict(later.items()))
    return len(onto)


def _last_detected(track: Track, run_id: int) -> int:
    return max((frame for frame, record in track.items() if record.run_id != run_id), default=-1)


def _meetings(project: Project, ends: dict[int, int], *, least_iou: float) -> list[_Meeting]:
    beginnings: dict[tuple[str, int], list[Track]] = defaultdict(list)
    for track in project.tracks.values():
        if track.first_frame is not None:
            beginnings[track.label, track.first_frame].append(track)
    meetings = []
    for track in project.tracks.values():
        for frame, record in track.items(ends[track.id] + 1):
            for other in beginnings.get((track.label, frame), ()):
                first = other.get(frame)
                if other is track or record.box is None or first is None or first.box is None:
                    continue
                iou = record.box.iou(first.box)
                if iou >= least_iou:
                    meetings.append(_Meeting(frame - ends[track.id], iou, track.id, other.id))
    return meetings


def _partners(meetings: list[_Meeting]) -> dict[int, int]:
    """The continuation of each track. A track is joined at most once on each side."""
    onto: dict[int, int] = {}
    for meeting in sorted(meetings, key=lambda meeting: (meeting.frames_apart, -meeting.iou, meeting[2:])):
        if meeting.earlier_id not in onto and meeting.later_id not in onto.values():
            onto[meeting.earlier_id] = meeting.later_id
    return onto
