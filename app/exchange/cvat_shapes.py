"""Shapes of CVAT as boxes, and the pictures of a file of CVAT for images.

A box may be rotated clockwise around its centre, in degrees (``rotation``). Polygons, ellipses and masks become the box
around them. An ellipse has a centre and two radii, and may be rotated too; a mask has its own frame.
"""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element

from app.exchange.annotations import ImportOptions
from app.exchange.bounds import LAST_FRAME, box_within_reach, number, whole
from app.exchange.errors import ExchangeError, quoted
from app.exchange.gathering import Gathering
from app.exchange.matching import Matching, Picture, match_pictures
from app.model.box_record import keyframe
from app.model.project import VideoReference
from tracker_core.geometry import Box

CORNERS = ("xtl", "ytl", "xbr", "ybr")
ENCLOSING = ("polygon", "ellipse", "mask")


def box_of(shape: Element, video: VideoReference, gathering: Gathering) -> Box:
    """The upright box around a shape, with a note if the shape was more than a box.

    Raises:
        ValueError: for numbers that are none.
    """
    if shape.tag == "box":
        left, top, right, bottom = (number(shape.get(corner, ""), corner) for corner in CORNERS)
    elif shape.tag == "polygon":
        points = [point.split(",") for point in shape.get("points", "").split(";")]
        if any(len(point) != 2 for point in points):
            raise ValueError("the points of a polygon are no pairs of numbers")
        columns, rows = zip(*((number(x, "x"), number(y, "y")) for x, y in points), strict=True)
        left, top, right, bottom = min(columns), min(rows), max(columns), max(rows)
    elif shape.tag == "ellipse":
        cx, cy, rx, ry = (number(shape.get(name, ""), name) for name in ("cx", "cy", "rx", "ry"))
        left, top, right, bottom = cx - rx, cy - ry, cx + rx, cy + ry
    else:
        left, top, width, height = (number(shape.get(name, ""), name) for name in ("left", "top", "width", "height"))
        right, bottom = left + width, top + height
    if shape.tag != "box":
        gathering.leave_out("round an outline, which is not kept")
    degrees = number(shape.get("rotation", "0"), "the rotation")
    if degrees % 360:
        gathering.leave_out("turned by an angle: the upright box round it is taken")
        left, top, right, bottom = _round_turned(left, top, right, bottom, math.radians(degrees))
    return box_within_reach(left, top, right - left, bottom - top, video=video)


def _round_turned(left: float, top: float, right: float, bottom: float, angle: float) -> tuple[float, ...]:
    cx, cy, half, tall = (left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2
    cosine, sine = abs(math.cos(angle)), abs(math.sin(angle))
    across, down = half * cosine + tall * sine, half * sine + tall * cosine
    return cx - across, cy - down, cx + across, cy + down


def read_pictures(
    file: object, root: Element, video: VideoReference, options: ImportOptions, gathering: Gathering
) -> Matching | None:
    """The boxes of a file of CVAT for images, as detections: they have no tracks. None if it holds no pictures.

    Raises:
        ExchangeError: naming the first invalid picture.
    """
    images = root.findall("image")
    if not images:
        return None
    pictures = []
    for position, image in enumerate(images):
        try:
            number_of_file = whole(image.get("id", position), "the id of a picture", low=0, high=LAST_FRAME)
        except ValueError as error:
            raise ExchangeError(f"{file} is invalid: {error}.") from None
        pictures.append(Picture(position, image.get("name"), number_of_file, 0))
    matching = match_pictures(pictures, video, chosen=options.match, file=file)
    for position, image in enumerate(images):
        shapes = [shape for shape in image if shape.tag not in ("tag", "attribute")]
        boxes = [shape for shape in shapes if shape.tag == "box" or shape.tag in ENCLOSING]
        gathering.leave_out("of another shape (points, lines, cuboids): left out", len(shapes) - len(boxes))
        frame = matching.frames.get(position)
        if frame is None:
            gathering.leave_out("in a picture that is not in this video: left out", len(boxes))
            continue
        for shape in boxes:
            try:
                box = box_of(shape, video, gathering)
            except ValueError as error:
                name = quoted(image.get("name", ""))
                raise ExchangeError(f"{file}: picture {name} is invalid: {error}.") from None
            gathering.leave_out(
                "with attributes, for which a detection has no place", shape.find("attribute") is not None
            )
            gathering.detect(frame, shape.get("label", ""), keyframe(box, occluded=shape.get("occluded") == "1"))
    return matching
