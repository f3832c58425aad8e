"""Builds the index of a film, from its packets' times or from a decoding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from av.video.frame import VideoFrame

from app.video.index import Int64Array, UInt32Array, VideoIndex
from app.video.orientation import Orientation
from app.video.packets import Film, FilmPacket

LONGEST_REORDERING = 64  # frames; a larger displacement means that the clock was set back somewhere
MOST_LEANING_BACK = 16  # frames that may be shown before, and decoded after, the one they refer to
LARGEST_WITHOUT_PICTURE = 19  # bytes of an MPEG-4 packet that means "no picture"


class DecodedFilm(NamedTuple):
    """What the decoder returned, in display order."""

    packets: list[int]
    checks: list[int]
    damaged: list[int]  # packets that cannot be decoded
    first: VideoFrame


def index_by_times(film: Film, begun: DecodedFilm) -> VideoIndex | None:
    """The index by the packets' times; None if times are missing or wrong, or contradict the first decoded frames."""
    shown = _shown_in_order(film.packets)
    if shown is None:
        return None
    packets, pts = shown
    refused = set(begun.damaged)
    expected = [packet for packet in packets[: len(begun.packets) + len(refused)] if packet not in refused]
    if expected[: len(begun.packets)] != begun.packets:
        return None
    known = dict(zip(begun.packets, begun.checks, strict=True))
    sure = packets[: packets.index(begun.packets[-1]) + 1]
    return _index(
        film,
        begun.first,
        np.array(packets, dtype=np.int64),
        pts,
        checks=np.array([known.get(packet, 0) for packet in sure], dtype=np.uint32),
        damaged=[place for place, packet in enumerate(sure) if packet in refused],
        is_proven=False,
    )


def _shown_in_order(packets: Sequence[FilmPacket]) -> tuple[list[int], Int64Array] | None:
    """The packets in display order, by their times, which must all exist, differ, and never jump back."""
    first_sync = next((packet.pts for packet in packets if packet.is_sync), None)
    if first_sync is None:
        return None
    numbers, times = [], []
    for number, packet in enumerate(packets):
        if not packet.is_shown:
            continue
        if packet.pts is None:
            return None
        # Packets before the first sync point refer to pictures outside this file and are never decoded.
        if packet.pts >= first_sync:
            numbers.append(number)
            times.append(packet.pts)
    pts = np.array(times, dtype=np.int64)
    order = np.argsort(pts, kind="stable")
    if np.abs(order - np.arange(len(order))).max(initial=0) > LONGEST_REORDERING:
        return None
    pts = pts[order]
    if not len(pts) or not (np.diff(pts) > 0).all():
        return None
    return [numbers[place] for place in order], pts


def index_by_decoding(film: Film, decoded: DecodedFilm) -> VideoIndex:
    """The index of a decoding with one thread, with a place for each packet that cannot be decoded."""
    found = list(zip(decoded.packets, decoded.checks, strict=True))
    refused = _refused(film, decoded)
    times = [film.packets[packet].pts for packet, _ in found]
    lost = [film.packets[packet].pts for packet in refused]
    pts: Int64Array | None = None
    if _rise(times) and None not in lost and not {*times} & {*lost}:
        in_order = sorted(zip([*times, *lost], [*found, *((packet, 0) for packet in refused)], strict=True))
        found = [picture for _, picture in in_order]
        pts = np.array([time for time, _ in in_order], dtype=np.int64)
    else:  # the display time of a refused packet is unknown: place it after everything before it in the file
        for packet in refused:
            found.insert(sum(1 for other, _ in found if other < packet), (packet, 0))
    lacking = set(refused)
    return _index(
        film,
        decoded.first,
        np.array([packet for packet, _ in found], dtype=np.int64),
        pts,
        checks=np.array([check for _, check in found], dtype=np.uint32),
        damaged=[frame for frame, (packet, _) in enumerate(found) if packet in lacking],
        is_proven=True,
    )


def _refused(film: Film, decoded: DecodedFilm) -> list[int]:
    """Packets that should have given a frame. Before the first sync point nothing can be shown anyway."""
    first_sync = next(number for number, packet in enumerate(film.packets) if packet.is_sync)
    begin = min(first_sync, *decoded.packets)
    damaged = {packet for packet in decoded.damaged if packet >= begin}
    if film.codec.startswith("mpeg"):
        damaged |= _passed_over(film, decoded, damaged)
    return sorted({packet for packet in damaged if film.packets[packet].is_shown} - set(decoded.packets))


def _passed_over(film: Film, decoded: DecodedFilm, damaged: set[int]) -> set[int]:
    """B-frames that an MPEG decoder drops without an error, because the picture they refer to is damaged."""
    brought = set(decoded.packets)
    found: set[int] = set()
    leans_on_damage = False
    for number, packet in enumerate(film.packets):
        if packet.is_sync:
            leans_on_damage = number in damaged
        elif number in damaged:
            leans_on_damage = True
        elif leans_on_damage and number not in brought and packet.size > LARGEST_WITHOUT_PICTURE:
            found.add(number)
    return found


def _rise(times: Sequence[int | None]) -> bool:
    known = [time for time in times if time is not None]
    return len(known) == len(times) and bool((np.diff(np.array(known, dtype=np.int64)) > 0).all())


def _index(
    film: Film,
    shown: VideoFrame,
    packets: Int64Array,
    pts: Int64Array | None,
    *,
    checks: UInt32Array,
    damaged: list[int],
    is_proven: bool,
) -> VideoIndex:
    """``pts`` is None if the file has no credible times; then they are made up at the nominal rate."""
    time_base = film.time_base
    if pts is None:
        pts, time_base = np.arange(len(packets), dtype=np.int64), 1 / film.nominal_rate
    points = _sync_points(film.packets, packets, set(damaged))
    _forget_checks_after_damage(checks, damaged, points.frames)
    orientation = Orientation.from_exif(film.exif_orientation) if film.codec == "mjpeg" else Orientation.of(shown)
    width, height = orientation.size(width=shown.width, height=shown.height)
    return VideoIndex(
        pts=pts,
        time_base=time_base,
        packets=packets,
        damaged=np.array(damaged, dtype=np.int64),
        checks=checks,
        is_proven=is_proven,
        packet_count=len(film.packets),
        film=film.number,
        films=np.array([tuple(other) for other in film.in_file], dtype=np.int64).reshape(-1, 4),
        sync_packets=points.packets,
        sync_frames=points.frames,
        sync_stamps=points.stamps,
        sync_sizes=points.sizes,
        seeks_by_dts=points.are_dts,
        width=width,
        height=height,
        orientation=orientation,
        frame_rate=_mean_rate(pts, time_base=time_base, nominal_rate=film.nominal_rate),
        fingerprint="",
        levels=None,
    )


def _forget_checks_after_damage(checks: UInt32Array, damaged: list[int], sync_frames: Int64Array) -> None:
    """Up to the next sync point, pictures refer to what is lost, and several threads conceal that differently than one.
    Some pictures that are shown before the damaged frame are decoded after it.
    """
    healed = 0
    for frame in damaged:
        begin = max(frame - MOST_LEANING_BACK, 0)
        if begin < healed and frame < healed:
            continue
        place = int(np.searchsorted(sync_frames, frame, side="right"))
        healed = int(sync_frames[place]) if place < len(sync_frames) else len(checks)
        checks[begin:healed] = 0


class _SyncPoints(NamedTuple):
    """Packets at which decoding can start."""

    packets: Int64Array
    frames: Int64Array
    stamps: Int64Array
    sizes: Int64Array
    are_dts: bool  # the stamps


def _sync_points(packets: Sequence[FilmPacket], shown: Int64Array, damaged: set[int]) -> _SyncPoints:
    """Decoding can start at a sync point for all frames from which on no frame comes from an earlier packet. The
    beginning of the file is always the first sync point, and the only one if stamps are missing or jump back.
    """
    frame_of = {packet: frame for frame, packet in enumerate(shown.tolist()) if frame not in damaged}
    marked = [number for number, packet in enumerate(packets) if packet.is_sync and number in frame_of]
    earliest = np.minimum.accumulate(shown[::-1])[::-1]  # the first packet that any later frame comes from
    for are_dts in (False, True):
        stamps = [packets[number].dts if are_dts else packets[number].pts for number in marked]
        if not marked or not _rise(stamps):
            continue
        numbers = np.array(marked, dtype=np.int64)
        frames = np.maximum([frame_of[number] for number in marked], np.searchsorted(earliest, numbers))
        sizes = [packets[number].size for number in marked]
        rows = np.stack([numbers, np.maximum.accumulate(frames), np.array(stamps, dtype=np.int64), sizes])
        rows = np.concatenate([np.zeros((4, 1), dtype=np.int64), rows[:, (frames > 0) & (frames < len(shown))]], axis=1)
        return _SyncPoints(rows[0], rows[1], rows[2], rows[3], are_dts)
    beginning = np.zeros(1, dtype=np.int64)
    return _SyncPoints(beginning, beginning, beginning, beginning, False)


def _mean_rate(pts: Int64Array, *, time_base: Fraction, nominal_rate: Fraction) -> Fraction:
    """The rate in the header, unless the frames themselves show another."""
    if len(pts) < 2 or pts[-1] <= pts[0]:
        return nominal_rate
    measured = (len(pts) - 1) / (int(pts[-1] - pts[0]) * time_base)
    return nominal_rate if abs(measured / nominal_rate - 1) < 0.01 else measured.limit_denominator(1001)
