"""Clips with faults of the kinds that recorders and bad disks make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
from av.packet import Packet


def packets_of(path: Path) -> list[bytes]:
    """The bytes of each packet of the first film, in file order."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]


def with_packets(path: Path, changed: Callable[[int, bytes], bytes], *, suffix: str = "") -> Path:
    """The clip written again beside it, with other bytes in its packets."""
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
    """Put other bytes of the same length in the place of a packet, in the file itself.

    Raises:
        AssertionError: if the packet's bytes are in the file twice, or not as they are demuxed.
    """
    old, content = packets_of(path)[number], path.read_bytes()
    assert len(data) == len(old)
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, data))
