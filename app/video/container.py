"""Opens a video file, or says in one sentence why it cannot be opened."""

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

from app.small_files import NoFileError, open_small_file
from app.video.info import VideoError

ONLY_THIS_FILE = {"protocol_whitelist": "file"}  # a file may refer to other files, and even to network addresses
LONGEST_LIST_HEAD = 1000  # bytes
MP4_BOX_TYPE = slice(4, 8)  # the place of the first box's type in an MP4 or MOV


def open_container(
    path: Path, *, film: int | None = None, decoding_threads: int = 0
) -> tuple[InputContainer, VideoStream]:
    """The file and the video stream to read. Use and close it on one thread only: FFmpeg decoders crash when shared.

    ``film`` is the number of the stream, by default the first film. ``decoding_threads`` limits FFmpeg's own threads; 0
    lets FFmpeg decide.

    Raises:
        VideoError: if the file is missing, empty, cut off, without pictures, or no video at all.
    """
    try:
        _refuse_list(path)
        container = av.open(str(path), metadata_errors="replace", options=ONLY_THIS_FILE)
    except FileNotFoundError:
        raise VideoError(f"There is no file {path}; choose where it is now.") from None
    except NoFileError:
        raise VideoError(f"{path} is a folder, a pipe or a device; choose a video.") from None
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
        VideoError: if the file is a list of videos. FFmpeg would open them, even over the network.
    """
    with open_small_file(path) as file:
        head = file.read(LONGEST_LIST_HEAD).lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"ffconcat version") or path.suffix.lower() == ".ffconcat":
        raise VideoError(
            f"{path} is a list of videos; join them into one first: ffmpeg -f concat -i LIST -c copy joined.mkv."
        )
    if head.startswith((b"#EXTM3U", b"<MPD", b"v=0")) or b"<MPD" in head:
        raise VideoError(f"{path} is a playlist, which only says where the video is; save the video itself.")


def films_in(container: InputContainer) -> list[VideoStream]:
    """The streams that show a film, without cover pictures and streams without a decoder."""
    # A stream without a known decoder has no context, and reading its attributes crashes the process.
    return [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
        and stream.codec_context is not None
        and stream.codec_context.width
    ]


def _video_stream(path: Path, container: InputContainer, film: int | None, decoding_threads: int) -> VideoStream:
    if container.format.name == "tty":  # FFmpeg renders any text file as a film of a terminal
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
    """Each frame with the number of its packet, in display order. ``first`` is the number of the first packet. A
    packet's time is replaced by its number before decoding: a decoder gives a frame the time of its packet, so this
    identifies the packet, whatever times are in the file. Empty packets are not numbered. Before the packet
    ``whole_from`` only reference pictures are decoded: the frames after it are the same, and come sooner.

    ``on_damaged`` is called for a packet that cannot be decoded. With several decoding threads, the error may come with
    a later packet. Decoders report damaged packets with several errors: invalid data, invalid argument, not supported.
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
