"""Synthetic clips: objects cut out of stills move over other pictures, so their true boxes are known exactly.

A seed and a number always give the same clip (``scenes.py``). A clip has no end, and any part of any frame can be drawn
alone, because a training pair only needs two crops.

The truth follows the conventions of annotated data sets. A box goes around the *whole* outline within the frame, even
where something covers it; if motion blurs the target, it is the box in the middle of the exposure. A target is absent
if less than ``LEAST_VISIBLE`` of it can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tracker_core.crops import mean_colour
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pictures.places import Place
from tracker_core.training.synthetic.cutouts import (
    Cutout,
    Floats,
    Shadow,
    inverse,
    lay_over,
    moved_by,
    pixel_matrix,
    placed,
    shade,
    smeared,
)
from tracker_core.training.synthetic.motion import Motion, Wave

FRAME_WIDTH, FRAME_HEIGHT = 480, 360
LEAST_VISIBLE = 0.2
SHADOW_OFFSET = np.array([0.05, 0.12])  # x and y, in sides of the object


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """An object in a clip."""

    thing: Cutout
    motion: Motion
    side: float  # in frame pixels at scale 1
    shadow: Shadow | None = None
    is_twin: bool = False  # the target's own cut-out in other colours

    def matrix(self, time: float) -> Floats:
        """The (2, 3) map from the object's pixels to the frame's."""
        pose = self.motion.at(time)
        return placed(pose.linear * (self.side / self.thing.side), self.thing.middle, (pose.x, pose.y))

    def covers(self, points: Floats, time: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which of the points (n, 2) in the frame it covers, (n,)."""
        matrix = self.matrix(time)
        return self.thing.covers((points - matrix[:, 2]) @ inverse(matrix[:, :2]).T)

    def moved(self, time: float, shutter: float) -> Floats:
        """(2,): how far it moves while the shutter is open."""
        return shutter * (np.array(self.motion.centre(time + 0.5)) - self.motion.centre(time - 0.5))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The background picture and the camera's path over it. ``motion`` says where in the picture the middle of the
    frame is.
    """

    picture: Image
    motion: Motion
    scale: float  # frame pixels per picture pixel at scale 1

    def matrix(self, time: float) -> Floats:
        """The (2, 3) map from the picture's pixels to the frame's."""
        pose = self.motion.at(time)
        return placed(pose.linear * self.scale, (pose.x, pose.y), (FRAME_WIDTH / 2, FRAME_HEIGHT / 2))

    def moved(self, at: Floats, time: float, shutter: float) -> Floats:
        """How far the ground at a point of the frame moves while the shutter is open, (2,) in frame pixels."""
        before, after = self.matrix(time - 0.5), self.matrix(time + 0.5)
        point = inverse(before[:, :2]) @ (at - before[:, 2])
        return np.asarray(shutter * (after[:, :2] @ point + after[:, 2] - at))


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticFrame:
    """A whole frame with its truth; ``box`` is None if the target is absent."""

    image: Image  # (FRAME_HEIGHT, FRAME_WIDTH, 3)
    box: Box | None  # in frame pixels
    visible: float  # share of the target that can be seen


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticClip:
    """A moving scene. Times are in frames and need not be whole."""

    place: Place  # where the target was cut out
    ground: Ground
    behind: tuple[Layer, ...]
    target: Layer
    before: tuple[Layer, ...]  # objects that may cover it
    light: tuple[Wave, Wave, Wave]  # logarithm of the gain of each channel
    shutter: float  # exposure time in frames

    def frame(self, time: float) -> SyntheticFrame:
        """The whole frame, with the target's box."""
        image = self._drawn(time, np.eye(2), np.zeros(2), (FRAME_WIDTH, FRAME_HEIGHT))
        visible = self.visible_share(time)
        return SyntheticFrame(image, self.box(time) if visible >= LEAST_VISIBLE else None, visible)

    def crop(self, time: float, linear: Floats, offset: Floats, *, size: int, with_target: bool = True) -> Image:
        """The crop (size, size, 3) with ``crop = linear @ frame + offset``; outside the frame it is filled with one
        colour.

        Without the target, its twins are left out too, because in a grey crop they look the same.
        """
        return self._drawn(time, linear, offset, (size, size), with_target=with_target)

    def box(self, time: float, linear: Floats | None = None, offset: Floats | None = None) -> Box:
        """The box around the whole target within the frame; in crop pixels if ``linear`` and ``offset`` are given. Its
        area is 0 if the target is outside.
        """
        matrix = self.target.matrix(time)
        outline = [polygon @ matrix[:, :2].T + matrix[:, 2] for polygon in self.target.thing.outline]
        points = np.concatenate([_within_frame(polygon) for polygon in outline])
        if len(points) == 0:
            return Box(0, 0, 0, 0)
        if linear is not None and offset is not None:
            points = points @ linear.T + offset
        return Box.from_corners(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())

    def whole_box(self, time: float) -> Box:
        """The box around the whole target, its centre moved into the frame if necessary: where a tracker that lost the
        target would look.
        """
        matrix = self.target.matrix(time)
        points = np.concatenate(self.target.thing.outline) @ matrix[:, :2].T + matrix[:, 2]
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        cx, cy = np.clip((left + right) / 2, 0, FRAME_WIDTH), np.clip((top + bottom) / 2, 0, FRAME_HEIGHT)
        return Box.from_centre(float(cx), float(cy), width=float(right - left), height=float(bottom - top))

    def visible_share(self, time: float) -> float:
        """The share of the target that lies in the frame and that nothing covers."""
        matrix = self.target.matrix(time)
        points = self.target.thing.inside @ matrix[:, :2].T + matrix[:, 2]
        seen = ((points >= 0) & (points < (FRAME_WIDTH, FRAME_HEIGHT))).all(axis=1)
        for layer in self.before:
            seen &= ~layer.covers(points, time)
        return float(seen.mean())

    def _drawn(
        self, time: float, linear: Floats, offset: Floats, size: tuple[int, int], *, with_target: bool = True
    ) -> Image:
        pixels = pixel_matrix(_through(self.ground.matrix(time), linear, offset))
        canvas = cv2.warpAffine(self.ground.picture, pixels, size, borderMode=cv2.BORDER_REFLECT_101)
        middle = inverse(linear) @ (np.array(size) / 2 - offset)
        dx, dy = linear @ self.ground.moved(middle, time, self.shutter)
        canvas = smeared(np.asarray(canvas, np.uint8), (dx, dy))
        for layer in (*self.behind, self.target, *self.before):
            if not with_target and (layer is self.target or layer.is_twin):
                continue
            matrix = _through(layer.matrix(time), linear, offset)
            if layer.shadow is not None:
                shade(canvas, layer.shadow, moved_by(matrix, linear @ (SHADOW_OFFSET * layer.side)))
            dx, dy = linear @ layer.moved(time, self.shutter)
            lay_over(canvas, layer.thing, matrix, smear=(dx, dy))
        gains = np.exp([wave.at(time) for wave in self.light])
        table = np.clip(np.arange(256.0)[:, None] * gains, 0, 255).astype(np.uint8)[None]
        fill = np.clip(np.array(mean_colour(self.ground.picture)) * gains, 0, 255)
        return _framed(np.asarray(cv2.LUT(canvas, table), np.uint8), linear, offset, fill)


def _through(matrix: Floats, linear: Floats, offset: Floats) -> Floats:
    """The (2, 3) map that applies ``matrix`` and then the crop's map."""
    through: Floats = linear @ matrix
    through[:, 2] += offset
    return through


def _framed(image: Image, linear: Floats, offset: Floats, fill: Floats) -> Image:
    """The crop, with everything outside the frame filled with one colour."""
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [FRAME_WIDTH, 0], [FRAME_WIDTH, FRAME_HEIGHT], [0, FRAME_HEIGHT]], np.float64)
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    looked_at = (ends - offset) @ inverse(linear).T
    if (looked_at >= -1e-6).all() and (looked_at <= (FRAME_WIDTH + 1e-6, FRAME_HEIGHT + 1e-6)).all():
        return image
    inside = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(inside, np.round((corners @ linear.T + offset - 0.5) * 16).astype(np.int32), 255, shift=4)
    framed = np.empty_like(image)
    framed[:] = fill.astype(np.uint8)
    return np.asarray(cv2.copyTo(image, inside, framed), np.uint8)


def _within_frame(polygon: Floats) -> Floats:
    """The part (m, 2) of a polygon (n, 2) that lies in the frame. It is cut at one border after another."""
    for axis, limit, sign in ((0, 0.0, 1), (0, FRAME_WIDTH, -1), (1, 0.0, 1), (1, FRAME_HEIGHT, -1)):
        depth = (polygon[:, axis] - limit) * sign  # how far inside
        if (depth >= 0).all():
            continue
        following, next_depth = np.roll(polygon, -1, axis=0), np.roll(depth, -1)
        crossing = (depth < 0) != (next_depth < 0)
        share = depth[crossing] / (depth[crossing] - next_depth[crossing])
        cuts = polygon[crossing] + share[:, None] * (following[crossing] - polygon[crossing])
        order = np.concatenate([np.flatnonzero(depth >= 0), np.flatnonzero(crossing) + 0.5])
        polygon = np.concatenate([polygon[depth >= 0], cuts])[np.argsort(order)]
    return polygon
