"""The demo clip: six seconds at a seaside road, with the true box of everything that moves.

The camera pans to the right and zooms in a little. A red racing car drives along, meets a look-alike that comes the
other way, and passes behind a tree. A beach ball bounces out of the picture, hidden for some frames by an advertising
column. A kite turns, grows and shrinks; a boat rocks. All of it comes from formulas and one seed.

``python -m app.demo.clip OUT.mp4`` writes it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from app.demo import scenery, sprites
from app.demo.painting import Matrix, Painting, lay_warped, smooth, stretch, turn
from app.demo.scenery import VIEW_HEIGHT, VIEW_WIDTH, Layer
from app.demo.stage import (
    BALL_GROUND,
    BALL_RADIUS,
    FRAME_COUNT,
    Actor,
    Pose,
    actors,
    ball_pose,
    camera,
    wheels,
)
from tracker_core.geometry import Box
from tracker_core.tracker import Image

FRAME_RATE = Fraction(25)
SUPERSAMPLING = 2
SEED = 7

SHADOW = (40.0, 32.0, 56.0)


def demo_truth() -> dict[str, list[Box | None]]:
    """For each moving thing, its whole box in each frame, even if something hides it. Boxes are cut at the border of
    the picture. None if the thing cannot be seen: behind the column, or with more than nine tenths of it beyond the
    border.
    """
    return {name: [actor.true_box(frame) for frame in range(FRAME_COUNT)] for name, actor in actors().items()}


def demo_frames() -> Iterator[Image]:
    """The frames, (360, 640, 3)."""
    scene = Scene()
    return (scene.render(frame) for frame in range(FRAME_COUNT))


def write_demo(path: Path) -> None:
    """Write the clip as H.264 in MP4."""
    with av.open(path, "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=FRAME_RATE, options={"crf": "21", "preset": "veryslow"})
        stream.width, stream.height, stream.pix_fmt = VIEW_WIDTH, VIEW_HEIGHT, "yuv420p"
        for frame in demo_frames():
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())


class Scene:
    """Draws everything once; ``render`` composes a frame."""

    def __init__(self) -> None:
        rng = np.random.default_rng(SEED)
        self._sky = scenery.sky(rng)
        self._coast = scenery.coast(rng)
        self._sea = scenery.sea(rng)
        self._street = scenery.street(rng)
        self._column = scenery.advertising_column()
        self._foreground = scenery.foreground(rng)
        self._actors = actors()
        self._ball_shading = Actor(sprites.ball_shading(), 1.0, _unturned_ball_pose)
        wheel = sprites.wheel()
        self._wheels = {name: wheels(self._actors[name], wheel) for name in ("look-alike", "car")}

    def render(self, frame: int) -> Image:
        """(360, 640, 3)"""
        painting = Painting(VIEW_WIDTH, VIEW_HEIGHT, scale=SUPERSAMPLING)
        for layer in (self._sky, self._coast, self._sea):
            _lay_layer(painting, layer, frame)
        _lay_actor(painting, self._actors["boat"], frame)
        _lay_layer(painting, self._street, frame)
        self._lay_kite(painting, frame)
        self._lay_ball(painting, frame)
        _lay_layer(painting, self._column, frame)
        for name in ("look-alike", "car"):
            self._lay_car(painting, name, frame)
        _lay_layer(painting, self._foreground, frame)
        small = cv2.resize(painting.pixels, (VIEW_WIDTH, VIEW_HEIGHT), interpolation=cv2.INTER_AREA)
        return np.ascontiguousarray(np.clip(np.rint(small[..., :3]), 0, 255).astype(np.uint8))

    def _lay_kite(self, painting: Painting, frame: int) -> None:
        kite = self._actors["kite"]
        hand = _place(camera(frame, depth=1.0), *scenery.CHILD_HAND)
        middle, tip = _place(kite.matrix(frame), 31, 30), _place(kite.matrix(frame), 31, 79)
        sag = ((middle[0] + hand[0]) / 2, (middle[1] + hand[1]) / 2 + 26)
        painting.line(smooth([hand, sag, middle], closed=False), 0.5, (250, 250, 250), opacity=0.8)
        swing = turn(kite.pose(frame).angle * 0.4)
        tail = []
        for step in range(13):
            wave = 5 * math.sin(step * 0.9 - frame * 0.35) * step / 12
            dx, dy = _place(swing, wave, step * 3.6)
            tail.append((tip[0] + dx, tip[1] + dy))
        painting.line(smooth(tail, closed=False), 0.9, (92, 52, 48))
        for knot in tail[3::3]:
            painting.ellipse(*knot, 3.4, 1.9, (238, 84, 120))
        _lay_actor(painting, kite, frame)

    def _lay_ball(self, painting: Painting, frame: int) -> None:
        pose = ball_pose(frame)
        x, y = _place(camera(frame, depth=1.0), pose.x + 6, BALL_GROUND)
        lift = (BALL_GROUND - BALL_RADIUS - pose.y) / 66
        painting.ellipse(x, y, 22 - 6 * lift, 4, SHADOW, opacity=0.5 - 0.3 * lift, blur=1.5)
        _lay_actor(painting, self._actors["ball"], frame)
        _lay_actor(painting, self._ball_shading, frame)

    def _lay_car(self, painting: Painting, name: str, frame: int) -> None:
        car = self._actors[name]
        left, y = _place(car.matrix(frame), 0, 47)
        right, _ = _place(car.matrix(frame), 120, 47)
        painting.ellipse((left + right) / 2 + 5, y, abs(right - left) * 0.53, 5, SHADOW, opacity=0.6, blur=1.6)
        for part in (car, *self._wheels[name]):
            _lay_actor(painting, part, frame)


def _unturned_ball_pose(frame: int) -> Pose:
    pose = ball_pose(frame)
    return Pose(pose.x, pose.y)


def _lay_layer(painting: Painting, layer: Layer, frame: int) -> None:
    matrix = camera(frame, depth=layer.depth)
    lay_warped(painting.pixels, layer.pixels, _scaled(matrix, scenery.SCALE), endless=True)


def _lay_actor(painting: Painting, actor: Actor, frame: int) -> None:
    lay_warped(painting.pixels, actor.sprite.pixels, _scaled(actor.matrix(frame), sprites.SCALE))


def _scaled(matrix: Matrix, source_scale: float) -> Matrix:
    """The same between pixels instead of units."""
    return stretch(SUPERSAMPLING, SUPERSAMPLING) @ matrix @ stretch(1 / source_scale, 1 / source_scale)


def _place(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    across, down, _ = matrix @ np.array([x, y, 1.0])
    return float(across), float(down)


if __name__ == "__main__":
    write_demo(Path(sys.argv[1]))
