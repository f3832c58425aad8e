"""Opening a video file, and saying in one sentence why it could not be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.video.info import VideoError

ONLY_THIS_FILE = {"protocol_whitelist": "file"}  # a file may name others, and even addresses in the network
LONGEST_LIST_HEAD = 1000  # bytes
MP4_BOX_TYPE = slice(4, 8)  # where an MP4 or MOV says what its first box is


def open_container(
    path: Path, *, film: int | None = None, decoding_threads: int = 0
) -> tuple[InputContainer, VideoStream]:
    """The file and the video stream to read. Used and closed by one thread only: FFmpeg decoders crash when shared.

    ``film`` is the number of the stream, by default the first that shows a film. ``decoding_threads`` is how many
    FFmpeg may use of its own, 0 for as many as it likes.

    Raises:
        VideoError: if the file is missing, empty, cut off, without pictures, or no video at all.
    """
    try:
        _refuse_list(path)
        container = av.open(str(path), metadata_errors="replace", options=ONLY_THIS_FILE)
    except FileNotFoundError:
        raise VideoError(f"There is no file {path}; choose where it is now.") from None
    except PermissionError:
        raise VideoError(f"{path} may not be read; give yourself the permission, or choose a copy.") from None
    except av.error.FFmpegError as error:
        raise VideoError(_why_not_opened(path)) from error
    try:
        return container, _video_stream(path, container, film, decoding_threads)
    except VideoError:
        container.close()
        raise


def _why_not_opened(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if not head:
        return f"{path} is empty; copy or record it again."
    if head[MP4_BOX_TYPE] == b"ftyp":
        return cut_off(path)
    return f"{path} is not a video that can be read; choose another file, or convert it to MP4 first."


def cut_off(path: Path) -> str:
    return f"{path} was cut off before its end; copy it again, or save what is left of it under a new name with ffmpeg."


def _refuse_list(path: Path) -> None:
    """
    Raises:
        VideoError: if the file only says where videos are. FFmpeg would go and fetch them, from the network too.
    """
    with path.open("rb") as file:
        head = file.read(LONGEST_LIST_HEAD).lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"ffconcat version") or path.suffix.lower() == ".ffconcat":
        raise VideoError(
            f"{path} is a list of videos; join them into one first: ffmpeg -f concat -i LIST -c copy joined.mkv."
        )
    if head.startswith((b"#EXTM3U", b"<MPD", b"v=0")) or b"<MPD" in head:
        raise VideoError(f"{path} is a playlist, which only says where the video is; save the video itself.")


def films_in(container: InputContainer) -> list[VideoStream]:
    """The streams that show a film: no covers of songs, and nothing that no decoder knows."""
    # A stream without a known decoder has no context, and touching its attributes ends the whole process.
    return [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
        and stream.codec_context is not None
        and stream.codec_context.width
    ]


def _video_stream(path: Path, container: InputContainer, film: int | None, decoding_threads: int) -> VideoStream:
    if container.format.name == "tty":  # FFmpeg draws any text file as a film of a terminal
        raise VideoError(f"{path} is a text file; choose a video.")
    films = films_in(container)
    if film is not None:
        films = [stream for stream in films if stream.index == film]
        if not films:
            raise VideoError(f"{path} has no film {film}; choose another one.")
    covers = [stream for stream in container.streams.video if stream.disposition & Disposition.attached_pic]
    if not films and len(covers) < len(container.streams.video):
        raise VideoError(f"The pictures in {path} are in a coding that cannot be read; convert it to H.264 first.")
    if not films and container.streams.audio:
        raise VideoError(f"{path} has sound but no picture; choose a video.")
    if not films:
        raise VideoError(f"{path} has no picture in it, or was cut off after its first bytes; choose another file.")
    stream = films[0]
    stream.thread_type = "AUTO"
    stream.codec_context.thread_count = decoding_threads
    return stream


def _skip_what_is_not_leant_on(stream: VideoStream, skips: bool) -> None:
    wanted: Literal["NONREF", "DEFAULT"] = "NONREF" if skips else "DEFAULT"
    if stream.codec_context.skip_frame != wanted:
        stream.codec_context.skip_frame = wanted


def decoded_frames(
    packets: Iterable[Packet[VideoStream]],
    *,
    first: int = 0,
    whole_from: int = 0,
    on_damaged: Callable[[int], None] | None = None,
) -> Iterator[tuple[int, VideoFrame]]:
    """Each frame with the number of its packet, in the order of showing. ``first`` is the number of the first packet.

    A packet's time is set to its number before it goes in: decoders hand a frame the time of its own packet, so this
    says which it is, whatever the file says of times. Packets without a byte have no number. Before the packet
    ``whole_from`` only pictures are decoded on which others lean: what comes after is the same, and comes sooner.

    ``on_damaged`` hears of a packet that cannot be decoded. Where several threads decode, the error may come with a
    later packet. Decoders refuse a damaged packet with several kinds of error: invalid data, invalid argument, not
    supported.
    """
    number = first - 1
    for packet in packets:
        if packet.size:
            number += 1
            packet.pts = number
            _skip_what_is_not_leant_on(packet.stream, number < whole_from)
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            if on_damaged is not None:
                on_damaged(number)
            continue
        for frame in frames:
            if frame.pts is not None:
                yield frame.pts, frame
