from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.numbered_clips import Coding, write_clip


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for clips that several tests read and none changes."""
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="session")
def plain_clip(clips: Path) -> Path:
    """60 frames of H.264 with B-frames in MP4, in five groups of twelve."""
    return write_clip(clips, Coding(options={"x264-params": "scenecut=0"}), name="plain")


@pytest.fixture
def empty_index_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this test's indexes are kept; nothing in it yet."""
    folder = tmp_path / "cache"
    monkeypatch.setattr("app.video.indexing.user_cache_dir", lambda name: str(folder / name))
    return folder
