"""Measures how well a verifier recognises an object in annotated videos, and what its distances mean.

    python -m benchmarks.verify WEIGHTS --data FOLDER [--tracker siamrpnpp_small] [--starts 1] [--write]

The exemplar is the true box of the first frame. In every later frame the verifier sees the true box, a loose one (IoU
from 0.5), and four strangers: a box that has drifted off the object, one of a very different size, the background
beside the object, and the true box of another video. With ``--tracker`` it also sees the boxes of a tracker that is
started in several frames of each video (``--starts``).

The calibration is fitted on all videos but one and judged on that one, for each in turn. ``--write`` fits it on all
videos and writes it into the weights file, so never use it with videos on which the result will be judged.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.fitting import area_under_roc, brier_score, expected_calibration_error, fit_calibration, reliability
from tracker_core.decision.calibration import Calibration
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.sequences import Sequence
from tracker_core.geometry import Box
from tracker_core.tracker import Target, Tracker
from tracker_core.trackers.verifier import Verifier
from tracker_core.training.pairs.verifier_boxes import LOST_IOU, beside, drifted, resized
from tracker_core.weights.catalog import load_tracker, load_verifier
from tracker_core.weights.files import read_weights

Floats = NDArray[np.float64]

SAME, STRANGERS = ("true", "loose"), ("drifted", "resized", "beside")
LOOSE_IOU = 0.5


@dataclass(frozen=True, slots=True)
class Sight:
    """One frame: the distances of its boxes from the exemplar, by kind, and score, distance and IoU of each tracked
    target.
    """

    video: int
    distances: dict[str, float]
    tracked: tuple[tuple[float, float, float], ...]


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    verifier = load_verifier(str(arguments.weights))
    tracker = load_tracker(arguments.tracker) if arguments.tracker else None
    sequences = read_sequences(arguments.data)
    print(f"{verifier.name} ({verifier.place}) on {len(sequences)} videos", flush=True)
    strangers = [_first_embedding(verifier, sequence) for sequence in sequences]
    sights = []
    for video, sequence in enumerate(sequences):
        others = np.stack([one for number, one in enumerate(strangers) if number != video])
        sights += look_through(verifier, sequence, video, others, tracker, starts=arguments.starts)
        print(f"  {sequence.name}", flush=True)
    print_separation(sights)
    print_calibration(sights)
    if tracker is not None:
        print_lost(tracker.name, sights, whole_calibration(sights))
    if arguments.write:
        file = read_weights(arguments.weights)
        constants = whole_calibration(sights).as_mapping()
        replace(file, constants=constants).save(arguments.weights)
        print(f"written: {constants}")


def look_through(
    verifier: Verifier, sequence: Sequence, video: int, others: NDArray[np.float32], tracker: Tracker | None,
    *, starts: int,
) -> list[Sight]:  # fmt: skip
    """The sights of every frame after the first that shows the target."""
    rng = np.random.default_rng(video)
    begin = {round(len(sequence) * part / starts) for part in range(starts)}
    exemplar = np.zeros(0, np.float32)
    targets: list[tuple[Target, NDArray[np.float32]]] = []
    sights = []
    for frame, image in enumerate(sequence.open_frames()):
        box = sequence.true_box(frame)
        height, width = image.shape[:2]
        predictions = [(target.update(image), start) for target, start in targets]
        if box is None or box.clipped(width=width, height=height).area <= 0:
            continue
        if frame == 0:
            exemplar = verifier.embed(image, box)
        else:
            boxes = {"true": box, "loose": _loose(box, rng)}
            for kind, leave in zip(STRANGERS, (drifted, resized, beside), strict=True):
                boxes[kind] = leave(box, width=width, height=height, rng=rng)
            embeddings = verifier.embed_many(image, list(boxes.values()))
            distances = {kind: verifier.distance(exemplar, one) for kind, one in zip(boxes, embeddings, strict=True)}
            distances["other"] = verifier.distance(exemplar, others[frame % len(others)])
            tracked = tuple(
                (found.score, verifier.distance(start, verifier.embed(image, found.box)), found.box.iou(box))
                for found, start in predictions
            )
            sights.append(Sight(video, distances, tracked))
        if tracker is not None and frame in begin:
            targets.append((tracker.init(image, box), verifier.embed(image, box)))
    return sights


def print_separation(sights: list[Sight]) -> None:
    """Print the area under ROC of the distance, for true boxes against each kind of stranger."""
    print("\narea under ROC: true box, and loose box, against  (all frames together, mean over videos)")
    videos = sorted({sight.video for sight in sights})
    for kind in (*STRANGERS, "other", "all of them"):
        kinds = (*STRANGERS, "other") if kind == "all of them" else (kind,)
        cells = []
        for same in SAME:
            each = [_area([sight for sight in sights if sight.video == video], same, kinds) for video in videos]
            cells.append(f"{_area(sights, same, kinds):.3f} {np.mean(each):.3f}")
        print(f"  {kind:<12} {'   '.join(cells)}")


def print_calibration(sights: list[Sight]) -> None:
    """Print how well each video is judged by a calibration on the others."""
    probabilities, truths = [], []
    for video in sorted({sight.video for sight in sights}):
        fitted = whole_calibration([sight for sight in sights if sight.video != video])
        distances, truth = _cases([sight for sight in sights if sight.video == video])
        probabilities.append(fitted.probability(distances))
        truths.append(truth)
    probability, answers = np.concatenate(probabilities), np.concatenate(truths)
    error = expected_calibration_error(probability, answers)
    print(
        f"\ncalibrated on the other videos: expected calibration error {error:.3f}"
        f"  Brier {brier_score(probability, answers):.3f}  area {area_under_roc(probability, answers):.3f}"
        f"  right at 0.5: {np.mean((probability >= 0.5) == answers):.3f}"
    )
    print("  probability   cases  promised  came")
    for row in reliability(probability, answers):
        print(f"  {row.low:.1f} to {row.high:.1f} {row.count:>9}  {row.predicted:8.3f}  {row.observed:.3f}")


def print_lost(tracker: str, sights: list[Sight], calibration: Calibration) -> None:
    """Print how well score and verifier notice that the tracker has lost its target (IoU under 0.3)."""
    rows = [(sight.video, *one) for sight in sights for one in sight.tracked]
    video, score, distance, iou = np.array(rows).T
    lost = iou < LOST_IOU
    same = calibration.probability(distance)
    print(
        f"\n{tracker}: {lost.sum()} of {len(lost)} boxes are lost, in {len(set(video[lost]))} videos; area under ROC of"
    )
    for name, value in (("score", score), ("verifier", same), ("score x verifier", score * same)):
        inside = [
            area_under_roc(-value[video == one], lost[video == one])
            for one in sorted(set(video))
            if lost[video == one].any() and not lost[video == one].all()
        ]
        print(f"  {name:<17} {area_under_roc(-value, lost):.3f}   within videos, mean {np.mean(inside):.3f}")


def whole_calibration(sights: list[Sight]) -> Calibration:
    return fit_calibration(*_cases(sights))


def _cases(sights: list[Sight]) -> tuple[Floats, NDArray[np.bool_]]:
    """Distances, and whether each is to the object. Each frame gives two boxes of the object and two strangers, whose
    kinds take turns.
    """
    distances, truths = [], []
    kinds = (*STRANGERS, "other")
    for number, sight in enumerate(sights):
        chosen = (kinds[number % 4], kinds[(number + 1) % 4])
        distances += [sight.distances[kind] for kind in (*SAME, *chosen)]
        truths += [True, True, False, False]
    return np.array(distances), np.array(truths)


def _area(sights: list[Sight], same: str, kinds: tuple[str, ...]) -> float:
    own = [sight.distances[same] for sight in sights]
    foreign = [sight.distances[kind] for sight in sights for kind in kinds]
    return area_under_roc(-np.array(own + foreign), [True] * len(own) + [False] * len(foreign))


def _loose(box: Box, rng: np.random.Generator) -> Box:
    """A box like that of a tracker that has not lost its target: moved and resized a little, IoU from 0.5."""
    while True:
        dx, dy, *grown = rng.normal(0, 0.15, 4)
        width, height = (
            side * float(np.exp(change)) for side, change in zip((box.width, box.height), grown, strict=True)
        )
        moved = Box.from_centre(box.cx + dx * box.width, box.cy + dy * box.height, width=width, height=height)
        if moved.iou(box) >= LOOSE_IOU:
            return moved


def _first_embedding(verifier: Verifier, sequence: Sequence) -> NDArray[np.float32]:
    box = sequence.true_box(0)
    assert box is not None  # every sequence begins with one
    return verifier.embed(next(iter(sequence.open_frames())), box)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tracker")
    parser.add_argument("--starts", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
