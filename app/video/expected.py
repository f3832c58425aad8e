"""Checks that an opened video is the one that a project was made on, because another file may have replaced it."""

from __future__ import annotations

from app.model.project import VideoReference
from app.video.info import OtherVideoError, VideoInfo


def check_is(info: VideoInfo, video: VideoReference) -> None:
    """
    Raises:
        OtherVideoError: if this is not the video of this reference.
    """
    if info.fingerprint and video.fingerprint:
        # The number of frames may differ: proving the index may have corrected it.
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
