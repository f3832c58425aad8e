"""Runs the command line as a person does: arguments in; exit code, standard output and standard error out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assist.loaded_tracker import LoadedTracker
from app.cli.main import main
from app.cli.trackers import loaded_tracker
from tests.support.commands import CLIP_FRAMES, FIRST_BOX, Answer, Run
from tests.support.numbered_clips import Coding, write_clip
from tests.support.trackers import ScriptedTracker
from tracker_core.tracker import DeviceName, PrecisionName


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def answer(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said, complained = capsys.readouterr()
        return Answer(code, said, complained)

    return answer


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """192 x 64, 30 frames, each showing its number."""
    return write_clip(tmp_path_factory.mktemp("clips"), Coding(), frames=CLIP_FRAMES)


@pytest.fixture
def tracker(monkeypatch: pytest.MonkeyPatch) -> ScriptedTracker:
    """The tracker named "scripted", which every command finds; other names are looked for as ever."""
    scripted = ScriptedTracker([FIRST_BOX.translated(dx=step, dy=0) for step in range(1, CLIP_FRAMES)], scores=[0.9])

    def load(name: str, *, device: DeviceName, precision: PrecisionName = "auto") -> LoadedTracker:
        found = LoadedTracker(scripted, family="scripted family", weights="5c" * 32)
        return found if name == "scripted" else loaded_tracker(name, device=device, precision=precision)

    for command in ("app.cli.track", "app.cli.evaluate", "benchmarks.command"):
        monkeypatch.setattr(f"{command}.loaded_tracker", load)
    return scripted
