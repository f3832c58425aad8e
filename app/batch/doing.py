"""Does one job of a batch: from boxes, detections or a project to tracks and exports in a folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from app.assist.correction import end_at, joined
from app.assist.headless_run import carry_out
from app.assist.loaded_tracker import LoadedTracker
from app.assist.review_queue import ReviewQueue
from app.assist.run_plan import RunPlan, TrackPlan, Until, is_too_large, plan_run, together
from app.assist.runs import damage_sentence, new_run
from app.assist.stretch import Stretch
from app.batch.bridging import bridged
from app.batch.detecting import detected
from app.batch.job import FirstBox, Job, JobError, JobResult, Way
from app.exchange.annotations import Detection, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import format_named
from app.exchange.importing import ImportedTracks, import_tracks, new_labels
from app.exchange.linking import linked
from app.model.box_record import keyframe
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.linking import LinkRules
from app.model.project import LABEL_COLOURS, Label, Project, VideoReference
from app.model.track import Track
from app.store.errors import StoreError
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore
from app.video.moved import moved_to
from app.video.source import VideoError, VideoInfo, open_source

PROJECT_NAME = "tracks.siamark"
FRAMES_AT_ONCE = 1_000_000  # of the review queue: everything at once, because no window waits

DIRECTIONS_OF: dict[Way, tuple[Direction, ...]] = {
    "forward": (FORWARD,),
    "backward": (BACKWARD,),
    "both": (FORWARD, BACKWARD),
}

TrackerNamed = Callable[[str], LoadedTracker]
OnProgress = Callable[[int, int], None]
"""Hears how many frames are done, and of about how many."""


def do_job(job: Job, folder: Path, tracker_named: TrackerNamed, on_progress: OnProgress) -> JobResult:
    """Do a job and write its results into an empty folder.

    Raises:
        JobError: if it cannot be done; the folder's content is then useless.
        Exception: whatever the tracker or ``on_progress`` raises.
    """
    began = time.perf_counter()
    try:
        work = _Work(job, tracker_named, on_progress)
        work.prepare()
        work.track()
        outputs = work.write(folder)
    except (VideoError, StoreError, ExchangeError) as error:
        raise JobError(str(error)) from error
    project = work.project
    return JobResult(
        frames=work.frames_done,
        tracks=len(project.tracks),
        boxes=sum(track.box_count for track in project.tracks.values()),
        doubts=doubt_count(project),
        lost=work.lost,
        seconds=time.perf_counter() - began,
        outputs=outputs,
        notes=tuple(work.notes),
    )


def doubt_count(project: Project) -> int:
    """How many doubts the review panel would show."""
    queue = ReviewQueue(project.video)
    for track_id in project.tracks:
        queue.note_change(track_id)
    while not queue.refresh(project.tracks, frames_at_most=FRAMES_AT_ONCE):
        pass
    return len(queue)


class _Work:
    """A job in progress."""

    def __init__(self, job: Job, tracker_named: TrackerNamed, on_progress: OnProgress) -> None:
        self.notes: list[str] = []
        self.frames_done = 0
        self.lost = 0
        self.project: Project
        self._job = job
        self._tracker_named = tracker_named
        self._on_progress = on_progress
        self._plans: list[RunPlan] = []

    def prepare(self) -> None:
        """Make the project, and plan what to track."""
        job = self._job
        if job.project is not None:
            self.project = look_at_project(job.project)
            if job.video is not None:
                self.project.video = moved_to(job.video, self.project.video)
            if not self.project.tracks:
                raise JobError(f"{job.project} has no tracks; draw a first box for each target.")
            self._plan_project()
            return
        assert job.video is not None
        info = self._looked_at(job.video)
        video = VideoReference(info.path, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
        self.project = Project(video)
        if job.boxes:
            for first in job.boxes:
                self._add(first)
            self._plan_project()
            if not self._plans:
                raise JobError(" ".join(self.notes) or "There is nothing to track.")
        else:
            self._take_detections()

    def track(self) -> None:
        """Carry out the plan."""
        if not self._plans:
            return
        total = sum(_frame_count(plan) for plan in self._plans)
        loaded = self._tracker_named(self._job.tracker)
        damaged: set[int] = set()
        for plan in self._plans:
            run = new_run(self.project.next_run_id(), plan, loaded)
            self.project.runs[run.id] = run
            before = self.frames_done

            def on_frame(done: int, before: int = before) -> None:
                self.frames_done = before + done
                self._on_progress(self.frames_done, total)

            ends = carry_out(run, plan, self.project, loaded, on_frame=on_frame, damaged=damaged)
            self.lost += sum(end.reason == "lost" for end in ends)
            if not self._job.boxes and self._job.project is None:
                bridged(self.project, run.id, least_iou=self._job.link)
        if damaged:
            self.notes.append(damage_sentence(damaged))

    def write(self, folder: Path) -> tuple[str, ...]:
        """Write the project and the exports. Returns their names."""
        store = ProjectStore.create(folder / PROJECT_NAME, self.project.video)
        try:
            store.put_project(self.project)
            store.settle()
        finally:
            store.close()
        names = [PROJECT_NAME]
        for format_name in self._job.exports:
            name = f"tracks.{format_name}{format_named(format_name).suffix}"
            report = export(self.project, format_name, folder / name)
            self.notes += [f"{format_name}: {note}" for note in report.notes]
            names.append(name)
        return tuple(names)

    def _looked_at(self, video: Path) -> VideoInfo:
        source = open_source(
            video,
            film=self._job.film,
            is_proven=True,
            on_progress=lambda fraction: self._on_progress(0, 0),
        )
        source.close()
        self.notes += source.info.notes
        return source.info

    def _add(self, first: FirstBox) -> None:
        video, box = self.project.video, first.box
        numbers = ",".join(f"{value:g}" for value in box.as_tuple())
        size = f"the picture of {video.width} x {video.height} pixels"
        if first.frame >= video.frame_count:
            raise JobError(f"The box {numbers} is on frame {first.frame}; the last frame is {video.frame_count - 1}.")
        if box.clipped(width=video.width, height=video.height).area == 0:
            raise JobError(f"The box {numbers} lies outside {size}.")
        if is_too_large(box, width=video.width, height=video.height):
            raise JobError(f"The box {numbers} is far larger than {size}.")
        if first.label and first.label not in self.project.labels:
            colour = LABEL_COLOURS[len(self.project.labels) % len(LABEL_COLOURS)]
            self.project.labels[first.label] = Label(first.label, colour)
        track = Track(self.project.next_track_id(), first.label, self.project.next_colour())
        track.put({first.frame: keyframe(box)})
        self.project.tracks[track.id] = track

    def _plan_project(self) -> None:
        """Continue tracks in the requested directions, and fill unknown stretches between keyframes."""
        until: Until | int = self._job.most_frames or Until.END
        tracks = self.project.tracks.values()
        directions = DIRECTIONS_OF[self._job.way]
        stretches = [stretch for track in tracks for stretch in _unknown_stretches(self.project, track)]
        refused: dict[int, str] = {}
        carried: set[int] = {stretch.track_id for stretch in stretches}
        plans: list[RunPlan] = []
        for direction in directions:
            planned: list[TrackPlan] = []
            for track in tracks:
                end = track.last_frame if direction == FORWARD else track.first_frame
                record = None if end is None else track.get(end)
                if end is None or record is None or record.absent or end == _border(self.project.video, direction):
                    continue
                plan = plan_run(self.project, [track.id], end, direction, until=until)
                planned += plan.tracks
                refused.update(dict.fromkeys([track.id], " ".join(plan.refusals)))
            if planned:
                plans.append(together(planned, direction))
                carried |= {plan.track_id for plan in planned}
        self.notes += [refusal for track_id, refusal in refused.items() if refusal and track_id not in carried]
        if stretches:
            plans.insert(0, joined([], stretches, 0))
        self._plans = plans

    def _take_detections(self) -> None:
        job = self._job
        read = self._read_detections(job.detections) if job.detections is not None else self._detected()
        imported = linked(read, LinkRules(job.link))
        if not imported.tracks:
            what = f"{job.detections} holds" if job.detections is not None else f"The detector {job.detector} finds"
            raise JobError(f"{what} no boxes of this video.")
        for label in new_labels(self.project, imported):
            self.project.labels[label.name] = label
        self.project.tracks.update((track.id, track) for track in imported.tracks)
        self.notes += [*filter(None, [imported.matched]), *imported.notes]
        named = {track.id for track in read.tracks}  # the file says which boxes belong together
        plans = self._bridges(track for track in imported.tracks if track.id not in named) if job.carry else []
        self._plans = [together(plans, FORWARD)] if plans else []

    def _read_detections(self, path: Path) -> ImportedTracks:
        job = self._job
        read = import_tracks(job.format_name, path, self.project.video, ImportOptions(columns=job.columns))
        kept = tuple(found for found in read.detections if _score(found) >= job.minimum_score)
        if left_out := len(read.detections) - len(kept):
            self.notes.append(f"{left_out:,} detections scored below {job.minimum_score:g} are left out.")
        return replace(read, detections=kept)

    def _detected(self) -> ImportedTracks:
        video = self.project.video
        return detected(
            self._job.detector,
            video,
            device="auto",
            minimum_score=self._job.minimum_score,
            on_frame=lambda done: self._on_progress(done, video.frame_count),
        )

    def _bridges(self, tracks: Iterable[Track]) -> list[TrackPlan]:
        """Plan to follow tracks beyond their ends, to join them with tracks that begin there."""
        plans: list[TrackPlan] = []
        for track in tracks:
            if track.last_frame is not None:
                plan = plan_run(self.project, [track.id], track.last_frame, FORWARD, until=self._job.carry)
                plans += plan.tracks
        return plans


def _score(found: Detection) -> float:
    """The score of a detection; a detection without one is taken as certain."""
    return 1.0 if found.record.score is None else found.record.score


def _frame_count(plan: RunPlan) -> int:
    return sum(len(one.frames) for one in _chain(plan)) + sum(2 * part.frames_between for part in plan.two_sided)


def _chain(plan: RunPlan) -> list[RunPlan]:
    return [plan, *(_chain(plan.then) if plan.then else [])]


def _border(video: VideoReference, direction: Direction) -> int:
    return video.frame_count - 1 if direction == FORWARD else 0


def _unknown_stretches(project: Project, track: Track) -> list[Stretch]:
    """The stretches between two keyframes that show the target, without records or deleted boxes between them."""
    found = []
    frame = track.keyframe_after(-1)
    while frame is not None and (following := track.keyframe_after(frame)) is not None:
        is_unknown = track.frame_after(frame) == following and following - frame > 1
        if is_unknown and not any(True for _ in track.marks.gaps.between(frame, following)):
            ends = end_at(project, track, frame, FORWARD), end_at(project, track, following, BACKWARD)
            if ends[0] is not None and ends[1] is not None:
                found.append(Stretch(track.id, ends[0], ends[1]))
        frame = following
    return found
