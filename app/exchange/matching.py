"""Finds which frame of the video each picture of a file is. The rules, the most reliable first: the name, if the video
is a folder that holds it; the number in the name, if all names have one; the ``frame_id``. Whether numbers count from 0
or 1 is derived from all of them. If no rule applies, pictures are counted in the order of the file. A rule that puts
pictures outside the video is skipped as long as another one fits. If rules disagree, a person has to choose.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.exchange.errors import ExchangeError, quoted
from app.exchange.match_rules import Match, Rule
from app.exchange.picture_names import names_in_folder
from app.model.project import VideoReference
from app.model.words import counted


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file says about one of its pictures. Boxes refer to it by ``key``. ``base`` is the format's number of the
    first frame in ``frame_id``; None if programs differ.
    """

    key: Hashable
    name: str | None = None
    frame_id: int | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """``frames``: from a picture's key to its frame, for pictures in the video. ``sentence``: the rule, for a
    person.
    """

    frames: Mapping[Hashable, int]
    match: Match
    sentence: str
    notes: tuple[str, ...] = ()


class MatchError(ExchangeError):
    """Two rules disagree. ``choices`` are the rules to choose between, each with its result."""

    def __init__(self, sentence: str, choices: Sequence[Matching]) -> None:
        super().__init__(sentence)
        self.choices = tuple(choices)


def match_pictures(
    pictures: Sequence[Picture], video: VideoReference, *, chosen: Match | None = None, file: object = "The file"
) -> Matching:
    """Match the pictures of a file, in its order, with the frames of a video. ``file`` is for messages.

    Raises:
        MatchError: if two rules disagree and none is chosen.
        ExchangeError: if the chosen rule says nothing about these pictures.
    """
    pictures = _of_this_video(pictures, video)
    if chosen is not None and chosen.rule is Rule.ORDER:
        return _matching(_by_order(pictures), pictures, video)
    readings = {
        Rule.NAME: _by_name(pictures, video),
        Rule.NUMBER: _by_number(pictures, video),
        Rule.FRAME_ID: _by_frame_id(pictures, video),
    }
    if chosen is not None:
        fitting = [reading for reading in readings[chosen.rule] if chosen.base in (None, reading.base)]
        if not fitting:
            raise ExchangeError(f"{file}: {_USELESS[chosen.rule]}; choose another rule than {chosen}.")
        best = next((reading for reading in fitting if reading.fits(video)), fitting[0])
        return _matching(best, pictures, video)
    there = {rule: found for rule, found in readings.items() if found}
    if not there:
        return _matching(_by_order(pictures), pictures, video)
    fit = {rule: [reading for reading in found if reading.fits(video)] for rule, found in there.items()}
    fit = {rule: found for rule, found in fit.items() if found}
    passed_over = [rule for rule in there if fit and rule not in fit]
    return _agreed(fit or there, pictures, video, passed_over=passed_over, file=file)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The frames of the pictures by one rule.

    ``base`` is the number of the first frame; None if the rule does not count. It is derived unless the file says.
    """

    rule: Rule
    frames: Mapping[Hashable, int]
    base: int | None = None
    is_derived: bool = False

    def fits(self, video: VideoReference) -> bool:
        frames = self.frames.values()
        return not frames or (min(frames) >= 0 and max(frames) < video.frame_count)

    def agrees(self, other: _Reading) -> bool:
        return self.frames == other.frames or all(
            other.frames.get(key, frame) == frame for key, frame in self.frames.items()
        )


_WHAT = {
    Rule.NAME: "its name in the folder",
    Rule.NUMBER: "the number in its name",
    Rule.FRAME_ID: "its frame number",
    Rule.ORDER: "its place in the file",
}
_NOUN = {Rule.NAME: "names", Rule.NUMBER: "numbers in the names", Rule.FRAME_ID: "frame numbers"}
_USELESS = {
    Rule.NAME: "the video is not a folder that holds pictures with these names",
    Rule.NUMBER: "the names of its pictures share no number",
    Rule.FRAME_ID: "its pictures have no frame numbers, or one number stands twice",
}
_SENTENCES = {
    Rule.NAME: "Pictures are matched by their file names",
    Rule.NUMBER: "Pictures are matched by the number in their file names",
    Rule.FRAME_ID: "Pictures are matched by their frame numbers",
    Rule.ORDER: "The pictures carry no frame numbers: they are counted in the order of the file",
}


def _agreed(
    readings: Mapping[Rule, list[_Reading]],
    pictures: Sequence[Picture],
    video: VideoReference,
    *,
    passed_over: Sequence[Rule],
    file: object,
) -> Matching:
    """The first reading of the most reliable rule that agrees with some reading of every other rule."""
    (_, candidates), *others = readings.items()
    agreed = [
        (candidate, partners)
        for candidate in candidates
        if all(partners := [_first_agreeing(found, candidate) for _, found in others])
    ]
    if agreed:
        best, partners = agreed[0]
        return _matching(
            best,
            pictures,
            video,
            agreeing=[_NOUN[partner.rule] for partner in partners if partner],
            is_open=len(agreed) > 1 and best.is_derived and all(partner.is_derived for partner in partners if partner),
            notes=[
                f"The pictures' {_NOUN[rule]} do not fit a video of {video.frame_count} frames: not used."
                for rule in passed_over
            ],
        )
    firsts = [found[0] for found in readings.values()]
    one, other = next((a, b) for a in firsts for b in firsts if not a.agrees(b))
    key = next(key for key, frame in one.frames.items() if other.frames.get(key, frame) != frame)
    name = next((picture.name or picture.key for picture in pictures if picture.key == key), key)
    raise MatchError(
        f"{file}: two rules disagree about which frame a picture is. {quoted(name)} is frame {one.frames[key]} by "
        f"{_WHAT[one.rule]} and frame {other.frames[key]} by {_WHAT[other.rule]}. Choose one of them "
        f"(--match {one.rule} or --match {other.rule}).",
        [_matching(reading, pictures, video) for reading in firsts],
    )


def _first_agreeing(readings: Sequence[_Reading], other: _Reading) -> _Reading | None:
    return next((reading for reading in readings if reading.agrees(other)), None)


def _matching(
    reading: _Reading,
    pictures: Sequence[Picture],
    video: VideoReference,
    *,
    agreeing: Sequence[str] = (),
    is_open: bool = False,
    notes: Iterable[str] = (),
) -> Matching:
    sentence = _SENTENCES[reading.rule]
    if reading.base is not None:
        sentence += f", counted from {reading.base}"
    if agreeing:
        sentence += f"; their {' and '.join(agreeing)} agree"
    sentence += "."
    if is_open and reading.base is not None:
        other = Match(reading.rule, 1 - reading.base)
        sentence += f" They could also count from {other.base}; then say so (--match {other})."
    missing = len(pictures) - len(reading.frames)
    more = [f"{counted(missing, 'picture')} of the file {'is' if missing == 1 else 'are'} not in the folder."]
    found = {key: frame for key, frame in reading.frames.items() if frame >= 0}
    return Matching(found, Match(reading.rule, reading.base), sentence, (*notes, *(more if missing else ())))


def _of_this_video(pictures: Sequence[Picture], video: VideoReference) -> Sequence[Picture]:
    """The pictures in the folder with the video's name, if there are several folders; else all."""
    folders = [_folder_and_name(picture)[0] for picture in pictures]
    if len(set(folders)) > 1:
        for name in (video.path.name, video.name):
            if name in folders:
                return [picture for picture, folder in zip(pictures, folders, strict=True) if folder == name]
    return pictures


def _by_order(pictures: Sequence[Picture]) -> _Reading:
    return _Reading(Rule.ORDER, {picture.key: position for position, picture in enumerate(pictures)})


def _by_name(pictures: Sequence[Picture], video: VideoReference) -> list[_Reading]:
    own = names_in_folder(video)
    if not own:
        return []
    whole = {name: position for position, name in enumerate(own)}
    stems = {_stem(name): position for position, name in enumerate(own)}
    frames: dict[Hashable, int] = {}
    for picture in pictures:
        if picture.name:
            _, name = _folder_and_name(picture)
            position = whole.get(name, stems.get(_stem(name)) if len(stems) == len(own) else None)
            if position is not None:
                frames[picture.key] = position
    return [_Reading(Rule.NAME, frames)] if _is_one_to_one(frames) else []


def _by_number(pictures: Sequence[Picture], video: VideoReference) -> list[_Reading]:
    numbers = _shared_numbers([_stem(_folder_and_name(picture)[1]) for picture in pictures])
    if numbers is None:
        return []
    own = _shared_numbers([_stem(name) for name in names_in_folder(video)])
    keys = [picture.key for picture in pictures]
    if own is not None:
        frame_of = {number: position for position, number in enumerate(own)}
        frames = {key: frame_of[number] for key, number in zip(keys, numbers, strict=True) if number in frame_of}
        return [_Reading(Rule.NUMBER, frames)] if frames else []
    return _with_bases(Rule.NUMBER, dict(zip(keys, numbers, strict=True)), stated=None)


def _by_frame_id(pictures: Sequence[Picture], video: VideoReference) -> list[_Reading]:
    numbers = {picture.key: picture.frame_id for picture in pictures if picture.frame_id is not None}
    if len(numbers) < len(pictures) or not _is_one_to_one(numbers):
        return []
    stated = {picture.base for picture in pictures}
    readings = _with_bases(Rule.FRAME_ID, numbers, stated=stated.pop() if len(stated) == 1 else None)
    if readings and not readings[0].is_derived and readings[0].fits(video):
        return readings[:1]  # the format says the number of the first frame, and nothing contradicts it
    return readings


def _with_bases(rule: Rule, numbers: Mapping[Hashable, int], *, stated: int | None) -> list[_Reading]:
    """One reading counts from 0 and one from 1, the likelier first. Numbers 1, 2, 3 ... without a gap probably count
    from 1, others from 0.
    """
    lowest, highest = min(numbers.values()), max(numbers.values())
    has_no_gap = len(numbers) > 1 and highest - lowest + 1 == len(numbers)
    likelier = stated if stated is not None else int(lowest == 1 and has_no_gap)
    return [
        _Reading(rule, {key: number - base for key, number in numbers.items()}, base, is_derived=stated is None)
        for base in (likelier, 1 - likelier)
        if base <= lowest
    ]


def _shared_numbers(stems: Sequence[str]) -> list[int] | None:
    """The number in which the stems differ: after their common beginning, or before their common end.

    None if there is no such number in each, or if two have the same.
    """
    if not stems:
        return None
    if len(stems) == 1:
        digits = re.findall(r"[0-9]+", stems[0])
        return [int(digits[-1])] if digits and len(digits[-1]) <= _LONGEST_NUMBER else None
    begin = _common_beginning(stems).rstrip("0123456789")
    numbers = [re.match(r"[0-9]+", stem[len(begin) :]) for stem in stems]
    if (found := _distinct(numbers)) is not None:
        return found
    end = _common_beginning([stem[::-1] for stem in stems])[::-1].lstrip("0123456789")
    return _distinct([re.search(r"[0-9]+$", stem[: len(stem) - len(end)]) for stem in stems])


_LONGEST_NUMBER = 18  # digits


def _common_beginning(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)  # of sorted texts the first and the last differ most
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]


def _distinct(numbers: Sequence[re.Match[str] | None]) -> list[int] | None:
    values = [int(found.group()) for found in numbers if found and len(found.group()) <= _LONGEST_NUMBER]
    return values if len(values) == len(set(values)) == len(numbers) else None


def _folder_and_name(picture: Picture) -> tuple[str, str]:
    """The name of the innermost folder, empty if there is none, and that of the picture."""
    folders, _, name = (picture.name or "").replace("\\", "/").rstrip("/").rpartition("/")
    return folders.rpartition("/")[2], name


def _stem(name: str) -> str:
    """A name without its suffix."""
    stem, _, _ = name.rpartition(".")
    return stem or name


def _is_one_to_one(frames: Mapping[Hashable, int]) -> bool:
    return bool(frames) and len(set(frames.values())) == len(frames)
