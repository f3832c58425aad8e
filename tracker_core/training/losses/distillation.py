"""Feature distillation: our search features, through a 1 x 1 adapter, shall predict a teacher's map of the same
picture.

A classification of a few hundred thousand pairs says little about each; a teacher's feature map says a hundred numbers
about every cell. The teacher is an ONNX backbone of stride 16 that takes RGB in 0..255 (the NanoTrack models are such);
it is only needed in training (package ``onnxruntime``), and nothing of it is in the student's file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

TEACHER_STRIDE = 16


class TeacherError(RuntimeError):
    """A teacher that cannot be used; its text says why."""


class Teacher:
    """An ONNX feature extractor: (N, 3, 255, 255) -> (N, C, 16, 16).

    Raises:
        TeacherError: if onnxruntime is not installed or the file cannot be loaded.
    """

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        try:
            import onnxruntime  # type: ignore[import-untyped, import-not-found, unused-ignore]
        except ImportError as error:
            raise TeacherError(
                "distillation needs the package onnxruntime; install it or leave `teacher` out"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises its own kinds, all of them about the file
            raise TeacherError(f"the teacher {path} could not be loaded: {error}") from error
        self._input = self._session.get_inputs()[0].name

    def features(self, images: NDArray[np.uint8]) -> Tensor:
        """(N, 255, 255, 3) RGB -> (N, C, 16, 16). One picture a call: published files have a fixed batch of one."""
        batch = images.transpose(0, 3, 1, 2).astype(np.float32)
        maps = [self._session.run(None, {self._input: batch[i : i + 1]})[0] for i in range(len(batch))]
        return torch.from_numpy(np.concatenate(maps))


class FeatureDistillation(nn.Module):
    """Smooth L1 between adapted student features and the teacher's, normalised per channel, at the same picture
    positions.

    Student cell i is centred on pixel ``8 i + first``; teacher cell j on pixel ``16 j``.
    """

    def __init__(self, student_channels: int, teacher_channels: int, *, first: float, stride: int = 8) -> None:
        super().__init__()
        self.adapter = nn.Conv2d(student_channels, teacher_channels, 1)
        self.norm = nn.BatchNorm2d(teacher_channels, affine=False)
        self._first, self._stride = first, stride

    def forward(self, student: Tensor, teacher: Tensor) -> Tensor:
        cells = student.shape[-1]
        pixels = torch.arange(teacher.shape[-1], device=student.device) * TEACHER_STRIDE
        position = (pixels - self._first) / self._stride
        position = position[(position >= 0) & (position <= cells - 1)]
        skipped = int((pixels < self._first).sum())
        wanted = self.norm(teacher)[:, :, skipped : skipped + len(position), skipped : skipped + len(position)]
        grid = position / (cells - 1) * 2 - 1
        rows, columns = torch.meshgrid(grid, grid, indexing="ij")
        grid = torch.stack([columns, rows], dim=-1).expand(len(student), -1, -1, 2)
        sampled = F.grid_sample(student.float(), grid, align_corners=True)
        return F.smooth_l1_loss(self.adapter(sampled), wanted)
