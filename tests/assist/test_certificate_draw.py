from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.certificate_draw import STRATA, allocate, draw_certificate, has_boxes
from app.assist.review_queue import ReviewQueue
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.certificate import Certificate, changed_since
from app.model.certificate_words import report
from app.model.doubt import DoubtKind, DoubtRules
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import tracked
from tests.support.blank_video import video_reference
from tracker_core.geometry import Box

BOX = Box(20, 20, 12, 12)


def project_of(doubtful: range = range(300, 400)) -> Project:
    """Two tracks of 1000 frames; one of them is doubtful in places, reviewed in others and absent at the end."""
    project = Project(video_reference(1000))
    for track_id in (1, 2):
        track = Track(track_id, ("car", "person")[track_id - 1], "#3b82f6")
        unsure = doubtful if track_id == 1 else range(0)
        track.put({f: tracked(BOX, 0.05 if f in unsure else 0.97) for f in range(1, 1000)} | {0: keyframe(BOX)})
        project.tracks[track_id] = track
    first = project.tracks[1]
    first.put({f: BoxRecord(BOX, Source.TRACKER, 0.9, reviewed=True) for f in range(500, 600)})
    first.put(dict.fromkeys(range(900, 1000)) | {900: keyframe(None)})
    return project


def drawn(project: Project, count: int = 120, seed: int = 0) -> Certificate:
    return draw_certificate(
        project, DoubtRules(), count=count, random=np.random.default_rng(seed), drawn_at="2026-11-30T08:00:00+00:00"
    )


def test_it_speaks_of_every_box_that_is_shown() -> None:
    certificate = drawn(project_of())
    assert certificate.box_count == 1900
    assert [stratum.name for stratum in certificate.strata] == list(STRATA)
    assert len(certificate.drawn) == 120
    places = [(box.track_id, box.frame) for box in certificate.drawn]
    assert places == sorted(set(places))
    assert not any(box.track_id == 1 and box.frame >= 900 for box in certificate.drawn)


def test_more_are_drawn_where_doubt_is() -> None:
    certificate = drawn(project_of())
    counts = Counter(box.stratum for box in certificate.drawn)
    rate = [counts[number] / stratum.box_count for number, stratum in enumerate(certificate.strata)]
    assert rate[4] > 2 * rate[2]
    assert rate[1] < rate[2]


def test_every_box_of_a_stratum_is_as_likely_drawn() -> None:
    project = project_of()
    hits = Counter(box.frame for seed in range(200) for box in drawn(project, 60, seed).drawn if box.stratum == 4)
    frames = np.array([hits[frame] for frame in range(300, 400)])
    assert (frames > 0).all()
    assert frames.std() < 2 * np.sqrt(frames.mean())  # as chance has it


def test_where_there_are_fewer_boxes_all_are_drawn() -> None:
    project = Project(video_reference(30))
    track = Track(1, "car", "#3b82f6")
    track.put({3: keyframe(BOX), 12: keyframe(BOX)})
    project.tracks[1] = track
    certificate = drawn(project, 300)
    assert [box.frame for box in certificate.drawn] == list(range(3, 13))
    judged = certificate.with_answers(dict.fromkeys(range(10), True))
    assert judged.share.low == judged.share.high == 1.0


def test_a_project_without_boxes_has_nothing_to_certify() -> None:
    project = Project(video_reference(30))
    assert not has_boxes(project)
    with pytest.raises(ValueError, match="no track shows a box"):
        drawn(project)


@given(st.lists(st.tuples(st.integers(0, 5000), st.floats(0.01, 0.5)), min_size=1, max_size=5), st.integers(1, 400))
def test_as_many_are_drawn_as_were_asked_for(strata: list[tuple[int, float]], count: int) -> None:
    sizes = [size for size, _ in strata]
    given_out = allocate(sizes, [wrong for _, wrong in strata], count)
    assert all(min(size, 1) <= number <= size for size, number in zip(sizes, given_out, strict=True))
    assert sum(given_out) == min(max(count, sum(size > 0 for size in sizes)), sum(sizes))


def test_every_export_says_what_it_says_and_when_it_is_out_of_date() -> None:
    project = project_of()
    assert report(project) == ()
    project.certificate = certificate = drawn(project)
    assert report(project) == ("The certificate is not finished and says nothing so far: 0 of 120 boxes looked at.",)
    project.certificate = certificate.with_answers(dict.fromkeys(range(120), True))
    (sentence,) = report(project)
    assert sentence.startswith("Certificate of 2026-11-30: 100 % of 1,900 boxes overlap their target by half or more (")
    assert sentence.endswith(", 120 looked at.")
    project.tracks[2].put({50: keyframe(Box(30, 20, 12, 12)), 51: None})
    assert changed_since(certificate, project.tracks) == 2
    (sentence,) = report(project)
    assert sentence.startswith("The certificate is out of date: 2 boxes have changed since it was drawn on 2026-11-30.")
    del project.tracks[2]
    assert changed_since(certificate, project.tracks) == 1000


def test_what_was_said_to_be_wrong_is_doubted_until_it_is_another_box() -> None:
    project = project_of(range(0))
    queue = ReviewQueue(project.video)
    for track_id in project.tracks:
        queue.note_change(track_id)

    def kinds() -> list[tuple[int, int, DoubtKind]]:
        while not queue.refresh(project.tracks):
            pass
        return [(doubt.track_id, doubt.frame, doubt.kind) for doubt in queue.doubts()]

    assert kinds() == []
    wrong = {1: {0: BOX, 550: BOX}, 2: {70: BOX}}  # drawn by a person, reviewed, and tracked
    queue.set_said_wrong(wrong)
    said = DoubtKind.SAID_WRONG
    assert kinds() == [(1, 0, said), (2, 70, said), (1, 550, said)]
    assert queue.progress_of(1).doubtful_frames == 2
    project.tracks[1].put({0: keyframe(Box(22, 20, 12, 12))})
    queue.note_change(1, 0, 0)
    queue.set_said_wrong({1: {0: BOX}, 2: {70: BOX}})
    assert kinds() == [(2, 70, said)]
