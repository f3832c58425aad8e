"""SiamRPN a second time, in float64: from a flat state_dict under the published names, and the published loop.

Nothing here knows the classes that it judges. Layers are written in the published order, batch norm is its formula, a
correlation is a loop over the places of the kernel, and the step visits every anchor by itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

State = Mapping[str, Tensor]
Numbers = NDArray[np.float64]

RATIOS = (0.33, 0.5, 1.0, 2.0, 3.0)
SMALLEST = 4.0
LAYERS = ("conv2 bn pool relu", "conv bn pool relu", "conv bn relu", "conv bn relu", "conv bn")


def features(state: State, x: Tensor) -> Tensor:
    """``featureExtract``: one sequence; what has weights is found by its place in it."""
    for place, step in enumerate(" ".join(LAYERS).split()):
        name = f"featureExtract.{place}"
        if step.startswith("conv"):
            x = F.conv2d(x, state[f"{name}.weight"], state[f"{name}.bias"], stride=2 if step == "conv2" else 1)
        elif step == "bn":
            mean, variance, weight, bias = (
                state[f"{name}.{part}"][:, None, None] for part in ("running_mean", "running_var", "weight", "bias")
            )
            x = (x - mean) / torch.sqrt(variance + 1e-5) * weight + bias
        elif step == "pool":
            x = F.max_pool2d(x, 3, 2)
        else:
            x = x.clamp(min=0)
    return x


def correlate(x: Tensor, kernel: Tensor) -> Tensor:
    """(C, H, W) with (O, C, h, w), place by place of the kernel -> (O, H - h + 1, W - w + 1)."""
    size = x.shape[-1] - kernel.shape[-1] + 1
    total = torch.zeros(kernel.shape[0], size, size, dtype=x.dtype)
    for row in range(kernel.shape[2]):
        for column in range(kernel.shape[3]):
            patch = x[:, row : row + size, column : column + size]
            total += torch.einsum("oc,chw->ohw", kernel[:, :, row, column], patch)
    return total


class Oracle:
    """``template`` as the published code's, ``respond`` as its forward pass."""

    def __init__(self, state: State) -> None:
        self.state = {name: value.double() for name, value in state.items()}

    def conv(self, name: str, x: Tensor) -> Tensor:
        return F.conv2d(x, self.state[f"{name}.weight"], self.state[f"{name}.bias"])

    def template(self, exemplar: Tensor) -> tuple[Tensor, Tensor]:
        z = features(self.state, exemplar.double())
        r1, cls1 = self.conv("conv_r1", z)[0], self.conv("conv_cls1", z)[0]
        size = r1.shape[-1]
        return cls1.reshape(10, -1, size, size), r1.reshape(20, -1, size, size)

    def respond(self, kernels: tuple[Tensor, Tensor], search: Tensor) -> tuple[Numbers, Numbers]:
        """Scores (5, S, S) and deltas (4, 5, S, S) of one search region."""
        x = features(self.state, search.double())
        cls = correlate(self.conv("conv_cls2", x)[0], kernels[0])
        loc = self.conv("regress_adjust", correlate(self.conv("conv_r2", x)[0], kernels[1])[None])[0]
        size = cls.shape[-1]
        score = torch.softmax(cls.reshape(2, 5, size, size), dim=0)[1]
        return score.numpy(), loc.reshape(4, 5, size, size).numpy()


def as_tensor(image: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(image.astype(np.float64)).permute(2, 0, 1)[None].contiguous()


class ReferenceTracker:
    """Centre and size as in the published loop. Its crop window is the one of whole pixels that was cut."""

    def __init__(
        self, oracle: Oracle, image: NDArray[np.uint8], box: tuple[float, float, float, float], *,
        instance: int, penalty_k: float, window_influence: float, size_lr: float,
    ) -> None:  # fmt: skip
        self.oracle, self.instance = oracle, instance
        self.penalty_k, self.window_influence, self.size_lr = penalty_k, window_influence, size_lr
        self.mean = image.reshape(-1, 3).astype(np.float64).mean(axis=0).round().astype(np.uint8)
        x, y, self.w, self.h = box
        self.x, self.y = x + self.w / 2, y + self.h / 2
        self.kernels = oracle.template(self.crop(image, padded(self.w, self.h), 127)[0])

    def crop(self, image: NDArray[np.uint8], side: float, size: int) -> tuple[Tensor, float, float, float]:
        pixels = round(side)
        left, top = math.floor(self.x - pixels / 2 + 0.5), math.floor(self.y - pixels / 2 + 0.5)
        height, width = image.shape[:2]
        border = pixels  # enough, as the centre never leaves the picture
        padded_image = np.tile(self.mean, (height + 2 * border, width + 2 * border, 1))
        padded_image[border:-border, border:-border] = image
        patch = padded_image[border + top :, border + left :][:pixels, :pixels]
        resized = np.asarray(cv2.resize(patch, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)
        return as_tensor(resized), left + pixels / 2, top + pixels / 2, size / pixels

    def step(self, image: NDArray[np.uint8]) -> tuple[tuple[float, float, float, float], float]:
        side = padded(self.w, self.h) * self.instance / 127
        search, middle_x, middle_y, scale = self.crop(image, side, self.instance)
        scores, differences = self.oracle.respond(self.kernels, search)
        # Lists: reading single numbers out of an array takes ten times as long.
        score: list[list[list[float]]] = scores.tolist()
        deltas: list[list[list[list[float]]]] = differences.transpose(1, 2, 3, 0).tolist()
        size = scores.shape[-1]
        window = [hann(n, size) for n in range(size)]
        best, found = -math.inf, (0.0,) * 6
        for k, ratio in enumerate(RATIOS):
            anchor_w = int(math.sqrt(64 / ratio))
            anchor_h = int(anchor_w * ratio)
            for row in range(size):
                for column in range(size):
                    dx, dy, dw, dh = deltas[k][row][column]
                    w, h = math.exp(dw) * anchor_w * 8, math.exp(dh) * anchor_h * 8
                    penalty = self.penalty(w, h, scale)
                    value = penalty * score[k][row][column] * (1 - self.window_influence)
                    value += window[row] * window[column] * self.window_influence
                    if value > best:
                        cx, cy = (column - size // 2) * 8, (row - size // 2) * 8
                        centre = dx * anchor_w * 8 + cx, dy * anchor_h * 8 + cy
                        best, found = value, (*centre, w, h, penalty, score[k][row][column])
        cx, cy, w, h, penalty, confidence = found
        rate = penalty * confidence * self.size_lr
        height, width = image.shape[:2]
        self.x = min(max(middle_x + cx / scale, 0.0), width)
        self.y = min(max(middle_y + cy / scale, 0.0), height)
        self.w = min(max(self.w * (1 - rate) + w / scale * rate, SMALLEST), width)
        self.h = min(max(self.h * (1 - rate) + h / scale * rate, SMALLEST), height)
        return (self.x - self.w / 2, self.y - self.h / 2, self.w, self.h), confidence

    def penalty(self, w: float, h: float, scale: float) -> float:
        size = padded(w, h) / padded(self.w * scale, self.h * scale)
        ratio = (self.w / self.h) / (w / h)
        return math.exp(-(max(ratio, 1 / ratio) * max(size, 1 / size) - 1) * self.penalty_k)


def padded(w: float, h: float) -> float:
    padding = (w + h) / 2
    return math.sqrt((w + padding) * (h + padding))


def hann(n: int, size: int) -> float:
    return 0.5 - 0.5 * math.cos(2 * math.pi * n / (size - 1))
