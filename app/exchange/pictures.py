"""Writes the frames as pictures beside the boxes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

from app.exchange.errors import ExchangeError
from app.model.project import VideoReference
from app.video.info import VideoError
from app.video.source import open_source
from tracker_core.images import Image

JPEG_QUALITY = 95


def write_pictures(
    video: VideoReference, places: Mapping[int, list[Path]], on_progress: Callable[[int, int], None]
) -> None:
    """Write frames to their paths; the suffix decides the form. ``on_progress`` gets done and total.

    Raises:
        ExchangeError: if the video is missing or another one, or a frame cannot be read.
        OSError: if a picture cannot be written.
    """
    try:
        source = open_source(video.path)
    except VideoError as error:
        raise ExchangeError(f"The frames cannot be written: {error}") from None
    try:
        info = source.info
        if (info.frame_count, info.width, info.height) != (video.frame_count, video.width, video.height):
            raise ExchangeError(
                f"The frames cannot be written: {video.path} has {info.frame_count} frames of {info.width} x "
                f"{info.height}, and the project is about {video.frame_count} of {video.width} x {video.height}."
            )
        for done, frame in enumerate(sorted(places)):
            on_progress(done, len(places))
            first, *others = places[frame]
            for path in places[frame]:
                path.parent.mkdir(parents=True, exist_ok=True)
            first.write_bytes(encoded(source.read(frame), first.suffix))
            for other in others:
                shutil.copyfile(first, other)
    except VideoError as error:
        raise ExchangeError(f"The frames cannot be written: {error}") from None
    finally:
        source.close()


def encoded(image: Image, suffix: str) -> bytes:
    """An RGB picture as the bytes of a file: ".jpg" or ".png"."""
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY] if suffix == ".jpg" else []
    is_done, data = cv2.imencode(suffix, cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    if not is_done:
        raise ExchangeError(f"A frame cannot be written as {suffix}.")
    return np.asarray(data, np.uint8).tobytes()
