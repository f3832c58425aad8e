"""``seqinfo.ini``: describes the video in a MOTChallenge sequence folder."""

from __future__ import annotations

import configparser
from pathlib import Path

from app.exchange.errors import ExchangeError, read_text, shortened
from app.exchange.findings import Findings
from app.model.project import VideoReference

KEYS = ("name", "imDir", "frameRate", "seqLength", "imWidth", "imHeight", "imExt")  # exactly these, in this order
LONGEST_NUMBER = 9  # digits
WHOLE_NUMBERS = ("frameRate", "seqLength", "imWidth", "imHeight")


def write_seqinfo(path: Path, *, name: str, video: VideoReference, frame_count: int, suffix: str) -> None:
    """``frame_count``: of the frames that the sequence holds. ``suffix``: of its pictures."""
    # No spaces around "=" and a whole frame rate: two common readers fail on anything else.
    values = (name, "img1", max(1, round(video.frame_rate)), frame_count, video.width, video.height, suffix)
    lines = ["[Sequence]", *(f"{key}={value}" for key, value in zip(KEYS, values, strict=True))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def read_seqinfo(path: Path) -> dict[str, str]:
    """The keys and values of the section ``[Sequence]``, keys as they are spelt.

    Raises:
        ExchangeError: if it cannot be read or has no such section.
    """
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep the case of keys
    try:
        parser.read_string(read_text(path))
        return dict(parser["Sequence"])
    except (configparser.Error, KeyError):
        raise ExchangeError(f"{path} is not an ini file with a section [Sequence].") from None


def check_seqinfo(path: Path, findings: Findings, *, last_frame: int) -> None:
    """``last_frame``: the last frame with a box, 1-based."""
    try:
        values = read_seqinfo(path)
    except ExchangeError as error:
        findings.add(path.name, str(error))
        return
    for key in KEYS:
        if key not in values:
            findings.add(path.name, f"the key {key} is missing")
    for key in values.keys() - set(KEYS):
        findings.add(path.name, f"{shortened(key)} is none of the keys {', '.join(KEYS)}")
    for key in WHOLE_NUMBERS:
        if key in values and (not values[key].isdecimal() or len(values[key]) > LONGEST_NUMBER):
            findings.add(path.name, f"{key} is {shortened(values[key])}, and readers take whole numbers only")
    if any(" =" in line or "= " in line for line in read_text(path).splitlines()):
        findings.add(path.name, 'there are spaces around "=", which some readers take for a part of the key')
    length = values.get("seqLength", "")
    if length.isdecimal() and len(length) <= LONGEST_NUMBER and int(length) < last_frame:
        findings.add(path.name, f"seqLength is {length}, but there are boxes up to frame {last_frame}")
