"""tracker_core used as a library: the example of the README, as anybody would run it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import av
import pytest

from resources import DEMO_VIDEO

LIBRARY_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
FRAMES = 12

WITHOUT_SCREEN = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("app", "PySide6", "pyqtgraph"):
            raise AssertionError(f"the library imports {name}")

sys.meta_path.insert(0, Refuse())
"""


@pytest.fixture
def example(project_root: Path) -> str:
    """The Python code of the README."""
    (code,) = LIBRARY_CODE.findall((project_root / "README.md").read_text("utf-8"))
    return str(code)


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """The first frames of the demo clip, under the name that the README uses."""
    path = tmp_path / "street.mp4"
    with av.open(str(DEMO_VIDEO)) as demo, av.open(str(path), "w") as cut:
        stream = cut.add_stream_from_template(demo.streams.video[0])
        for number, packet in enumerate(demo.demux(video=0)):
            if number < FRAMES and packet.dts is not None:
                packet.stream = stream
                cut.mux(packet)
    return path


def run(code: str, folder: Path, project_root: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(project_root), "OMP_NUM_THREADS": "1", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_readmes_example_tracks_without_screen_and_without_the_program(
    example: str, street: Path, project_root: Path
) -> None:
    assert len(example.splitlines()) <= 10
    lines = run(WITHOUT_SCREEN + example, street.parent, project_root)
    assert [int(line.split()[0]) for line in lines] == list(range(1, FRAMES))


def test_the_guard_of_that_test_can_bite(tmp_path: Path, project_root: Path) -> None:
    with pytest.raises(AssertionError, match=r"the library imports app"):
        run(WITHOUT_SCREEN + "import app.model.track", tmp_path, project_root)


def test_a_name_that_the_library_does_not_have_is_an_attribute_error() -> None:
    import tracker_core

    with pytest.raises(AttributeError, match="no attribute 'draw'"):
        tracker_core.draw  # noqa: B018
