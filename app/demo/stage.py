"""The places of the camera and of everything that moves, at each frame of the demo clip."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.demo import sprites
from app.demo.painting import Matrix, move, stretch, turn
from app.demo.scenery import COLUMN, PAN, VIEW_HEIGHT, VIEW_WIDTH
from app.demo.sprites import Sprite
from tracker_core.geometry import Box

FRAME_COUNT = 150

BALL_RADIUS = 23.0
BALL_GROUND = 254.0

LEAST_SHARE_IN_PICTURE = 0.1


@dataclass(frozen=True, slots=True)
class Pose:
    """A sprite's anchor in its layer, its rotation in degrees, and its size. A mirrored one looks to the left."""

    x: float
    y: float
    angle: float = 0.0
    size: float = 1.0
    mirrored: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Something that moves: its picture, the depth of its layer, and its pose at each frame."""

    sprite: Sprite
    depth: float
    pose: Callable[[int], Pose]

    def matrix(self, frame: int) -> Matrix:
        """From the sprite's units to the picture."""
        pose = self.pose(frame)
        anchor_x, anchor_y = self.sprite.anchor
        across = -pose.size if pose.mirrored else pose.size
        in_layer = move(pose.x, pose.y) @ turn(pose.angle) @ stretch(across, pose.size) @ move(-anchor_x, -anchor_y)
        return camera(frame, depth=self.depth) @ in_layer

    def true_box(self, frame: int) -> Box | None:
        """The box around the whole thing, hidden or not, cut to the picture. None if less than a tenth of it is in the
        picture, or nothing of the thing is visible.
        """
        corners = self.matrix(frame)[:2] @ np.vstack([self.sprite.outline.T, np.ones(len(self.sprite.outline))])
        (left, top), (right, bottom) = corners.min(axis=1), corners.max(axis=1)
        whole = Box(float(left), float(top), float(right - left), float(bottom - top))
        inside = whole.clipped(width=VIEW_WIDTH, height=VIEW_HEIGHT)
        if inside.area < LEAST_SHARE_IN_PICTURE * whole.area or _behind_column(self, frame):
            return None
        return inside


def camera(frame: int, *, depth: float) -> Matrix:
    """From units of a layer to the picture: a pan to the right, a slow zoom, an unsteady hand."""
    done = frame / (FRAME_COUNT - 1)
    eased = done * done * (3 - 2 * done)
    zoom = 1 + 0.12 * eased * depth
    shake_x, shake_y = 1.5 * math.sin(0.21 * frame), 1.2 * math.sin(0.33 * frame)
    cx, cy = VIEW_WIDTH / 2, VIEW_HEIGHT * 0.6
    to_picture = move(cx + shake_x * depth, cy + shake_y * depth)
    return to_picture @ stretch(zoom, zoom) @ move(-cx - PAN * eased * depth, -cy)


def actors() -> dict[str, Actor]:
    """By name, the farthest first."""
    return {
        "boat": Actor(sprites.boat(), 0.45, _boat_pose),
        "kite": Actor(sprites.kite(), 0.7, _kite_pose),
        "ball": Actor(sprites.ball(), 1.0, ball_pose),
        "look-alike": Actor(sprites.car(racing=False), 1.0, _lookalike_pose),
        "car": Actor(sprites.car(racing=True), 1.0, _car_pose),
    }


def wheels(car: Actor, sprite: Sprite) -> list[Actor]:
    """The turning part of the wheels of a car."""
    return [Actor(sprite, car.depth, _wheel_pose(car.pose, x, y)) for x, y in sprites.CAR_WHEELS]


def ball_pose(frame: int) -> Pose:
    x = 566 - 3.0 * frame
    bounce, height = (frame % 25) / 25, 66 * 0.9 ** (frame // 25)
    y = BALL_GROUND - BALL_RADIUS - 4 * height * bounce * (1 - bounce)
    return Pose(x, y, angle=math.degrees((x - 566) / BALL_RADIUS))


def _boat_pose(frame: int) -> Pose:
    return Pose(500 + 0.5 * frame, 198 + 1.2 * math.sin(0.13 * frame), angle=4.5 * math.sin(0.1 * frame), size=0.95)


def _kite_pose(frame: int) -> Pose:
    return Pose(
        190 + 1.6 * frame + 55 * math.sin(2 * math.pi * frame / 75),
        76 + 22 * math.sin(2 * math.pi * frame / 50 + 1),
        angle=34 * math.sin(2 * math.pi * frame / 60 + 0.5),
        size=0.95 + 0.22 * math.sin(2 * math.pi * frame / 90),
    )


def _lookalike_pose(frame: int) -> Pose:
    return Pose(566 - 3.6 * frame, 299, angle=0.5 * math.sin(0.8 * frame), size=0.86, mirrored=True)


def _car_pose(frame: int) -> Pose:
    x = 90 + 4.2 * frame
    return Pose(x, 338, angle=0.8 * math.sin(0.31 * frame), size=0.92 + 0.0015 * frame)


def _wheel_pose(car_pose: Callable[[int], Pose], x: float, y: float) -> Callable[[int], Pose]:
    def pose(frame: int) -> Pose:
        car = car_pose(frame)
        side = -1 if car.mirrored else 1
        placed = turn(car.angle) @ stretch(side * car.size, car.size) @ np.array([x - 60, y - 48, 1.0])
        rolled = math.degrees(car.x / (sprites.WHEEL_RADIUS * car.size))
        return Pose(car.x + float(placed[0]), car.y + float(placed[1]), angle=rolled, size=car.size)

    return pose


def _behind_column(actor: Actor, frame: int) -> bool:
    if actor.pose is not ball_pose:
        return False
    ball = ball_pose(frame)
    left, top, right, bottom = COLUMN
    return (
        left <= ball.x - BALL_RADIUS
        and ball.x + BALL_RADIUS <= right
        and top <= ball.y - BALL_RADIUS
        and ball.y + BALL_RADIUS <= bottom
    )
