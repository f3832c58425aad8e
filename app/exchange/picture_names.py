"""What the pictures of a video are called: a folder's own names, or numbers as ffmpeg counts pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from app.model.project import VideoReference
from app.video.folder_source import image_paths
from app.video.info import VideoError

DIGITS = 6


@dataclass(frozen=True, slots=True)
class PictureNames:
    """``own``: the names in the folder that the video is, in the order of its frames; empty for a video file."""

    own: tuple[str, ...] = ()

    @classmethod
    def of_video(cls, video: VideoReference) -> Self:
        """A folder that is gone, or that does not hold as many pictures any more, has no names of its own."""
        try:
            names = tuple(path.name for path in image_paths(video.path)) if video.path.is_dir() else ()
        except (OSError, VideoError):
            names = ()
        return cls(names if len(names) == video.frame_count else ())

    def of_frame(self, frame: int) -> str:
        return self.own[frame] if self.own else f"{frame + 1:0{DIGITS}d}.jpg"
