"""Fixtures for tests of batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.numbered_clips import Coding, write_clip

FRAMES = 30


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """192 x 64, 30 frames."""
    return write_clip(tmp_path_factory.mktemp("clips"), Coding(), frames=FRAMES)
