"""Whether what was opened is the video that a project was made on: another one may lie at its place by now."""

from __future__ import annotations

from app.model.project import VideoReference
from app.video.info import OtherVideoError, VideoInfo


def check_is(info: VideoInfo, video: VideoReference) -> None:
    """
    Raises:
        OtherVideoError: if this is not the video that is known by this reference.
    """
    if info.fingerprint and video.fingerprint:
        # The number of frames may differ: a later look may have found that the file holds more or fewer.
        if info.fingerprint != video.fingerprint:
            raise OtherVideoError(
                f"{info.path} shows other pictures than those that the boxes were drawn on: another video lies there "
                "now. Put the right one back, or open this one by itself."
            )
    elif shape_of(info) != shape_of(video):
        raise OtherVideoError(
            f"{info.path} has {shape_of(info)}, but the boxes were drawn on {shape_of(video)}: another video lies "
            "there now. Put the right one back, or open this one by itself."
        )


def shape_of(video: VideoInfo | VideoReference) -> str:
    """In words."""
    return f"{video.frame_count} frames of {video.width} × {video.height}"
