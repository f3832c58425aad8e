"""Clips with faults of the kinds that recorders and bad disks make."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import av
from av.packet import Packet


def packets_of(path: Path) -> list[bytes]:
    """The bytes of each packet of the first film, in file order."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]


def with_packets(path: Path, changed: Callable[[int, bytes], bytes], *, suffix: str = "") -> Path:
    """A copy of the clip with other bytes in its packets."""
    goal = path.with_name(f"changed_{path.stem}{suffix or path.suffix}")
    with av.open(str(path)) as given, av.open(str(goal), "w") as target:
        film = given.streams.video[0]
        stream = target.add_stream_from_template(film)
        packets = (packet for packet in given.demux(film) if packet.size)
        for number, packet in enumerate(packets):
            copy = Packet(changed(number, bytes(packet)))
            copy.pts, copy.dts, copy.time_base = packet.pts, packet.dts, packet.time_base
            copy.is_keyframe = packet.is_keyframe
            copy.stream = stream
            target.mux(copy)
    return goal


def overwrite_packet(path: Path, number: int, data: bytes) -> None:
    """Overwrite a packet in the file by bytes of the same length, without a muxer."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(container.streams.video[0]) if packet.size]
        old, place = bytes(packets[number]), packets[number].pos or 0
    assert len(data) == len(old)
    content = path.read_bytes()
    place = content.index(old, place)
    path.write_bytes(content[:place] + data + content[place + len(old) :])


# MPEG-4 part 2

VOP_START = b"\x00\x00\x01\xb6"
TIME_BITS = 5  # of vop_time_increment at 25 frames a second
USER_DATA_OF_DIVX = b"\x00\x00\x01\xb2DivX503b1393p"  # by which a decoder knows packed pictures


def not_coded(picture: bytes) -> bytes:
    """The same picture's header, which says that there is no picture: recorders write it where nothing has changed."""
    start = picture.index(VOP_START)
    bits = f"{int.from_bytes(picture[start + 4 : start + 8], 'big'):032b}"
    place = 2 + bits[2:].index("0") + 2 + TIME_BITS + 1  # coding type, seconds, marker, time, marker
    assert bits[place] == "1", "the picture was not coded anyway"
    head = "01" + bits[2:place] + "0" + "1" * (-(place + 1) % 8)
    return VOP_START + int(head, 2).to_bytes(len(head) // 8, "big")


def packed(path: Path) -> Path:
    """An MPEG-4 clip with single B-frames as DivX and Xvid write it: a picture and the B-frame before it in one packet,
    then a packet that says "no picture".
    """
    pictures = packets_of(path)
    coding_types = [picture[picture.index(VOP_START) + 4] >> 6 for picture in pictures]  # 0: I, 1: P, 2: B
    given = list(pictures)
    for number in range(1, len(given)):
        if coding_types[number] == 2:
            given[number - 1] += pictures[number]
            given[number] = not_coded(pictures[number - 1])
    start = given[0].index(VOP_START)
    given[0] = given[0][:start] + USER_DATA_OF_DIVX + given[0][start:]
    return with_packets(path, lambda number, data: given[number])


# AVI


def with_empty_chunks_at_the_end(path: Path, count: int) -> Path:
    """An AVI whose last pictures are chunks of no byte, counted in its header like the others."""
    data = path.read_bytes()
    movi = data.index(b"LIST", data.index(b"movi") - 8)
    movi_end = movi + 8 + _size_at(data, movi)
    index = data.index(b"idx1", movi_end)
    index_end = index + 8 + _size_at(data, index)
    last_offset = struct.unpack("<I", data[index_end - 8 : index_end - 4])[0]
    chunks = b"00dc\0\0\0\0" * count
    entries = b"".join(struct.pack("<4sIII", b"00dc", 16, last_offset + 8 * (k + 1), 0) for k in range(count))
    whole = bytearray(
        data[: movi + 4]
        + struct.pack("<I", _size_at(data, movi) + len(chunks))
        + data[movi + 8 : movi_end]
        + chunks
        + data[movi_end : index + 4]
        + struct.pack("<I", _size_at(data, index) + len(entries))
        + data[index + 8 : index_end]
        + entries
        + data[index_end:]
    )
    struct.pack_into("<I", whole, 4, len(whole) - 8)
    for tag, offset in ((b"avih", 8 + 16), (b"strh", 8 + 32)):  # dwTotalFrames and dwLength
        place = whole.index(tag) + offset
        struct.pack_into("<I", whole, place, struct.unpack_from("<I", whole, place)[0] + count)
    goal = path.with_stem(f"{path.stem}_with_empty_chunks")
    goal.write_bytes(whole)
    return goal


def _size_at(data: bytes, chunk: int) -> int:
    return int(struct.unpack_from("<I", data, chunk + 4)[0])


# H.264

SEI, RECOVERY_POINT = 6, 6
RECOVERED_AT_ONCE = bytes([SEI, RECOVERY_POINT, 1, 0b11000100, 0x80])  # recovery_frame_cnt = 0


def recovered_at_once(picture: bytes) -> bytes:
    """A picture (of MP4 or Matroska) whose recovery point, if it has one, claims that all is well from there on."""
    units, place = [], 0
    while place < len(picture):
        size = int.from_bytes(picture[place : place + 4], "big")
        unit = picture[place + 4 : place + 4 + size]
        is_recovery = unit[0] & 31 == SEI and unit[1] == RECOVERY_POINT
        units.append(RECOVERED_AT_ONCE if is_recovery else unit)
        place += 4 + size
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)
