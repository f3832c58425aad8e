"""Copies a video's sound, without encoding it again, when its pictures are written anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet


@dataclass(slots=True)
class Sound:
    """The sound to copy. ``note`` says why it is left out; empty if it is copied or there is none."""

    note: str = ""
    _source: InputContainer | None = None
    _stream: AudioStream | None = None
    _first: Fraction = Fraction(0)  # seconds in the source at which the written pictures begin
    _stop: Fraction = Fraction(0)
    _out: AudioStream | None = None
    _waiting: list[Packet[AudioStream]] = field(default_factory=list)
    _packets: Iterator[Packet[AudioStream]] = field(default_factory=lambda: iter(()))

    def join(self, container: OutputContainer, suffix: str) -> None:
        """Add a stream for the sound to the new file. Call this before anything is written to it."""
        if self._source is None or self._stream is None:
            return
        codec = self._stream.codec_context.name
        if codec not in container.supported_codecs or (suffix != ".mkv" and codec.startswith("pcm_")):
            self.note = f"The sound ({codec}) has no place in a {suffix} file and is left out; .mkv can hold it."
            return
        self._out = container.add_stream_from_template(self._stream)
        self._packets = self._source.demux(self._stream)

    def write(self, container: OutputContainer, until: Fraction | None = None) -> None:
        """Copy the sound before ``until`` (seconds from the first written picture; None for all the rest)."""
        if self._out is None:
            return
        stop = self._stop if until is None else min(self._first + until, self._stop)
        while True:
            packet = self._waiting.pop() if self._waiting else next(self._packets, None)
            if packet is None:
                return
            if packet.pts is None or packet.dts is None or packet.time_base is None or packet.size == 0:
                continue
            heard = packet.pts * packet.time_base
            if heard < self._first:
                continue
            if heard >= stop:
                self._waiting.append(packet)
                return
            shift = round(self._first / packet.time_base)
            packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
            packet.stream = self._out
            container.mux(packet)


@contextmanager
def sound_of(video: Path, *, begins: float, ends: float) -> Iterator[Sound]:
    """The sound of a video (the first of several) between two times, in seconds from its first picture."""
    if not video.is_file():  # a folder of pictures
        yield Sound()
        return
    try:
        source = av.open(str(video))
    except av.error.FFmpegError as error:
        yield Sound(note=f"The sound cannot be read ({error.strerror or error}) and is left out.")
        return
    with source:
        if not source.streams.audio or not source.streams.video:
            yield Sound()
            return
        picture = source.streams.video[0]
        if picture.start_time is None or picture.time_base is None:
            yield Sound(note="The sound is left out: the video does not say when it begins.")
            return
        start = picture.start_time * picture.time_base
        first, stop = start + Fraction(begins), start + Fraction(ends)
        yield Sound(_source=source, _stream=source.streams.audio[0], _first=first, _stop=stop)
