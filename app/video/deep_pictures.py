"""The values of frames that have more than 8 bits: grey ones of thermal and medical cameras, and deep RGB.

Colour video of 10 bits (YUV, as phones and cameras write it) is none of them: its brightness fills the range, and
FFmpeg turns it into 8 bits as it is meant to be seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray


def deep_values(frame: VideoFrame) -> NDArray[Any] | None:
    """(height, width) of a grey frame, or (height, width, 3) RGB; None where the frame has 8 bits or is in YUV."""
    name = frame.format.name
    if frame.format.components[0].bits <= 8:
        return None
    if name.startswith("grayf"):
        return np.asarray(frame.to_ndarray(format="grayf32le"))
    if name.startswith(("gray", "ya16")):
        native = name if name.endswith("le") and name.startswith("gray") else "gray16le"
        return np.asarray(frame.to_ndarray(format=native))
    if name.startswith("gbrpf"):
        return np.asarray(frame.to_ndarray(format="gbrpf32le"))
    if name.startswith(("rgb48", "bgr48", "rgba64", "bgra64", "gbrp", "gbrap")):
        return np.asarray(frame.to_ndarray(format="rgb48le"))
    return None
