"""The demo without a screen: does the main job once in the real but invisible window, and writes pictures and exports.

It draws boxes with the mouse, tracks, corrects, tracks again, reviews and exports. The README's pictures come from
here, so they only show what the program really does. The review uses the clip's truth, so it never calls a wrong box
right.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    SignalInstance,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.application import Application, make_qt_application
from app.demo.clip import demo_truth
from app.demo.film import Film
from app.demo.judging import frame_to_mend, wrong_answers
from app.exchange.annotations import ExportOptions
from app.model.interpolation import record_at
from app.views.exporting.export_dialog import ExportDialog
from app.views.style.theme import apply_theme
from resources import DEMO_VIDEO

TARGETS = ("car", "boat")
LONGEST_WAIT = 600_000  # ms; enough for 150 frames on any machine
MIDDLE_OF_RUN = 60
LAST_TO_CORRECT = 130  # so that there is something left to track again
EVIDENCE_WAIT = 5_000  # ms
PANELS_SETTLE = 300  # ms
MOST_ANSWERS = 30
PART_WIDTH, PART_QUALITY = 640, 40  # of the animations of the guide
FRAMES_BETWEEN_SHOTS = 5  # of a run
DIMMED = QColor(0, 0, 0, 60)
NOISE = "This plugin does not support"  # from the invisible screen, which has no window manager


class DemoError(Exception):
    """A step of an offscreen run that did not finish."""


def run_offscreen(folder: Path, *, film: Path | None = None, by_part: bool = False) -> int:
    """Run the demo; ``*.png``, ``tracks.mot.txt`` and ``tracks.coco.json`` go into the folder, and an animation to
    ``film``, a WebP file. ``by_part``: small animations of each part of the job go into the folder instead. Returns the
    exit code.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(pass_on)
    qt = make_qt_application()
    with TemporaryDirectory() as home:
        demo = Demo(qt, Path(home), folder)
        try:
            demo.has_films = by_part
            if film is None:
                demo.run()
            else:
                with Film(film) as demo.film:
                    demo.run()
        except DemoError as error:
            print(f"demo: {error}", file=sys.stderr)
            return 1
        finally:
            demo.close()
    return 0


def pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Send Qt's messages to standard error, except those about the invisible screen."""
    if not message.startswith(NOISE):
        print(message, file=sys.stderr)


class Demo:
    """The steps, in order."""

    def __init__(self, qt: QApplication, home: Path, folder: Path) -> None:
        self._folder = folder
        self._qt = qt
        apply_theme(qt, "light")
        self._application = Application(qt, home=home)
        self._application.tour.end()  # the tour is for people
        self._window = self._application.window
        self._truth = demo_truth()
        self.film: Film | None = None
        self.has_films = False

    def run(self) -> None:
        self._open()
        with self._part("draw-track-correct"):
            for target in TARGETS:
                self._draw(target)
                self._shoot(seconds=1.0)
            self._picture("1-boxes")
            self._track()
            self._picture("3-tracked")
            self._correct(1, TARGETS[0])
            self._picture("5-tracked-again")
        with self._part("review"):
            self._review()
        if self.has_films:
            with self._part("export"):
                self._export_by_hand()
        apply_theme(self._qt, "dark")
        self._picture("7-dark")
        self._export()

    @contextmanager
    def _part(self, name: str) -> Iterator[None]:
        """A part of the job, with its own animation if ``by_part``."""
        if not self.has_films:
            yield
            return
        with Film(self._folder / f"{name}.webp", width=PART_WIDTH, quality=PART_QUALITY) as self.film:
            yield
        self.film = None

    def close(self) -> None:
        self._window.close()

    def _open(self) -> None:
        window = self._window
        window.resize(1280, 720)
        wait_for(
            self._application.playback.frame_shown, lambda: self._application.start(DEMO_VIDEO), "opening the clip"
        )

    def _draw(self, target: str) -> None:
        box = self._truth[target][0]
        assert box is not None
        self._application.session.select()
        self._application.canvas.set_drawing(True)
        self._drag(from_=(box.x, box.y), to=(box.right, box.bottom))
        self._application.canvas.set_drawing(False)
        self._name(target)

    def _name(self, label: str) -> None:
        field = self._application.canvas_presenter.label_field
        if not field.isVisible():
            raise DemoError(f"drawing the {label} made no track")
        field.setFocus()
        field.setText(label)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def _track(self) -> None:
        application = self._application
        application.session.select(*sorted(application.document.opened_project.tracks))
        pictured = False
        next_shot = 0

        def look(_: object) -> None:
            nonlocal pictured, next_shot
            if application.session.current_frame >= MIDDLE_OF_RUN and not pictured:
                pictured = True
                QTimer.singleShot(0, lambda: self._picture("2-tracking"))
            elif self.film is not None and application.session.current_frame >= next_shot:
                next_shot = application.session.current_frame + (FRAMES_BETWEEN_SHOTS if self.has_films else 1)
                QTimer.singleShot(0, lambda: self._shoot(seconds=0.2))

        application.tracking.progressed.connect(look)
        wait_for(application.tracking.run_finished, application.tracking.track_forward, "tracking")
        application.tracking.progressed.disconnect(look)

    def _correct(self, track_id: int, target: str) -> None:
        """Go to the worst box, correct it with the mouse, and track again from there."""
        application = self._application
        frame = self._worst_frame(track_id, target)
        self._go_to(frame)
        application.session.select(track_id)
        self._qt.processEvents()
        record = record_at(application.document.opened_project.tracks[track_id], frame)
        truth = self._truth[target][frame]
        assert truth is not None
        if record is None or record.box is None:
            application.editing.draw_box(frame, truth)
        else:
            box = record.box
            moved = box.translated(dx=truth.x - box.x, dy=truth.y - box.y)
            self._drag(from_=(box.cx, box.cy), to=(moved.cx, moved.cy))
            self._drag(from_=(moved.right, moved.bottom), to=(truth.right, truth.bottom))
        self._wait_for_evidence(frame)
        self._picture("4-corrected")
        # Each of the two drags starts a run.
        wait_until(lambda: not application.tracking.is_running, "tracking again")

    def _review(self) -> None:
        """Go from doubt to doubt, and answer each as a person would who sees the truth."""
        application, review = self._application, self._application.review
        for _ in range(MOST_ANSWERS):
            wait_until(lambda: review.is_settled and not application.tracking.is_running, "reading the doubts")
            if not review.doubts:
                break
            if review.at_hand is None:
                review.go_to_next()
            wait_until(self._shows_current_frame, "showing a doubt")
            self._settle()
            self._shoot(seconds=1.0)
            self._answer()
        wrong = wrong_answers(application.document.opened_project, self._truth)
        if wrong:
            raise DemoError(f"the review called wrong boxes right: {', '.join(wrong)}")
        self._settle()
        self._picture("6-reviewed")

    def _answer(self) -> None:
        """Press Enter if every box of the doubt is right, X if its target is gone, or else C and draw a box."""
        application, review = self._application, self._application.review
        doubt = review.at_hand
        if doubt is None:
            raise DemoError("a doubt was shown without its track")
        track = application.document.opened_project.tracks[doubt.track_id]
        truth = self._truth[track.label]
        frame = frame_to_mend(track, doubt, truth)
        if frame is None:
            review.accept()
            return
        if frame != doubt.frame:
            self._go_to(frame)
            self._shoot(seconds=0.5)
        box = truth[frame]
        if box is None:
            review.mark_absent()
            return
        review.correct()
        self._drag(from_=(box.x, box.y), to=(box.right, box.bottom))
        self._shoot(seconds=1.0)

    def _shows_current_frame(self) -> bool:
        return self._application.canvas.frame_index == self._application.session.current_frame

    def _worst_frame(self, track_id: int, target: str) -> int:
        track = self._application.document.opened_project.tracks[track_id]
        worst, least = 1, 2.0
        for frame, truth in enumerate(self._truth[target][:LAST_TO_CORRECT]):
            record = record_at(track, frame)
            if truth is None or frame == 0:
                continue
            overlap = truth.iou(record.box) if record is not None and record.box is not None else 0.0
            if overlap < least:
                worst, least = frame, overlap
        return worst

    def _export(self) -> None:
        exporting = self._application.exporting
        for name, file in (("mot", "tracks.mot.txt"), ("coco", "tracks.coco.json")):
            path = self._folder / file
            wait_for(exporting.exported, partial(exporting.export, name, path, ExportOptions()), "export")

    def _export_by_hand(self) -> None:
        """Export through the dialog, as a person would."""
        self._shoot(seconds=1.0)
        self._application.exporting_presenter.ask()
        (dialog,) = self._window.findChildren(ExportDialog)
        dialog.format_box.setCurrentIndex(dialog.format_box.findData("coco"))
        with chdir(self._folder):  # so that no personal path is shown
            dialog.path_field.setText("street.json")
            self._shoot_with(dialog, seconds=2.0)
            wait_for(self._application.exporting.exported, dialog.export_button.click, "exporting by hand")
            self._shoot_with(dialog, seconds=3.0)
        dialog.reject()
        self._shoot(seconds=1.0)

    def _shoot_with(self, dialog: QDialog, *, seconds: float) -> None:
        """Take a picture of the window with a dialog in its middle, which the invisible screen does not compose."""
        assert self.film is not None
        self._qt.processEvents()
        picture, front = self._window.grab(), dialog.grab()
        with QPainter(picture) as painter:
            painter.fillRect(picture.rect(), DIMMED)
            place = picture.deviceIndependentSize() - front.deviceIndependentSize()
            painter.drawPixmap(QPointF(place.width() / 2, place.height() / 2), front)
        self.film.add(picture.toImage(), seconds=seconds)

    # Mouse, keys and waiting

    def _go_to(self, frame: int) -> None:
        if self._application.canvas.frame_index != frame:
            playback = self._application.playback
            wait_for(playback.frame_shown, lambda: playback.go_to(frame), f"going to frame {frame}")

    def _wait_for_evidence(self, frame: int) -> None:
        """Wait until the score-map panel shows this frame, or it is clear that it will not; only for the picture."""
        loop = QEventLoop()

        def look(_evidence: object, shown: object, _track: str) -> None:
            if shown == frame:
                loop.quit()

        evidence_changed = self._application.score_map.evidence_changed
        evidence_changed.connect(look)
        QTimer.singleShot(EVIDENCE_WAIT, loop.quit)
        loop.exec()
        evidence_changed.disconnect(look)
        self._qt.processEvents()

    def _drag(self, *, from_: tuple[float, float], to: tuple[float, float]) -> None:
        canvas = self._application.canvas
        start, stop = canvas.widget_point(*from_).toPoint(), canvas.widget_point(*to).toPoint()
        middle = QPointF((start.x() + stop.x()) / 2, (start.y() + stop.y()) / 2).toPoint()
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(canvas, middle)
        QTest.mouseMove(canvas, stop)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, stop)
        self._qt.processEvents()

    def _settle(self) -> None:
        """Wait until panels that collect changes have updated."""
        loop = QEventLoop()
        QTimer.singleShot(PANELS_SETTLE, loop.quit)
        loop.exec()

    def _shoot(self, *, seconds: float) -> None:
        if self.film is not None:
            self._qt.processEvents()
            self.film.add(self._window.grab().toImage(), seconds=seconds)

    def _picture(self, name: str) -> None:
        self._qt.processEvents()
        picture = self._window.grab()
        picture.save(str(self._folder / f"{name}.png"))
        if self.film is not None:
            self.film.add(picture.toImage(), seconds=1.5)


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Run the event loop until a condition holds.

    Raises:
        DemoError: if it does not in time.
    """
    loop = QEventLoop()
    watch = QTimer(interval=10)
    watch.timeout.connect(lambda: loop.quit() if holds() else None)
    late = QTimer(singleShot=True, interval=LONGEST_WAIT)
    late.timeout.connect(loop.quit)
    watch.start()
    late.start()
    if not holds():
        loop.exec()
    if not holds():
        raise DemoError(f"{what} did not come to its end")


def wait_for(signal: SignalInstance, begin: Callable[[], object], what: str) -> None:
    """Start something and run the event loop until its signal arrives.

    Raises:
        DemoError: if it does not arrive in time.
    """
    loop = QEventLoop()
    signal.connect(loop.quit)
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start(LONGEST_WAIT)
    QTimer.singleShot(0, begin)
    code = loop.exec()
    signal.disconnect(loop.quit)
    if code:
        raise DemoError(f"{what} took more than {LONGEST_WAIT // 1000} seconds")
