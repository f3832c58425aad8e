"""Reads what a film's packets say about it, without decoding them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from app.video.container import cut_off, films_in, open_container
from app.video.exif import UPRIGHT, orientation_in_jpeg
from app.video.info import FilmInFile, OpeningCancelledError, VideoError

PACKETS_BETWEEN_REPORTS = 50
SECONDS_OF_GRACE = 1.0  # seconds by which a header may promise too much
NOMINAL_RATE = Fraction(25)  # frame rate of a stream that has none

Packets: TypeAlias = "Iterator[Packet[VideoStream]]"  # quoted: at run time a PyAV packet takes no parameter
Progress: TypeAlias = Callable[[float], None]
Cancelled: TypeAlias = Callable[[], bool]


class FilmPacket(NamedTuple):
    pts: int | None
    dts: int | None
    duration: int
    size: int
    is_sync: bool
    is_shown: bool


class Film(NamedTuple):
    """Facts about a film without decoding. ``in_file``: all films of the file, including this one."""

    number: int
    in_file: tuple[FilmInFile, ...]
    packets: list[FilmPacket]
    time_base: Fraction
    nominal_rate: Fraction
    codec: str
    exif_orientation: int


def walked_through(path: Path, number: int | None, on_progress: Progress, is_cancelled: Cancelled) -> Film:
    """Read all packets of the film of that number, or of the main film.

    Raises:
        VideoError: if the file was cut off.
        OpeningCancelledError: once ``is_cancelled`` has said yes.
    """
    container, _ = open_container(path, film=number)
    with container:
        streams = {stream.index: stream for stream in films_in(container)}
        demuxed = cast(Packets, container.demux(*streams.values()))  # PyAV's types are too wide
        found = _packets_in(path, watched_packets(path, demuxed, on_progress, is_cancelled))
        in_file = tuple(
            FilmInFile(
                index, len(found.packets.get(index, ())), stream.codec_context.width, stream.codec_context.height
            )
            for index, stream in streams.items()
        )
        if number is None:
            number = _main(in_file).number
        stream, packets = streams[number], found.packets.get(number, [])
        codec = stream.codec_context.name
        exif_orientation = orientation_in_jpeg(found.first.get(number, b"")) if codec == "mjpeg" else UPRIGHT
        if _is_cut_off(path, container, stream, packets):
            raise VideoError(cut_off(path))
        return Film(
            number=number,
            in_file=in_file,
            packets=packets,
            time_base=stream.time_base or Fraction(1, 1000),
            nominal_rate=stream.average_rate or stream.guessed_rate or NOMINAL_RATE,
            codec=codec,
            exif_orientation=exif_orientation,
        )


def _main(films: tuple[FilmInFile, ...]) -> FilmInFile:
    """The largest film, ignoring those shorter than half of the longest: covers, and previews of a few pictures."""
    longest = max(film.packet_count for film in films)
    long = [film for film in films if film.packet_count * 2 > longest] or list(films)
    return max(long, key=lambda film: (film.width * film.height, film.packet_count, -film.number))


def watched_packets(path: Path, packets: Packets, on_progress: Progress, is_cancelled: Cancelled) -> Packets:
    size = max(path.stat().st_size, 1)
    for count, packet in enumerate(packets):
        if is_cancelled():
            raise OpeningCancelledError(path)
        if count % PACKETS_BETWEEN_REPORTS == 0:
            on_progress(min(max(packet.pos or 0, 0) / size, 1.0))
        yield packet


class _Found(NamedTuple):
    """By the numbers of streams."""

    packets: dict[int, list[FilmPacket]]
    first: dict[int, bytes]  # the first packet


def _packets_in(path: Path, packets: Packets) -> _Found:
    """All packets that are not empty."""
    found = _Found({}, {})
    try:
        for packet in packets:
            if not packet.size:  # the last one only flushes the decoder
                continue
            of_stream = found.packets.setdefault(packet.stream_index, [])
            if not of_stream:
                found.first[packet.stream_index] = bytes(packet)
            of_stream.append(
                FilmPacket(
                    pts=packet.pts,
                    dts=packet.dts,
                    duration=packet.duration or 0,
                    size=packet.size,
                    is_sync=packet.is_keyframe,
                    is_shown=not packet.is_discard,
                )
            )
    except av.error.FFmpegError as error:
        raise VideoError(cut_off(path)) from error
    for of_stream in found.packets.values():
        if not any(packet.is_sync for packet in of_stream):
            of_stream[0] = of_stream[0]._replace(is_sync=True)
    return found


def _is_cut_off(path: Path, container: InputContainer, stream: VideoStream, packets: list[FilmPacket]) -> bool:
    """Whether the header promises more than the file holds."""
    if "mp4" in container.format.name:  # the header lists the position of each packet
        entries = stream.index_entries
        return len(entries) > 0 and entries[-1].pos + entries[-1].size > container.size
    end = max((packet.pts + packet.duration for packet in packets if packet.pts is not None), default=0)
    if float(end * (stream.time_base or 0)) >= _promised_seconds(container, stream) - SECONDS_OF_GRACE:
        return False
    return container.format.name != "avi" or _riff_is_cut_off(path)


def _promised_seconds(container: InputContainer, stream: VideoStream) -> float:
    """The end of the video by the header, 0 if it does not say. (A file's length may be that of its sound.)"""
    if container.format.name == "avi" and stream.average_rate:
        return float(stream.frames / stream.average_rate)
    written = re.fullmatch(r"(\d+):(\d+):(\d+\.\d+)", stream.metadata.get("DURATION", ""))  # Matroska
    if written is None:
        return 0.0
    hours, minutes, seconds = map(float, written.groups())
    return hours * 3600 + minutes * 60 + seconds


def _riff_is_cut_off(path: Path) -> bool:
    """Whether an AVI claims to be longer than it is. A complete one may end in empty chunks."""
    size = path.stat().st_size
    with path.open("rb") as file:
        position = 0
        while position + 8 <= size:
            file.seek(position)
            head = file.read(8)
            if head[:4] != b"RIFF":
                break
            position += 8 + int.from_bytes(head[4:], "little")
    return position > size
