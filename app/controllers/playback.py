"""Moving through the video: play in real time, step, jump. Decides which frame is shown."""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.track import Track
from app.video.info import VideoInfo
from app.video.levels import Levels, choose_levels, chosen_levels
from app.workers.frame_loader import FrameLoader
from tracker_core.tracker import Image

SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
TICK_MILLISECONDS: Final = 8


class Pace(Protocol):
    """A pace of playing that depends on the frame."""

    def speed_at(self, frame: int) -> float:
        """The factor for the chosen speed at this frame."""
        ...

    def stops_at(self, frame: int) -> bool:
        """Whether playing stops at this frame."""
        ...


class PlaybackController(QObject):
    """Follows the video's own times; if decoding cannot keep up, frames are skipped and the clock goes on.

    Signals:
        frame_shown: index and image of the session's current frame, as soon as it is decoded. Frames that the session
            has already left may come before it.
        stand_in_shown: index and image of another frame, shown until the current one is decoded.
        read_failed: why the current frame cannot be shown.
        damage_changed: why the picture of another frame is shown; empty if it is not.
        playing_changed, speed_changed.
    """

    frame_shown = Signal(int, object)
    stand_in_shown = Signal(int, object)
    read_failed = Signal(str)
    damage_changed = Signal(str)
    playing_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(
        self, document: Document, session: Session, loader: FrameLoader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._loader = loader
        self._info: VideoInfo | None = None
        self._speed = 1.0
        self._pace: Pace | None = None
        self._shown: int | None = None
        self._stand_in: int | None = None  # the frame on show until the current one is decoded
        self._awaited: int | None = None  # requested while playing, not decoded yet
        self._advances = False  # the frame changes because the video plays, not because the person went elsewhere
        self._clock = QElapsedTimer()
        self._started_at = 0.0  # time in the video when the clock was started
        self._timer = QTimer(self, interval=TICK_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        document.project_closed.connect(self._on_project_closed)
        session.frame_changed.connect(self._on_frame_changed)
        loader.frame_ready.connect(self._on_frame_ready)
        loader.read_failed.connect(self._on_read_failed)
        loader.pictures_changed.connect(self._on_pictures_changed)

    @property
    def info(self) -> VideoInfo | None:
        """The shown video."""
        return self._info

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def speed(self) -> float:
        return self._speed

    @Slot(object)
    def use_video(self, info: VideoInfo) -> None:
        """Show frames of the loader's video, from the current frame on."""
        self.pause()
        self._info = info
        self._shown = self._awaited = self._stand_in = None
        self._show_current()

    # Contrast of deep pictures

    @property
    def levels(self) -> Levels | None:
        """The levels of deep pictures; None if pictures have 8 bits."""
        info = self._loader.info
        return None if info is None or info.automatic_levels is None else chosen_levels(info.fingerprint) or info.levels

    @property
    def has_deep_pictures(self) -> bool:
        """Whether pictures have more than 8 bits, so that levels decide how they look."""
        return self.automatic_levels is not None

    @property
    def automatic_levels(self) -> Levels | None:
        return None if self._loader.info is None else self._loader.info.automatic_levels

    def try_levels(self, levels: Levels) -> None:
        """Preview these levels until they are taken or given up."""
        self._loader.see_through(levels)

    def take_levels(self, levels: Levels | None) -> None:
        """Use these levels for showing and tracking from now on; None for the automatic ones."""
        info = self._loader.info
        if info is None:
            return
        try:
            choose_levels(info.fingerprint, levels)
        except OSError as error:
            self.read_failed.emit(
                tr(
                    "The contrast could not be kept ({strerror}); check {filename}.",
                    strerror=error.strerror,
                    filename=error.filename,
                )
            )
        self._loader.see_through(levels)

    def give_levels_up(self) -> None:
        """Return to the levels taken last."""
        info = self._loader.info
        if info is not None:
            self._loader.see_through(chosen_levels(info.fingerprint))

    @Slot()
    def _on_pictures_changed(self) -> None:
        self._shown = None
        if self._info is not None:
            self._show_current()

    # Playing

    @Slot()
    def toggle(self) -> None:
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play_at(self, pace: Pace) -> None:
        """Play at a pace until it stops, or pause if it is already playing like this."""
        if self.is_playing:
            self.pause()
            return
        self._pace = pace
        self.play()

    @Slot()
    def play(self) -> None:
        """Play from the current frame, or from the beginning if that is the last one."""
        if self._info is None or self.is_playing:
            return
        if self._session.current_frame == self._info.frame_count - 1:
            self._session.set_frame(0)
        self._loader.set_direction(1)
        self._awaited = None
        self._start_clock()
        self._timer.start()
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        self._pace = None
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def set_speed(self, speed: float) -> None:
        if speed != self._speed:
            self._start_clock()
            self._speed = speed
            self.speed_changed.emit(speed)

    @Slot()
    def faster(self) -> None:
        self.set_speed(next((speed for speed in SPEEDS if speed > self._speed), SPEEDS[-1]))

    @Slot()
    def slower(self) -> None:
        self.set_speed(next((speed for speed in reversed(SPEEDS) if speed < self._speed), SPEEDS[0]))

    @Slot()
    def stay(self) -> None:
        """Stop playing, and stay even on a stand-in frame: a person who begins to draw means the frame they see."""
        self.pause()
        if self._stand_in is not None:
            self._session.set_frame(self._stand_in)

    # Going elsewhere

    @Slot(int)
    def go_to(self, frame: int) -> None:
        self.pause()
        self._session.set_frame(frame)

    def step(self, frames: int) -> None:
        self.pause()
        self._loader.set_direction(1 if frames > 0 else -1)
        self._session.set_frame(self._session.current_frame + frames)

    @Slot()
    def go_to_first(self) -> None:
        self.go_to(0)

    @Slot()
    def go_to_last(self) -> None:
        if self._info is not None:
            self.go_to(self._info.frame_count - 1)

    @Slot()
    def go_to_previous_keyframe(self) -> None:
        """Of the active track, or of any if none is selected."""
        here = self._session.current_frame
        frames = [frame for track in self._tracks() if (frame := track.keyframe_before(here)) is not None]
        if frames:
            self.go_to(max(frames))

    @Slot()
    def go_to_next_keyframe(self) -> None:
        here = self._session.current_frame
        frames = [frame for track in self._tracks() if (frame := track.keyframe_after(here)) is not None]
        if frames:
            self.go_to(min(frames))

    # Implementation

    def _tracks(self) -> list[Track]:
        """The tracks whose keyframes to jump between."""
        project = self._document.project
        if project is None:
            return []
        active = self._session.active_track_id
        return list(project.tracks.values()) if active is None else [project.tracks[active]]

    def _start_clock(self) -> None:
        if self._info is not None:
            self._started_at = float(self._info.times[self._session.current_frame])
        self._clock.start()

    @Slot()
    def _on_tick(self) -> None:
        info = self._info
        if info is None:
            return
        pace, here = self._pace, self._session.current_frame
        speed = self._speed if pace is None else self._speed * pace.speed_at(here)
        now = self._started_at + self._clock.elapsed() / 1000 * speed
        frame = int(np.searchsorted(info.times, now, side="right")) - 1
        if frame == here or self._awaited is not None:
            return
        if pace is not None:
            self._started_at = now  # from here on the pace may be different
            self._clock.start()
            stops = (stop for stop in range(here + 1, frame + 1) if pace.stops_at(stop))
            frame = next(stops, frame)  # never skip over a stop
        if self._loader.cached(frame) is None:
            self._awaited = frame
            self._loader.request(frame)
        else:
            self._advance(frame)

    def _advance(self, frame: int) -> None:
        assert self._info is not None
        self._advances = True
        self._session.set_frame(frame)
        self._advances = False
        is_stop = self._pace is not None and self._pace.stops_at(frame)
        if is_stop or frame == self._info.frame_count - 1:
            self.pause()

    @Slot(int)
    def _on_frame_changed(self, frame: int) -> None:
        if self.is_playing and not self._advances:
            self._awaited = None  # its request may be replaced by that of the new place
            self._start_clock()
        self._show_current()

    def _show_current(self) -> None:
        frame = self._session.current_frame
        if self._info is None or self._loader.info is not self._info:  # another video is being tried and may be dropped
            return
        image = self._loader.cached(frame)
        if image is None:
            self._loader.request(frame)
        else:
            self._show(frame, image)

    def _show(self, frame: int, image: Image) -> None:
        if frame != self._shown:
            self._shown, self._stand_in = frame, None
            self.frame_shown.emit(frame, image)
            self.damage_changed.emit(self._loader.damage_of(frame))

    @Slot(int, object)
    def _on_frame_ready(self, frame: int, image: Image) -> None:
        if self._info is None:
            return
        if frame == self._awaited:
            self._awaited = None
            if self.is_playing:
                self._advance(frame)
        # While playing or tracking, a late frame is better than none.
        if self._shown != self._session.current_frame:
            self._show(frame, image)

    @Slot(int, object)
    def on_stand_in(self, frame: int, image: Image) -> None:
        """Show a frame on the way to the current one, under its own number and with a notice."""
        current = self._session.current_frame
        if self._info is None or self.is_playing or self._shown == current:
            return
        self._shown, self._stand_in = None, frame  # whatever comes next is shown, also the frame of before
        self.stand_in_shown.emit(frame, image)
        self.damage_changed.emit(
            tr("This is frame {frame}; frame {current} is being decoded.", frame=frame, current=current)
        )

    @Slot(int, str)
    def _on_read_failed(self, frame: int, reason: str) -> None:
        if frame == self._awaited:
            self._awaited = None
            if self.is_playing:
                self._advance(frame)  # play on over a broken frame
        elif frame == self._session.current_frame:
            self.read_failed.emit(reason)
            if self._stand_in is not None:
                self.damage_changed.emit(reason)  # the picture is still that of another frame

    @Slot()
    def _on_project_closed(self) -> None:
        self.pause()
        self._info = self._shown = self._awaited = self._stand_in = None
