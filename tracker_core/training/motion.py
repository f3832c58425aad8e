"""How things move in a synthetic clip: paths in closed form, so that any frame can be had without those before it."""

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
    """A number that changes smoothly for ever: a mean and a sum of sines."""

    mean: float = 0.0
    sines: tuple[tuple[float, float, float], ...] = ()  # amplitude, radians a frame, phase

    @classmethod
    def drawn(cls, rng: np.random.Generator, *, mean: float = 0.0, reach: float, speed: float) -> Self:
        """At random, never further than ``reach`` from the mean and never faster than ``speed`` a frame. That bounds
        the acceleration as well: by ``speed * 2 pi / SHORTEST_PERIOD``.
        """
        shares = rng.dirichlet((1.0, 1.0))
        periods = np.exp(rng.uniform(math.log(SHORTEST_PERIOD), math.log(LONGEST_PERIOD), 2))
        phases = rng.uniform(0, 2 * math.pi, 2)
        sines = []
        for share, period, phase in zip(shares.tolist(), periods.tolist(), phases.tolist(), strict=True):
            frequency = 2 * math.pi / period
            sines.append((share * min(reach, speed / frequency), frequency, phase))
        return cls(mean, tuple(sines))

    def at(self, time: float) -> float:
        return self.mean + sum(a * math.sin(frequency * time + phase) for a, frequency, phase in self.sines)


@dataclass(frozen=True, slots=True)
class Jump:
    """A sudden step to another place, within ``JUMP_FRAMES`` frames from ``time`` on."""

    time: float
    dx: float
    dy: float

    def done(self, time: float) -> float:
        """How much of it, from 0 to 1."""
        part = min(max((time - self.time) / JUMP_FRAMES, 0.0), 1.0)
        return part * part * (3 - 2 * part)


class Pose(NamedTuple):
    """Where a thing is, and how: ``linear`` maps its own pixels, counted from its middle, to the frame."""

    x: float
    y: float
    linear: NDArray[np.float64]  # (2, 2)


@dataclass(frozen=True, slots=True)
class Motion:
    """Centre in frame pixels, logarithms of scale and aspect, and angle in radians, over time. Who has a ``leader``
    counts from its place.
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
