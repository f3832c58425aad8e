"""The values of frames with more than 8 bits: grey frames of thermal and medical cameras, and deep RGB. 10-bit colour
video (YUV, from phones and cameras) does not count: its brightness fills the range, and FFmpeg converts it to 8 bits
correctly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray


def deep_values(frame: VideoFrame) -> NDArray[Any] | None:
    """(height, width) for a grey frame, or (height, width, 3) RGB; None if the frame has 8 bits or is YUV."""
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
