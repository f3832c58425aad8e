"""How objects move in a synthetic clip. Paths have a closed form, so any frame can be drawn without those before it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

SHORTEST_PERIOD, LONGEST_PERIOD = 30.0, 240.0  # frames
JUMP_FRAMES = 2.0


@dataclass(frozen=True, slots=True)
class Wave:
    """A number that changes smoothly without end: a mean plus a sum of sines."""

    mean: float = 0.0
    sines: tuple[tuple[float, float, float], ...] = ()  # amplitude, radians per frame, phase

    @classmethod
    def drawn(cls, rng: np.random.Generator, *, mean: float = 0.0, reach: float, speed: float) -> Self:
        """A random wave that stays within ``reach`` of the mean and changes by at most ``speed`` per frame. Its
        acceleration is therefore at most ``speed * 2 pi / SHORTEST_PERIOD``.
        """
        share, *drawn = rng.random(5).tolist()
        sines = []
        for part, period, phase in ((share, drawn[0], drawn[1]), (1 - share, drawn[2], drawn[3])):
            frequency = 2 * math.pi / (SHORTEST_PERIOD * (LONGEST_PERIOD / SHORTEST_PERIOD) ** period)
            sines.append((part * min(reach, speed / frequency), frequency, 2 * math.pi * phase))
        return cls(mean, tuple(sines))

    def at(self, time: float) -> float:
        value = self.mean
        for amplitude, frequency, phase in self.sines:
            value += amplitude * math.sin(frequency * time + phase)
        return value


@dataclass(frozen=True, slots=True)
class Jump:
    """A sudden step to another place, within ``JUMP_FRAMES`` frames from ``time`` on."""

    time: float
    dx: float
    dy: float

    def done(self, time: float) -> float:
        """The share of the jump that is done, from 0 to 1."""
        part = min(max((time - self.time) / JUMP_FRAMES, 0.0), 1.0)
        return part * part * (3 - 2 * part)


class Pose(NamedTuple):
    """Where an object is, and how it is turned. ``linear`` maps its pixels, counted from its middle, to the frame."""

    x: float
    y: float
    linear: NDArray[np.float64]  # (2, 2)


@dataclass(frozen=True, slots=True)
class Motion:
    """Centre in frame pixels, logarithms of scale and aspect, and angle in radians, over time. With a ``leader`` the
    centre is relative to the leader's.
    """

    x: Wave
    y: Wave
    log_scale: Wave = Wave()
    log_aspect: Wave = Wave()
    angle: Wave = Wave()
    jumps: tuple[Jump, ...] = ()
    leader: Motion | None = None

    def centre(self, time: float) -> tuple[float, float]:
        x, y = self.x.at(time), self.y.at(time)
        for jump in self.jumps:
            done = jump.done(time)
            x, y = x + done * jump.dx, y + done * jump.dy
        if self.leader is not None:
            ahead = self.leader.centre(time)
            x, y = x + ahead[0], y + ahead[1]
        return x, y

    def at(self, time: float) -> Pose:
        x, y = self.centre(time)
        scale, stretch = math.exp(self.log_scale.at(time)), math.exp(self.log_aspect.at(time) / 2)
        angle = self.angle.at(time)
        cos, sin, sx, sy = math.cos(angle), math.sin(angle), scale * stretch, scale / stretch
        return Pose(x, y, np.array([[cos * sx, -sin * sy], [sin * sx, cos * sy]]))
