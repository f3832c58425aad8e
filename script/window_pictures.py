"""Takes pictures of the window, its panels and all dialogs, for a person to look at.

    python script/window_pictures.py FOLDER                     light and dark, in English and Chinese
    QT_SCALE_FACTOR=1.5 python script/window_pictures.py FOLDER  the same on a screen of small pixels
    python script/window_pictures.py FOLDER --only dark-zh_CN

The demo clip is annotated once, which takes a minute; its project stays in FOLDER/home. Pictures of dialogs lie
together on one sheet a theme and language.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPoint, Qt, qInstallMessageHandler  # noqa: E402
from PySide6.QtGui import QPainter, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QMenu  # noqa: E402

from app.application import Application, make_qt_application  # noqa: E402
from app.demo.clip import demo_truth  # noqa: E402
from app.demo.offscreen import DemoError, pass_on, wait_for, wait_until  # noqa: E402
from app.settings.schema import LANGUAGE, THEME, TOUR_DONE  # noqa: E402
from app.views.dialogs.error_dialog import show_error  # noqa: E402
from app.views.dialogs.question_dialog import ask  # noqa: E402
from resources import DEMO_VIDEO  # noqa: E402

SIZE = 1280, 720
FRAME = 60
TARGETS = ("car", "boat", "kite")
PANELS = ("Review", "Score map", "Contact sheet", "Workspace")
DIALOGS = (
    "settings", "shortcuts", "commands", "about", "models", "labels", "edit_label", "define_attributes", "leave_note",
    "box_by_numbers", "look", "go_to_frame", "import", "export", "learn", "span_simplify", "span_copy",
)  # fmt: skip
SHEET_WIDTH, GAP = 2000, 12


def take_all(folder: Path, only: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(pass_on)
    qt = make_qt_application()
    home = folder / "home"
    if not home.exists():
        with window(qt, home) as application:
            annotate(application)
    for language in ("en", "zh_CN"):
        for theme in ("light", "dark"):
            if only in ("", f"{theme}-{language}"):
                with window(qt, home, language=language, theme=theme) as application:
                    take(qt, application, folder / f"{theme}-{language}")


@contextmanager
def window(qt: QApplication, home: Path, *, language: str = "en", theme: str = "light") -> Iterator[Application]:
    """The window with the demo clip open."""
    first = Application(qt, home=home)
    first.settings.set(LANGUAGE, language)
    first.settings.set(THEME, theme)
    first.settings.set(TOUR_DONE, True)
    first.shutdown()
    application = Application(qt, home=home)
    application.window.resize(*SIZE)
    wait_for(application.playback.frame_shown, lambda: application.start(DEMO_VIDEO), "opening the clip")
    yield application
    application.window.close()


def annotate(application: Application) -> None:
    """Draw and track three targets, and add a note."""
    truth = demo_truth()
    for target in TARGETS:
        box = truth[target][0]
        if box is None:
            raise DemoError(f"the {target} is not in the first frame")
        application.session.select()
        application.editing.draw_box(0, box)
        application.editing.set_label(application.session.selected_track_ids, name=target)
    application.session.select(*application.document.opened_project.tracks)
    wait_for(application.tracking.run_finished, application.tracking.track_forward, "tracking")


def take(qt: QApplication, application: Application, stem: Path) -> None:
    """All pictures of one theme and language."""
    main = application.window
    playback = application.playback
    if application.canvas.frame_index != FRAME:
        wait_for(playback.frame_shown, lambda: playback.go_to(FRAME), "going to a frame")
    application.session.select(1)
    for panel in PANELS:
        main.bring_forward(panel)
        settle(qt)
        main.grab().save(f"{stem}-{panel.lower().replace(' ', '-')}.png")
    main.show_panel("Workspace", False)
    main.bring_forward("Review")
    application.actions.by_id["certify"].trigger()
    settle(qt)
    main.grab().save(f"{stem}-certificate.png")
    application.certificate.leave()
    application.spans.choose_whole_track()
    settle(qt)
    pictures = [picture for name in DIALOGS if (picture := of_dialog(qt, application, name)) is not None]
    for tell in (
        lambda: show_error(main, f"{DEMO_VIDEO} could not be opened: it is no video. Open another file."),
        lambda: ask(main, "A copy of this video was annotated before.", do="Open", leave="Leave", on_do=lambda: None),
    ):
        pictures.append(of_opened(qt, application, tell))
    sheet(pictures).save(f"{stem}-dialogs.png")
    menus = []
    for action in main.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.popup(QPoint(0, 0))
        qt.processEvents()
        menus.append(menu.grab())
        menu.close()
    sheet(menus).save(f"{stem}-menus.png")


def of_dialog(qt: QApplication, application: Application, name: str) -> QPixmap | None:
    action = application.actions.by_id[name]
    if not action.isEnabled():
        print(f"{name} cannot be opened")
        return None
    return of_opened(qt, application, action.trigger)


def of_opened(qt: QApplication, application: Application, begin: Callable[[], object]) -> QPixmap:
    """A picture of the dialog that just opened."""
    before = set(application.window.findChildren(QDialog))
    begin()
    settle(qt)
    opened = [dialog for dialog in application.window.findChildren(QDialog) if dialog not in before]
    picture = opened[-1].grab()
    opened[-1].close()
    settle(qt)
    return picture


def settle(qt: QApplication) -> None:
    """Wait until panels that collect changes, and threads that read pictures, have finished."""
    from time import monotonic

    until = monotonic() + 0.6
    wait_until(lambda: monotonic() > until, "settling")
    qt.processEvents()


def sheet(pictures: list[QPixmap]) -> QPixmap:
    """Put the pictures on one sheet, in rows."""
    ratio = pictures[0].devicePixelRatio()
    places, x, y, row = [], GAP, GAP, 0
    for picture in pictures:
        if x > GAP and x + picture.width() > SHEET_WIDTH:
            x, y, row = GAP, y + row + GAP, 0
        places.append(QPoint(x, y))
        x, row = x + picture.width() + GAP, max(row, picture.height())
    whole = QPixmap(SHEET_WIDTH, y + row + GAP)
    whole.fill(Qt.GlobalColor.magenta)
    painter = QPainter(whole)
    for picture, place in zip(pictures, places, strict=True):
        picture.setDevicePixelRatio(1)
        painter.drawPixmap(place, picture)
        picture.setDevicePixelRatio(ratio)
    painter.end()
    return whole


if __name__ == "__main__":
    words = sys.argv[1:]
    take_all(Path(words[0]), words[words.index("--only") + 1] if "--only" in words else "")
