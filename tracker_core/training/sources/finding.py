"""Finds the sources in a folder: each reader looks at each folder and recognises its format by the files in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tracker_core.training.sources import coco, mot, sequences, vid, youtube_bb
from tracker_core.training.sources.reader import SourceReader

ReadersIn = Callable[[Path, Sequence[str]], list[SourceReader]]
"""Takes a folder and the names of its files, and returns the sources whose root that folder is."""

WHOLE: tuple[ReadersIn, ...] = (sequences.readers_in, mot.readers_in)
"""Formats in which a source is a whole folder, so nothing else is looked for below it."""

ROOTS: tuple[tuple[ReadersIn, frozenset[str]], ...] = (
    (coco.readers_in, frozenset({"annotations", "images"})),
    (vid.readers_in, frozenset({"Annotations", "Data"})),
    (youtube_bb.readers_in, frozenset()),
)
"""Formats whose files may lie among others, each with the subfolders that belong to it alone."""

FORMS = "OTB, GOT-10k, LaSOT, VOT or MOT sequences, COCO, ImageNet VID or YouTube-BB"


def find_sources(folder: Path) -> list[SourceReader]:
    """The sources in a folder and its subfolders, in the order of their paths; an empty list if there are none.

    Links to folders are followed. Each folder is visited once.

    Raises:
        OSError: if there is no such folder, or a subfolder cannot be listed.
    """
    folder = Path(os.path.abspath(folder))  # gives "." a name
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}")
    found: list[SourceReader] = []
    seen: set[str] = set()
    for place, below, files in os.walk(folder, followlinks=True, onerror=_say):
        real = os.path.realpath(place)
        if real in seen:
            below.clear()
            continue
        seen.add(real)
        whole = [reader for form in WHOLE for reader in form(Path(place), files)]
        found += whole
        if whole:
            below.clear()
            continue
        for form, own in ROOTS:
            readers = form(Path(place), files)
            found += readers
            if readers:
                below[:] = [name for name in below if name not in own]
    return sorted(found, key=lambda reader: (reader.path, reader.name))


def _say(error: OSError) -> None:
    """Raise the error of a folder that cannot be listed; by default ``os.walk`` ignores it."""
    raise error
