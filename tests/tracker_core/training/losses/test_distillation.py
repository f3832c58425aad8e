from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from torch import Tensor

from tracker_core.training.losses.distillation import FeatureDistillation, Teacher, TeacherError


def ramp(cells: int, *, stride: int, first: int) -> Tensor:
    """(1, 2, cells, cells): each cell holds the column and the row of the pixel that it is centred on."""
    pixels = torch.arange(cells) * float(stride) + first
    return torch.stack([pixels.expand(cells, cells), pixels[:, None].expand(cells, cells)])[None]


def test_student_and_teacher_are_compared_at_the_same_pixels() -> None:
    """Both tell the pixel they look at; the adapter passes it on, so that only the place can differ."""
    distillation = FeatureDistillation(2, 2, first=7)
    with torch.no_grad():
        distillation.adapter.weight.copy_(torch.eye(2)[:, :, None, None])
        distillation.adapter.bias.zero_()  # type: ignore[union-attr]
    distillation.norm = torch.nn.Identity()  # type: ignore[assignment]
    student, teacher = ramp(31, stride=8, first=7), ramp(16, stride=16, first=0)
    with torch.no_grad():
        assert float(distillation(student, teacher)) == pytest.approx(0, abs=1e-4)
        assert float(distillation(student.flip(1), teacher)) > 1
        assert float(distillation(student, teacher + 3)) == pytest.approx(2.5, rel=1e-3)


def test_what_the_teacher_sees_can_be_learnt() -> None:
    torch.manual_seed(0)
    student = torch.randn(4, 6, 31, 31).cumsum(2).cumsum(3) / 20  # smooth, as feature maps are
    teacher = torch.einsum("oc,nchw->nohw", torch.randn(3, 6), student[:, :, ::2, ::2])
    distillation = FeatureDistillation(6, 3, first=7)
    losses = []
    for _ in range(80):
        loss = distillation(student, teacher)
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, list(distillation.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(distillation.parameters(), gradients, strict=True):
                parameter.sub_(0.3 * gradient)
    assert losses[-1] < 0.5 * losses[0]


def test_the_students_features_are_what_learns_and_the_teachers_stay() -> None:
    student = torch.randn(2, 6, 31, 31, requires_grad=True)
    distillation = FeatureDistillation(6, 3, first=7)
    distillation(student, torch.randn(2, 3, 16, 16)).backward()
    assert student.grad is not None
    assert bool(student.grad.any())


def test_a_missing_package_or_file_is_told_to_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(TeacherError, match="needs the package onnxruntime; install it or leave `teacher` out"):
        Teacher(tmp_path / "teacher.onnx")


def test_a_file_that_is_no_network_is_named(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the teacher's package is only needed in training")
    path = tmp_path / "teacher.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(TeacherError, match=r"teacher\.onnx could not be loaded"):
        Teacher(path)
