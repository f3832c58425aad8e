"""A window that dies in the middle of a run. ``python -m tests.support.crashing_window HOME VIDEO``"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from app.application import Application, make_qt_application
from app.assist.loaded_tracker import LoadedTracker
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import RunProgress
from tests.support.trackers import IdentityTracker
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)
DIES_AFTER = 10  # frames


def main(home: Path, video: Path) -> None:
    qt = make_qt_application()
    application = Application(qt, home=home, pool=TrackerPool(lambda choice: LoadedTracker(IdentityTracker())))

    def draw_and_track() -> None:
        application.editing.draw_box(0, BOX)
        application.tracking.track_forward()

    def die_in_the_middle(progress: RunProgress) -> None:
        if progress.done >= DIES_AFTER:
            os.kill(os.getpid(), signal.SIGKILL)

    application.tracking.progressed.connect(die_in_the_middle)
    application.project.video_opened.connect(lambda: QTimer.singleShot(0, draw_and_track))
    application.start(video)
    qt.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
