"""The library's example in the README, and the video that it names."""

from __future__ import annotations

import re
from pathlib import Path

import av

from resources import DEMO_VIDEO

PYTHON_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)

WITHOUT_SCREEN = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("app", "PySide6", "pyqtgraph"):
            raise AssertionError(f"the library imports {name}")

sys.meta_path.insert(0, Refuse())
"""
"""Put before a program, this makes it an error to import Qt or the program around the library."""


def library_example(project_root: Path) -> str:
    """The only Python code of the README."""
    (code,) = PYTHON_CODE.findall((project_root / "README.md").read_text("utf-8"))
    return str(code)


def write_street(folder: Path, *, frames: int) -> Path:
    """The first frames of the demo clip, under the name that the README uses."""
    path = folder / "street.mp4"
    with av.open(str(DEMO_VIDEO)) as demo, av.open(str(path), "w") as cut:
        stream = cut.add_stream_from_template(demo.streams.video[0])
        for number, packet in enumerate(demo.demux(video=0)):
            if number < frames and packet.dts is not None:
                packet.stream = stream
                cut.mux(packet)
    return path
