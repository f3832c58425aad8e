"""Measures and fits what a tracker's score means: how likely its box is right (IoU of 0.5 or more with the truth).

    python -m benchmarks.reliability WEIGHTS|NAME --data VALIDATION [--starts 8] [--verifier NAME] [--plot FILE.png]
                                     [--table FILE.npz] [--score-only] [--write]

In each video the tracker starts from the true box in several frames (``--starts``), and tracks to the end even after it
has lost its target. Each frame gives the score, the overlap with the truth, the verifier's distance between the box and
the first exemplar, and the backward agreement (``tracker_core/trackers/verification.py``).

All figures except "fitted on all" are for videos that were left out of the fit. ``--write`` fits on all videos and
writes the fit into the weights file and its card, so never use it with videos on which the result will be judged.
Repeat it after each change of weights, constants or verifier.

``--score-only`` leaves out the verifier and the look back, which take three quarters of the time. The fit for a
finished run then uses neither.

``--table`` saves the observations to a file, or reads them if it exists, because tracking takes most of the time.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence as ManySequences
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from app.assist.stop_rules import StopRules
from benchmarks.card import with_section
from benchmarks.fitting import brier_score, expected_calibration_error, reliability
from benchmarks.reliability_fit import (
    ALL_HEARD,
    Findings,
    Heard,
    OneKindError,
    Seen,
    by_run,
    findings,
    of_score,
    runs,
    separation,
    stops,
)
from tracker_core.decision.calibration import Floats
from tracker_core.decision.reliability import SCORE, VERIFIED, smoothed
from tracker_core.decision.score_map import Constants
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.plot import Plot, draw
from tracker_core.evaluation.sequences import Sequence, SequenceError
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.images import FloatArray, Image
from tracker_core.tracker import Prediction, Target, Tracker
from tracker_core.trackers.verification import backward_agreement
from tracker_core.trackers.verifier import Verifier
from tracker_core.weights.catalog import DEFAULT_VERIFIER, CatalogError, load_tracker, load_verifier, model_named
from tracker_core.weights.files import WeightsError, read_weights

HEADING = "## What its score means"
FEWEST_FRAMES = 10  # of a run
FARTHEST = 2.0  # the largest distance of two embeddings of length 1
THRESHOLDS = tuple(np.arange(0.1, 0.65, 0.1).tolist())
PATIENCE = StopRules().patience


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    try:
        _measure(arguments)
    except (CatalogError, SequenceError, WeightsError, OneKindError) as error:
        raise SystemExit(f"{error}") from error


def _measure(arguments: argparse.Namespace) -> None:
    model = model_named(arguments.tracker)
    sequences = read_sequences(arguments.data)
    if arguments.table and arguments.table.is_file():
        seen = Seen.load(arguments.table)
    else:
        tracker = load_tracker(arguments.tracker)
        verifier = None if arguments.score_only else load_verifier(arguments.verifier)
        seen = Seen.together(
            [
                follow(tracker, verifier, sequence, video=video, starts=arguments.starts)
                for video, sequence in enumerate(sequences)
            ]
        )
        if arguments.table:
            seen.save(arguments.table)
    found = findings(seen)
    part = section(model.name, seen, found, starts=arguments.starts)
    print_videos(seen, sequences)
    print_stops(found.unseen, seen)
    print(f"\n{part}")
    if arguments.plot:
        arguments.plot.write_bytes(diagram(found.unseen, seen, title=f"{model.name}: each video judged by the others"))
    if arguments.write:
        parts = {SCORE: found.score.as_mapping(), VERIFIED: found.verified.as_mapping()}
        replace(read_weights(model.path), reliability=parts).save(model.path)
        card = model.path.with_suffix(".md")
        if card.is_file():
            card.write_text(with_section(card.read_text(), part))
        print(f"written to {model.path}")


class _Exemplar(NamedTuple):
    image: Image  # the whole frame
    box: Box
    embedding: FloatArray | None


def follow(tracker: Tracker, verifier: Verifier | None, sequence: Sequence, *, video: int, starts: int) -> Seen:
    """All runs through one video. No run starts in a frame without the target. Without a verifier, its distance and the
    backward agreement are 0.
    """
    begin = {round(len(sequence) * part / starts) for part in range(starts)}
    targets: list[tuple[int, Target, _Exemplar]] = []
    rows: list[tuple[float, ...]] = []
    for frame, image in enumerate(sequence.open_frames()):
        truth = sequence.true_box(frame)
        predictions = update_all([target for _, target, _ in targets], image)
        distances = _distances(verifier, image, predictions, [exemplar for _, _, exemplar in targets])
        for (start, _, exemplar), prediction, distance in zip(targets, predictions, distances, strict=True):
            iou = 0.0 if truth is None else prediction.box.iou(truth)
            assert prediction.signs is not None  # set by every tracker from a weights file
            backward = 0.0
            if verifier is not None:
                backward = backward_agreement(tracker, (exemplar.image, exemplar.box), image, prediction.box)
            rows.append((start, frame, *prediction.signs, iou, distance, backward))
        if frame in begin and frame < len(sequence) - FEWEST_FRAMES and truth is not None and _is_inside(truth, image):
            exemplar = _Exemplar(image, truth, None if verifier is None else verifier.embed(image, truth))
            targets.append((frame, tracker.init(image, truth), exemplar))
    print(f"  {sequence.name}", flush=True)
    table = np.array(sorted(rows), np.float64).reshape(-1, 8).T
    start, at = (column.astype(np.intp) for column in table[:2])
    return Seen(np.full(len(start), video, np.intp), start, at, *table[2:])


def _distances(
    verifier: Verifier | None,
    image: Image,
    predictions: ManySequences[Prediction],
    exemplars: ManySequences[_Exemplar],
) -> list[float]:
    """The verifier's distance from each exemplar to the content of its predicted box."""
    if verifier is None:
        return [0.0] * len(predictions)
    inside = [number for number, prediction in enumerate(predictions) if _is_inside(prediction.box, image)]
    embeddings = verifier.embed_many(image, [predictions[number].box for number in inside])
    distances = [FARTHEST] * len(predictions)
    for number, embedding in zip(inside, embeddings, strict=True):
        known = exemplars[number].embedding
        assert known is not None
        distances[number] = verifier.distance(known, embedding)
    return distances


def _is_inside(box: Box, image: Image) -> bool:
    height, width = image.shape[:2]
    return box.clipped(width=width, height=height).area > 0


def section(name: str, seen: Seen, found: Findings, *, starts: int) -> str:
    """The card's section, as Markdown. It names the command that gives the same figures again."""
    lost, count = int(seen.is_lost.sum()), len(list(runs(seen)))
    scores = of_score(found.score, seen)
    checked = [name for name in ("distance", "backward") if np.ptp(getattr(seen, name)) > 0]
    choices = [heard for heard in ALL_HEARD if set(heard) <= set(checked)]
    checks = {
        "distance": ("verifier's distance over eleven frames", -by_run(smoothed, seen.distance, seen)),
        "backward": ("backward agreement over eleven frames", by_run(smoothed, seen.backward, seen)),
    }
    lines = [
        HEADING,
        "",
        f"`python -m benchmarks.reliability {name} --data VALIDATION --starts {starts}"
        f"{'' if checked else ' --score-only'} --write`: "
        f"{count} runs on "
        f"{len(np.unique(seen.video))} videos, {len(seen)} frames, {lost} of",
        f"them lost (IoU under 0.3), {seen.is_right.sum()} right (IoU from 0.5). Area under ROC for lost ones:",
        "",
        "| by | all frames | videos alike | within videos |",
        "|---|---|---|---|",
    ]
    for told_by, values in (
        ("raw score", seen.raw_score),
        ("agreement", seen.agreement),
        ("score, fitted on all videos", scores),
        ("score, each video left out of the fit", found.unseen),
        *(checks[name] for name in checked),
        *((f"{_named(heard)} over eleven frames, left out", found.unseen_runs[heard]) for heard in choices),
    ):
        area = separation(values, seen)
        lines.append(f"| {told_by} | {area.pooled:.3f} | {area.equal:.3f} | {area.within:.3f} ({area.videos}) |")
    lines += ["", "As a probability that the box is right, each video left out of the fit and counting alike:", ""]
    lines += ["| | calibration error | Brier | share right where it says: to 0.2 | to 0.4 | to 0.6 | to 0.8 | to 1 |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    right, weights = seen.is_right, seen.weights
    for told_by, values in (
        ("score", found.unseen),
        *((f"{_named(heard)} over eleven frames", found.unseen_runs[heard]) for heard in choices),
    ):
        error = expected_calibration_error(values, right, weights=weights)
        rows = reliability(values, right, bins=5, weights=weights)
        shares = " | ".join(f"{row.observed:.2f} ({row.count})" if row.count else "" for row in rows)
        lines.append(f"| {told_by} | {error:.3f} | {brier_score(values, right, weights=weights):.3f} | {shares} |")
    of_frame, of_run = (_numbers(part) for part in (found.score, found.verified))
    lines += ["", f"Fitted on all: {of_frame};", f"for a finished run: {of_run}."]
    asked = f"Heard there: {_named(found.heard)}, by which videos left out are judged best (Brier)."
    lines.append(asked if checked else "Verifier and look back were not asked.")
    return "\n".join(lines) + "\n"


def _named(heard: Heard) -> str:
    return " + ".join(("score", *({"distance": "verifier", "backward": "look back"}[name] for name in heard)))


def _numbers(fitted: Constants) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in fitted.as_mapping().items())


def print_videos(seen: Seen, sequences: ManySequences[Sequence]) -> None:
    print(f"\n{len(seen)} frames, {seen.is_lost.sum()} of them lost (IoU under 0.3), {seen.is_right.sum()} right (0.5)")
    for video, sequence in enumerate(sequences):
        own = seen.part(seen.video == video)
        count = len(list(runs(own)))
        print(f"  {sequence.name:<24} {count:>3} runs {len(own):>6} frames {own.is_lost.sum():>5} lost", end="")
        print(f" {own.is_right.sum():>6} right")


def print_stops(scores: Floats, seen: Seen) -> None:
    """Print what happens if runs are given up after ten frames in a row below a score."""
    print(f"\nruns given up after {PATIENCE} frames in a row under a score")
    print("  score   wrongly (target not lost)   rightly   lost for ten frames and not given up")
    for threshold in THRESHOLDS:
        wrong, right, missed = stops(scores, seen, threshold=threshold, patience=PATIENCE)
        print(f"  {threshold:5.2f} {wrong:>27} {right:>9} {missed:>38}")


def diagram(probabilities: Floats, seen: Seen, *, title: str) -> bytes:
    """The reliability plot as a PNG; each video counts the same. Perfect scores lie on the diagonal."""
    rows = [row for row in reliability(probabilities, seen.is_right, weights=seen.weights) if row.count]
    promised, came = (np.array([getattr(row, name) for row in rows]) for name in ("predicted", "observed"))
    plot = Plot(promised, came, "score", "share of right boxes", x_end=1.0, diagonal=True)
    return draw(plot, title=title)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tracker", metavar="WEIGHTS|NAME")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--starts", type=int, default=8, help="runs a video")
    parser.add_argument("--verifier", default=DEFAULT_VERIFIER)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--score-only", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
