"""Find the sources in a folder: every form looks at every folder and recognises its own by the files in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tracker_core.training.sources import coco, mot, sequences, vid, youtube_bb
from tracker_core.training.sources.reader import SourceReader

ReadersIn = Callable[[Path, Sequence[str]], list[SourceReader]]
"""The sources of which a folder with these files is the root; an empty list if there are none."""

WHOLE: tuple[ReadersIn, ...] = (sequences.readers_in, mot.readers_in)
"""Forms whose source is the folder with everything below it; nothing else is looked for there."""

ROOTS: tuple[tuple[ReadersIn, frozenset[str]], ...] = (
    (coco.readers_in, frozenset({"annotations", "images"})),
    (vid.readers_in, frozenset({"Annotations", "Data"})),
    (youtube_bb.readers_in, frozenset()),
)
"""Forms whose files may lie among others, with the folders that only hold their own."""

FORMS = "OTB, GOT-10k, LaSOT, VOT or MOT sequences, COCO, ImageNet VID or YouTube-BB"


def find_sources(folder: Path) -> list[SourceReader]:
    """The sources in a folder and below it, in the order of their paths; none where there are none.

    Links to folders are followed, each folder is looked into once.

    Raises:
        OSError: if there is no such folder, or one below it cannot be looked into.
    """
    folder = Path(os.path.abspath(folder))  # so that it has a name even if it was given as "."
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
    """Raise the error of a folder that cannot be listed, which ``os.walk`` would ignore."""
    raise error
