"""NanoTrack as its users run it: the two published ONNX files in ONNX Runtime. Crop and decision are ours and do what
the published program does (tests/tracker_core/trackers/test_nanotrack.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.onnx_bytes import for_any_size
from tracker_core.decision.point_boxes import NanoTrackConstants, points
from tracker_core.decision.score_map import Response, Winner
from tracker_core.images import FloatArray, Image
from tracker_core.tracker import Place
from tracker_core.trackers.nanotrack import NanoTrack
from tracker_core.trackers.nanotrack_network import STRIDE

CONSTANTS = NanoTrackConstants(penalty_k=0.138, window_influence=0.455, size_lr=0.348)  # as published for v3
PARTS = "backbone", "head"


class PeerError(Exception):
    """NanoTrack cannot be run; the text says what is missing."""


class _OnnxEngine:
    """Runs both graphs on as many cores as torch uses. They take one BGR picture at a time."""

    instance_size = 255
    window = 127.0

    def __init__(self, folder: Path, threads: int) -> None:
        self._backbone, self._head = (_session(folder, part, threads) for part in PARTS)

    @property
    def place(self) -> Place:
        return Place("cpu", "float32")

    def template(self, exemplar: Image) -> FloatArray:
        return self._features(exemplar)

    def respond(self, kernels: Sequence[FloatArray], regions: Sequence[Image]) -> list[Response | Winner]:
        return [self._response(*each) for each in zip(kernels, regions, strict=True)]

    def _response(self, kernel: FloatArray, region: Image) -> Response:
        (logits,), (distances,) = self._head.run(None, {"input1": kernel, "input2": self._features(region)})
        scores = 1 / (1 + np.exp(logits[0] - logits[1]))
        left, top, right, bottom = distances
        offsets = points(scores.shape[-1], STRIDE)
        cx, cy = offsets[None, :] + (right - left) / 2, offsets[:, None] + (bottom - top) / 2
        return Response(scores[None], np.stack([cx, cy, left + right, top + bottom])[:, None], stride=STRIDE)

    def _features(self, picture: Image) -> FloatArray:
        planes = np.ascontiguousarray(picture[:, :, ::-1].transpose(2, 0, 1)[None], np.float32)
        return np.asarray(self._backbone.run(None, {"input": planes})[0], np.float32)


def nanotrack_onnx(folder: Path, *, threads: int) -> NanoTrack:
    """The tracker of a folder with the two files.

    Raises:
        PeerError: if a file or ONNX Runtime is missing, or a file cannot be used.
    """
    engine: Any = _OnnxEngine(folder, threads)
    return NanoTrack("NanoTrack, ONNX", engine, CONSTANTS)


def _session(folder: Path, part: str, threads: int) -> Any:  # noqa: ANN401  (the package is untyped)
    try:
        import onnxruntime
    except ImportError as error:
        raise PeerError("ONNX Runtime is not installed; install it with: pip install onnxruntime") from error
    files = sorted(folder.glob(f"*{part}*.onnx"))
    if len(files) != 1:
        raise PeerError(f"{folder} must hold one file *{part}*.onnx of NanoTrack; it holds {len(files)}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only: it warns about unused weights
    try:
        content = for_any_size(files[0].read_bytes())
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the package's errors have no common base class
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise PeerError(f"{files[0]} cannot be used ({said[0][:200]})") from error
