from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from tracker_core.trackers.nanotrack_network import NanoTrackConfig, NanoTrackNetwork
from tracker_core.trackers.siamrpnpp_network import NetworkConfig, SiamRPNPPNetwork
from tracker_core.training.losses.distillation import (
    CELL,
    AnswerDistillation,
    Distillation,
    FeatureDistillation,
    Lesson,
    Teacher,
    TeacherError,
)

SMALL = NetworkConfig(stem=2, middle=2, channels=4, blocks=1, head_channels=4, instance_size=223)


def ramp(cells: int, *, stride: int, first: float) -> Tensor:
    """(1, 2, cells, cells): each cell holds the column and the row of the pixel that it is centred on."""
    pixels = torch.arange(cells) * float(stride) + first
    return torch.stack([pixels.expand(cells, cells), pixels[:, None].expand(cells, cells)])[None]


def passing_on(adapter: torch.nn.Conv2d, weight: Tensor) -> None:
    with torch.no_grad():
        adapter.weight.copy_(weight[:, :, None, None])
        adapter.bias.zero_()  # type: ignore[union-attr]


def test_student_and_teacher_are_compared_at_the_same_pixels() -> None:
    """Both tell the pixel they look at; the adapter passes it on, so that only the place can differ."""
    distillation = FeatureDistillation(2, 2, first=7)
    passing_on(distillation.adapter, torch.eye(2))
    distillation.norm = torch.nn.Identity()  # type: ignore[assignment]
    student, teacher = ramp(31, stride=8, first=7), ramp(16, stride=16, first=0)
    with torch.no_grad():
        assert float(distillation(student, teacher)) == pytest.approx(0, abs=1e-4)
        assert float(distillation(student.flip(1), teacher)) > 1
        assert float(distillation(student, teacher + 3)) == pytest.approx(2.5, rel=1e-3)


@pytest.mark.parametrize(("search_size", "cells", "ours"), [(223, 13, 21), (255, 15, 25), (287, 17, 29)])
def test_boxes_are_compared_at_the_same_pixels(search_size: int, cells: int, ours: int) -> None:
    """The teacher says how far its cell is from the left and top border, our map where its cells lie."""
    distillation = AnswerDistillation(2, 2)
    middle = (search_size - 1) / 2
    student = ramp(ours, stride=8, first=middle - 8 * (ours - 1) / 2)
    wanted = ramp(cells, stride=16, first=15)
    lesson = Lesson(
        torch.zeros(1), torch.ones(1, cells, cells), torch.exp(wanted.repeat(1, 2, 1, 1) / 1000) * CELL, 15.0
    )
    passing_on(distillation.cls_adapter, torch.zeros(1, 2))
    passing_on(distillation.loc_adapter, torch.eye(2).repeat(2, 1) / 1000)
    with torch.no_grad():
        agreed = distillation(torch.full((1, 2, ours, ours), 0.0), student, lesson, search_size=search_size)
        moved = distillation(torch.full((1, 2, ours, ours), 0.0), student + 500, lesson, search_size=search_size)
    assert float(agreed) == pytest.approx(0.5 * torch.log(torch.tensor(2.0)).item(), abs=1e-4)  # the class, undecided
    assert float(moved) > float(agreed) + 0.1


def test_a_class_map_is_learnt_where_the_target_is_rare_too() -> None:
    torch.manual_seed(0)
    target = torch.zeros(2, 13, 13)
    target[:, 6, 6] = 1
    student = torch.zeros(2, 3, 21, 21)
    student[:, 0, 10, 10] = 1  # cell 10 of stride 8 and cell 6 of stride 16 both lie in the middle
    lesson = Lesson(torch.zeros(1), target, torch.full((2, 4, 13, 13), CELL), 15.0)
    distillation = AnswerDistillation(3, 3)
    for _ in range(300):
        loss = distillation(student, student, lesson, search_size=223)
        gradients = torch.autograd.grad(loss, list(distillation.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(distillation.parameters(), gradients, strict=True):
                parameter.sub_(0.5 * gradient)
    said = distillation.cls_adapter(student)[0, 0].sigmoid().detach()
    assert float(said[10, 10]) > 0.8
    assert float(said[0, 0]) < 0.2


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


def test_the_whole_student_learns_and_the_teacher_stays() -> None:
    torch.manual_seed(0)
    network = SiamRPNPPNetwork(SMALL).train()
    teacher = Teacher(NanoTrackNetwork(NanoTrackConfig(version=3)), torch.device("cpu"))
    distillation = Distillation(network, teacher)
    exemplar, search = torch.rand(2, 3, 127, 127) * 255, torch.rand(2, 3, 223, 223) * 255
    lesson = teacher.look(exemplar, search)
    assert lesson.target.shape == (2, 13, 13)
    assert not lesson.features.requires_grad
    features = network.backbone(search)
    network.respond(network.template(exemplar), features)
    distillation(features, lesson, search_size=223).backward()
    for name, parameter in network.named_parameters():
        if parameter.dim() > 1 and not name.endswith("head.3.weight"):  # the last layers answer for themselves
            assert parameter.grad is not None, name
            assert bool(parameter.grad.any()), name


def test_a_teacher_that_is_not_there_is_told_to_the_person(tmp_path: Path) -> None:
    with pytest.raises(TeacherError, match=r"teacher\.pth"):
        Teacher.read(tmp_path / "teacher.pth", torch.device("cpu"))


def test_a_file_that_is_no_network_is_named(tmp_path: Path) -> None:
    path = tmp_path / "teacher.pth"
    path.write_bytes(b"not a network")
    with pytest.raises(TeacherError, match=r"teacher\.pth is no NanoTrack version 3"):
        Teacher.read(path, torch.device("cpu"))
