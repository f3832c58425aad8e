"""Make the golden numbers beside this file with the packages of the field. Run by hand, never by the tests.

    python make_golden.py PYSOT

In an environment with ``got10k`` 0.1.3, ``vot-toolkit`` 0.9.0 and ``attributee`` 0.1.9; PYSOT is a checkout of
STVIR/pysot with its module ``toolkit.utils.region`` built. (For the numbers here ``compute_polygon_overlap`` and
``rasterize_polygon`` of its ``region.c`` were compiled and called by ctypes in place of Cython, and of its Python only
``statistics.py`` and ``_calculate_eao`` were used.) The inputs are random, with a fixed seed, and are written beside
the answers.

Predictions are handed to pysot as polygons, made as ``region.c`` makes them of rectangles: its Python wrapper, which
leaves out the ``- 1`` of that for predictions but not for truth, has no part in these numbers.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
WIDTH, HEIGHT = 160, 120
INTERVAL = (46, 291)  # VOT2019

Floats = NDArray[np.float64]
Row = list[float]


def main() -> None:
    sys.path.insert(0, sys.argv[1])
    rng = np.random.default_rng(20151219)
    _write("region_overlap", region_overlaps(rng))
    _write("supervised", supervised(rng))
    _write("long_term", long_term(rng))
    _write("one_pass", one_pass(rng))


def region_overlaps(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Random quadrangles, turned rectangles among them, partly outside the picture; bounded or not."""
    region = importlib.import_module("toolkit.utils.region")
    cases = []
    for number in range(80):
        centre = rng.uniform([-10, -10], [WIDTH + 10, HEIGHT + 10])
        one = _turned(rng, centre) if number % 4 else (rng.uniform(-40, 40, (4, 2)) + centre)
        other = _turned(rng, centre + rng.uniform(-15, 15, 2), upright=bool(number % 2))
        if number % 5 == 0:
            one, other = np.round(one * 2) / 2, np.round(other * 2) / 2  # halves show the rounding
        pair = [[round(float(value), 3) for value in polygon.ravel()] for polygon in (one, other)]
        bounds = (WIDTH, HEIGHT) if number % 3 else None
        cases.append({"one": pair[0], "other": pair[1], "bounds": bounds, "overlap": region.vot_overlap(*pair, bounds)})
    return cases


def supervised(rng: np.random.Generator) -> dict[str, Any]:
    """Supervised runs over five sequences: one without failures, one failing near its end, one failing often."""
    statistics = importlib.import_module("toolkit.utils.statistics")
    benchmark = importlib.import_module("toolkit.evaluation.eao_benchmark").EAOBenchmark
    analysis = importlib.import_module("vot.analysis.supervised")
    videos = []
    for name, length, failures in (
        ("calm", 60, []),
        ("late", 80, [30, 77]),
        ("last", 75, [70]),
        ("often", 120, [11, 40, 46, 90]),
        ("long", 330, [200]),
    ):
        truth = [_turned(rng, centre).round(3) for centre in _walk(rng, length)]
        boxes = [_box_round(polygon + rng.normal(0, 3, 2)) for polygon in truth]
        videos.append((name, truth, boxes, _codes(length, failures)))
    data = [
        SimpleNamespace(
            name=name,
            gt_traj=[polygon.ravel().tolist() for polygon in truth],
            pred_trajs={
                "it": [[_corners(box) if code == 3 else [code] for box, code in zip(boxes, codes, strict=True)]]
            },
            width=WIDTH,
            height=HEIGHT,
            select_tag=partial(_all_tagged, len(truth)),
        )
        for name, truth, boxes, codes in videos
    ]
    dataset = _Dataset("VOT2019", data)
    eao = benchmark(dataset)._calculate_eao("it", ["all"])["all"]
    overlaps, lost = [], 0
    vot_overlaps: list[Row] = []
    successes = []
    for video, (_, _, _, codes) in zip(data, videos, strict=True):
        (run,) = video.pred_trajs["it"]
        overlaps += statistics.calculate_accuracy(run, video.gt_traj, burnin=10, bound=(WIDTH, HEIGHT))[1]
        lost += statistics.calculate_failures(run)[0]
        tight = statistics.calculate_accuracy(run, video.gt_traj, bound=(WIDTH - 1, HEIGHT - 1))[1]
        starts = [frame for frame, code in enumerate(codes) if code == 1]
        ends = [frame for frame, code in enumerate(codes) if code == 2]
        for index, start in enumerate(starts):
            end = ends[index] if index < len(ends) else None
            vot_overlaps.append(np.nan_to_num(tight[start:end]).tolist())
            successes.append(end is None)
    curve = analysis.compute_eao_curve(vot_overlaps, [1.0] * len(vot_overlaps), successes)
    return {
        "size": [WIDTH, HEIGHT],
        "benchmark": "vot2019",
        "videos": [
            {
                "name": name,
                "truth": [polygon.ravel().tolist() for polygon in truth],
                "boxes": boxes,
                "codes": codes,
            }
            for name, truth, boxes, codes in videos
        ],
        "pysot": {
            "eao": float(eao),
            "accuracy": float(np.nanmean(overlaps)),
            "robustness": lost / len(overlaps) * 100,
        },
        "vot_toolkit": {"eao": float(np.mean(curve[INTERVAL[0] : INTERVAL[1] + 1]))},
    }


def long_term(rng: np.random.Generator) -> dict[str, Any]:
    """Two sequences of overlaps and scores, with absent truth; the first frame has neither."""
    statistics = importlib.import_module("toolkit.utils.statistics")
    videos = []
    for length in (150, 240):
        overlaps = np.clip(rng.normal(0.6, 0.3, length), 0, 1).round(4)
        scores = np.clip(overlaps + rng.normal(0, 0.2, length), 0.01, 1).round(4)
        absent = np.zeros(length, dtype=bool)
        absent[length // 3 : length // 2] = True
        overlaps[absent] = np.nan
        overlaps[0] = scores[0] = np.nan
        videos.append((overlaps, scores, int((~absent).sum())))
    limits = statistics.determine_thresholds(np.concatenate([scores for _, scores, _ in videos]))[::-1]
    figures = [statistics.calculate_f1(o, s, None, limits, present) for o, s, present in videos]
    precision = np.mean([each[1] for each in figures], axis=0)
    recall = np.mean([each[2] for each in figures], axis=0)
    f_score = 2 * precision * recall / (precision + recall)
    return {
        "videos": [
            {"overlaps": _nulls(overlaps), "scores": _nulls(scores), "present": present}
            for overlaps, scores, present in videos
        ],
        "thresholds": limits[1:-1].tolist(),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "best": {"f_score": float(f_score.max()), "place": int(f_score.argmax())},
    }


def one_pass(rng: np.random.Generator) -> dict[str, Any]:
    """Two sequences as GOT-10k and as OTB see them, boxes reaching over the border; and as pysot sees LaSOT."""
    experiments = importlib.import_module("got10k.experiments")
    statistics = importlib.import_module("toolkit.utils.statistics")
    videos = []
    for name, length in (("one", 40), ("two", 25)):
        truth = np.concatenate([_walk(rng, length) - 15, rng.uniform(15, 50, (length, 2))], axis=1).round(3)
        boxes = (truth + rng.normal(0, 6, truth.shape)).round(3)
        boxes[0] = truth[0]
        cover = rng.integers(0, 9, length)
        cover[0] = 8
        seconds = rng.uniform(0.01, 0.1, length).round(5)
        videos.append((name, truth, boxes, cover, seconds))
    got10k = _got10k_report(experiments, videos)
    otb, lasot = [], []
    helper = experiments.ExperimentOTB.__new__(experiments.ExperimentOTB)
    helper.nbins_iou, helper.nbins_ce = 21, 51
    metrics = importlib.import_module("got10k.utils.metrics")
    for _, truth, boxes, cover, _ in videos:
        errors = metrics.center_error(boxes, truth)
        success, precision = helper._calc_curves(metrics.rect_iou(boxes.copy(), truth.copy()), errors)
        otb.append({"success": success.tolist(), "precision": precision.tolist()})
        seen = cover > 0
        centres = [
            each[:, :2] + (each[:, 2:] - 1) / 2
            for each in (truth[seen] + [200, 200, 0, 0], boxes[seen] + [200, 200, 0, 0])
        ]
        sizes = truth[seen][:, 2:]
        lasot.append(
            {
                "auc": float(statistics.success_overlap(truth[seen], boxes[seen], len(truth)).mean()),
                "precision_20": float(statistics.success_error(*centres, np.arange(0, 51), len(truth))[20]),
                "norm_precision_20": float(
                    statistics.success_error(*(each / sizes for each in centres), np.arange(0, 51) / 100, len(truth))[
                        20
                    ]
                ),
            }
        )
    return {
        "size": [WIDTH, HEIGHT],
        "videos": [
            {
                "name": name,
                "truth": truth.tolist(),
                "boxes": boxes.tolist(),
                "cover": cover.tolist(),
                "seconds": seconds.tolist(),
            }
            for name, truth, boxes, cover, seconds in videos
        ],
        "got10k": got10k,
        "otb": otb,
        "lasot_pysot": lasot,
    }


def _got10k_report(experiments: Any, videos: list[Any]) -> dict[str, Any]:
    """What the toolkit makes of a data set and of results on disk."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        names = []
        for name, truth, boxes, cover, seconds in videos:
            names.append(name)
            folder = root / "val" / name
            folder.mkdir(parents=True)
            for frame in range(len(truth)):
                (folder / f"{frame + 1:08d}.jpg").touch()
            np.savetxt(folder / "groundtruth.txt", truth, fmt="%.3f", delimiter=",")
            (folder / "meta_info.ini").write_text(f"[METAINFO]\nresolution: ({WIDTH}, {HEIGHT})\n")
            for label, values in (("cover", cover), ("absence", cover == 0), ("cut_by_image", cover * 0)):
                np.savetxt(folder / f"{label}.label", values, fmt="%d")
            raw = root / "results" / "GOT-10k" / "it" / name
            raw.mkdir(parents=True)
            np.savetxt(raw / f"{name}_001.txt", boxes, fmt="%.3f", delimiter=",")
            np.savetxt(raw / f"{name}_time.txt", seconds, fmt="%.8f")
        (root / "val" / "list.txt").write_text("\n".join(names))
        experiment = experiments.ExperimentGOT10k(str(root), "val", str(root / "results"), str(root / "reports"))
        return dict(experiment.report(["it"])["it"]["overall"])


class _Dataset:
    """What pysot asks of a data set."""

    def __init__(self, name: str, videos: list[Any]) -> None:
        self.name = name
        self.videos = {video.name: video for video in videos}

    def __iter__(self) -> Any:
        return iter(self.videos.values())

    def __getitem__(self, name: str) -> Any:
        return self.videos[name]


def _all_tagged(length: int, tag: str, start: int, end: int) -> list[int]:
    return [1] * len(range(length)[start:end])


def _turned(rng: np.random.Generator, centre: Floats, *, upright: bool = False) -> Floats:
    """A turned rectangle."""
    angle = 0.0 if upright else rng.uniform(0, 2 * math.pi)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    half = rng.uniform(4, 30, 2)
    return np.asarray(np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half @ turn.T + centre)


def _walk(rng: np.random.Generator, length: int) -> Floats:
    return np.asarray(np.array([WIDTH / 2, HEIGHT / 2]) + np.cumsum(rng.normal(0, 1.5, (length, 2)), axis=0))


def _box_round(polygon: Floats) -> Row:
    corner = polygon.min(axis=0)
    return [round(float(value), 4) for value in (*corner, *(polygon.max(axis=0) - corner + 1))]


def _corners(box: Row) -> Row:
    x, y, width, height = box
    return [x, y, x + width - 1, y, x + width - 1, y + height - 1, x, y + height - 1]


def _codes(length: int, failures: list[int]) -> list[int]:
    """1 started, 2 failed, 0 skipped, 3 tracked."""
    codes = [1] + [3] * (length - 1)
    for failure in failures:
        following = [2, 0, 0, 0, 0, 1][: length - failure]
        codes[failure : failure + len(following)] = following
    return codes


def _nulls(values: Floats) -> list[float | None]:
    return [None if math.isnan(value) else float(value) for value in values]


def _write(name: str, content: object) -> None:
    (HERE / f"{name}.json").write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
