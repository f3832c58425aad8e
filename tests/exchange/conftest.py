from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.exchange import export


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """No test cuts the power, and waiting for the disk thousands of times takes minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "flush_to_disk", lambda file: None)
        yield
