"""NanoTrack under ONNX Runtime, as `bench speed --nanotrack` runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.nanotrack_onnx import PeerError, nanotrack_onnx
from tests.support.moving_square import moving_square


@pytest.mark.shared_data
def test_it_follows_the_square(shared_data: Path) -> None:
    pytest.importorskip("onnxruntime")
    images, truth = moving_square(20)
    target = nanotrack_onnx(shared_data.parent / "peers" / "nanotrackv3", threads=1).init(images[0], truth[0])
    overlaps = [target.update(image).box.iou(box) for image, box in zip(images[1:], truth[1:], strict=True)]
    assert sum(overlaps) / len(overlaps) > 0.5


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(PeerError, match=r"must hold one file \*backbone\*.onnx of NanoTrack; it holds 0"):
        nanotrack_onnx(tmp_path, threads=1)
    (tmp_path / "a_backbone.onnx").write_bytes(b"no graph")
    with pytest.raises(PeerError, match=r"a_backbone.onnx cannot be used \(.+\)"):
        nanotrack_onnx(tmp_path, threads=1)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(PeerError, match="pip install onnxruntime"):
        nanotrack_onnx(tmp_path, threads=1)
