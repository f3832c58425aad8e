"""Distillation: our network learns to answer like a teacher that was trained on millions of pairs (Hinton, Vinyals and
Dean, "Distilling the Knowledge in a Neural Network", 2015; features as in Romero et al., "FitNets", ICLR 2015).

The teacher is a NanoTrack network. Its answers need no labels, and they say more about a picture than one box does:

- our backbone learns to predict its features, about a hundred numbers a cell;
- our heads learn to predict its class map and its boxes, at the same places.

Both predictions go through 1 x 1 convolutions, the adapters. They are thrown away after training, so our file contains
nothing of the teacher.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tracker_core.runtime.fused import fold_batch_norm
from tracker_core.trackers.nanotrack_network import STRIDE, NanoTrackConfig, NanoTrackNetwork
from tracker_core.trackers.siamrpnpp_network import DepthwiseHead
from tracker_core.weights.checkpoint import CheckpointError, open_checkpoint

STEM = "backbone.features.0.0.weight"

CELL = 64.0
"""The box adapter measures distances in units of this many pixels, about half a target's side in a search region."""
SURE = 0.3
"""The teacher's boxes are learnt only where its class probability is above this."""


class TeacherError(RuntimeError):
    """The teacher cannot be used; the text says why."""


class Lesson(NamedTuple):
    """The teacher's answers for N pairs."""

    features: Tensor  # (N, C, h, w): cell i is centred on pixel 16 i
    target: Tensor  # (N, t, t): probability that the target is at the cell; cell i lies on pixel 16 i + first
    distances: Tensor  # (N, 4, t, t): from the cell to the left, top, right and bottom side of the box, in pixels
    first: float


class Teacher:
    """A frozen NanoTrack network."""

    def __init__(self, network: NanoTrackNetwork, device: torch.device) -> None:
        self._network = network.eval().requires_grad_(False).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._first = 15.0 if network.config.version == 3 else -1.0
        fold_batch_norm(self._network)

    @classmethod
    def read(cls, path: Path, device: torch.device) -> Teacher:
        """Read a published ``.pth`` file of NanoTrack version 3.

        Raises:
            TeacherError: if it cannot be read or holds another network.
        """
        network = NanoTrackNetwork(NanoTrackConfig(version=3))
        try:
            tensors = open_checkpoint(path).tensors()
            own = network.state_dict()
            given = {name: tensor for name, tensor in tensors.items() if name in own}
            given[STEM] = given[STEM].flip(1)  # the published weights expect BGR
            network.load_state_dict(given)
        except (CheckpointError, OSError, KeyError, RuntimeError) as error:
            raise TeacherError(f"the teacher {path} is no NanoTrack version 3: {error}") from error
        return cls(network, device)

    @property
    def channels(self) -> int:
        """Number of channels of its features."""
        return int(self._network.backbone.channels)

    @torch.no_grad()
    def look(self, exemplar: Tensor, search: Tensor) -> Lesson:
        """(N, 3, 127, 127) and (N, 3, S, S) RGB in 0..255."""
        features = self._network.backbone(search)
        logits, distances = self._network.ban_head(self._network.template(exemplar), features)
        return Lesson(features, torch.softmax(logits, dim=1)[:, 1], distances.exp(), self._first)


class FeatureDistillation(nn.Module):
    """Smooth L1 loss between our adapted features and the teacher's (normalised per channel) at the same pixels.

    Student cell i is centred on pixel ``8 i + first``; teacher cell j on pixel ``16 j``.
    """

    def __init__(self, student_channels: int, teacher_channels: int, *, first: float, stride: int = 8) -> None:
        super().__init__()
        self.adapter = nn.Conv2d(student_channels, teacher_channels, 1)
        self.norm = nn.BatchNorm2d(teacher_channels, affine=False)
        self._first, self._stride = first, stride

    def forward(self, student: Tensor, teacher: Tensor) -> Tensor:
        sampled, seen = _at_teacher_cells(
            student, cells=teacher.shape[-1], teacher_first=0.0, first=self._first, stride=self._stride
        )
        return F.smooth_l1_loss(self.adapter(sampled), self.norm(teacher)[:, :, seen, seen])


class AnswerDistillation(nn.Module):
    """Loss between the adapted last hidden maps of our heads and the teacher's class map and boxes.

    Classes are compared by cross-entropy. Target and background each make half of the loss, because most of a map is
    background. Boxes are compared by the logarithms of their distances, where the teacher is sure.
    """

    def __init__(self, cls_channels: int, loc_channels: int, *, stride: int = 8) -> None:
        super().__init__()
        self.cls_adapter = nn.Conv2d(cls_channels, 1, 1)
        self.loc_adapter = nn.Conv2d(loc_channels, 4, 1)
        self._stride = stride

    def forward(self, cls: Tensor, loc: Tensor, lesson: Lesson, *, search_size: int) -> Tensor:
        """``cls`` and ``loc`` are (N, C, S, S) maps, with the middle cell in the middle of the search region."""
        first = (search_size - 1) / 2 - self._stride * (cls.shape[-1] - 1) / 2
        at_teacher_cells = partial(
            _at_teacher_cells, cells=lesson.target.shape[-1], teacher_first=lesson.first, first=first,
            stride=self._stride,
        )  # fmt: skip
        sampled, seen = at_teacher_cells(cls)
        said = self.cls_adapter(sampled)[:, 0]
        wanted = lesson.target[:, seen, seen]
        on_target = -F.logsigmoid(said) * wanted
        off_target = -F.logsigmoid(-said) * (1 - wanted)
        cls_loss = 0.5 * (
            on_target.sum() / wanted.sum().clamp(min=1) + off_target.sum() / (1 - wanted).sum().clamp(min=1)
        )
        difference = self.loc_adapter(at_teacher_cells(loc)[0]) - torch.log(
            lesson.distances[:, :, seen, seen] / CELL
        ).clamp(-3, 3)
        weight = wanted * (wanted > SURE)
        box_loss = (F.smooth_l1_loss(difference, torch.zeros_like(difference), reduction="none").sum(1) * weight).sum()
        return cls_loss + box_loss / weight.sum().clamp(min=1)


class Distillation(nn.Module):
    """What our network learns from the teacher: its features, and its answers too if our network has one pair of
    depthwise heads.
    """

    def __init__(self, network: Any, teacher: Teacher) -> None:  # noqa: ANN401  (any family's)
        super().__init__()
        backbone = network.backbone
        self.features = FeatureDistillation(backbone.channels, teacher.channels, first=backbone.first_cell)
        self.answers: AnswerDistillation | None = None
        self._heard: dict[str, Tensor] = {}
        cls, loc = getattr(network, "cls", None), getattr(network, "loc", None)
        if isinstance(cls, DepthwiseHead) and isinstance(loc, DepthwiseHead):
            self.answers = AnswerDistillation(cls.hidden, loc.hidden)
            for name, head in {"cls": cls, "loc": loc}.items():
                head.head[-1].register_forward_pre_hook(partial(self._hear, name))

    def _hear(self, name: str, layer: nn.Module, given: tuple[Tensor]) -> None:
        if layer.training:
            self._heard[name] = given[0]

    def forward(self, features: Tensor, lesson: Lesson, *, search_size: int) -> Tensor:
        """The loss, (), of the batch that the network has just answered."""
        loss: Tensor = self.features(features, lesson.features)
        if self.answers is not None:
            cls, loc = self._heard.pop("cls").float(), self._heard.pop("loc").float()
            loss = loss + self.answers(cls, loc, lesson, search_size=search_size)
        return loss


def _at_teacher_cells(
    student: Tensor, *, cells: int, teacher_first: float, first: float, stride: int
) -> tuple[Tensor, slice]:
    """Our map (N, C, s, s), cell i on pixel ``stride i + first``, sampled at the teacher's cells that lie within it;
    and which of the teacher's rows and columns those are.
    """
    side = student.shape[-1]
    pixels = torch.arange(cells, device=student.device) * STRIDE + teacher_first
    position = (pixels - first) / stride
    within = ((position >= 0) & (position <= side - 1)).nonzero()[:, 0]
    seen = slice(int(within[0]), int(within[-1]) + 1)
    grid = position[seen] / (side - 1) * 2 - 1
    rows, columns = torch.meshgrid(grid, grid, indexing="ij")
    places = torch.stack([columns, rows], dim=-1).expand(len(student), -1, -1, 2)
    return F.grid_sample(student.float(), places, align_corners=True), seen
