"""The names of a video's pictures: a folder's own names, or numbers as ffmpeg counts pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Self

from app.model.project import VideoReference
from app.video.image_source import image_paths
from app.video.info import VideoError

DIGITS = 6


@dataclass(frozen=True, slots=True)
class PictureNames:
    """``own``: the names in the video's folder, in frame order; empty for a video file. ``suffix``: of numbered
    pictures. ``has_own_stems``: whether the names also differ without their suffixes.
    """

    own: tuple[str, ...] = ()
    suffix: str = ".jpg"
    has_own_stems: bool = False

    @classmethod
    def of_video(cls, video: VideoReference, pictures: str = "") -> Self:
        """
        Args:
            pictures: "jpg" or "png" if the frames are written in that form, which changes the suffix of their names.

        A folder that is gone, or that no longer holds the right number of pictures, gives no names.
        """
        suffix = f".{pictures or 'jpg'}"
        names = names_in_folder(video)
        if pictures:
            names = [PurePath(name).with_suffix(suffix).name for name in names]
        has_names = len(names) == video.frame_count == len(set(names))
        stems = {PurePath(name).stem for name in names}
        return cls(tuple(names) if has_names else (), suffix, has_names and len(stems) == len(names))

    def of_frame(self, frame: int) -> str:
        return self.own[frame] if self.own else f"{frame + 1:0{DIGITS}d}{self.suffix}"

    def stem(self, frame: int, *, prefix: str) -> str:
        """The name without its suffix; numbers get a prefix, so that several videos can share a folder."""
        return PurePath(self.own[frame]).stem if self.has_own_stems else f"{prefix}_{frame + 1:0{DIGITS}d}"


def names_in_folder(video: VideoReference) -> list[str]:
    """The names of the pictures in frame order, if the video is a folder that can be read."""
    try:
        return [path.name for path in image_paths(video.path)] if video.path.is_dir() else []
    except (OSError, VideoError):
        return []
