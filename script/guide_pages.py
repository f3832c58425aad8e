"""Writes the pages of the user guide that come from the program's own tables, so that they are never out of date.

    python script/guide_pages.py               writes the card of keys and the table of formats
    python script/guide_pages.py --pictures    makes the pictures anew as well, by the demo in an unseen window

A test of the suite says when a page has to be written again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import cv2  # noqa: E402

from app.exchange.format import Export, Format, Holds, Option, Place, Rendering  # noqa: E402
from app.exchange.formats import EXPORTS  # noqa: E402
from app.views.window.actions import ACTIONS, SECTIONS  # noqa: E402
from app.views.window.fixed_keys import MOUSE_AND_FIXED_KEYS  # noqa: E402
from app.views.window.looking_actions import LOOKING_ACTIONS  # noqa: E402

GUIDE = ROOT / "docs" / "guide"
BEGIN, END = "<!-- made by script/guide_pages.py: do not edit by hand -->", "<!-- end -->"
PICTURE_QUALITY = 90

HOLDS = {
    Holds.TRACKS: "tracks", Holds.LABELS: "labels", Holds.SCORES: "scores", Holds.SOURCES: "sources",
    Holds.OCCLUDED: "occluded", Holds.REVIEWED: "reviewed", Holds.ATTRIBUTES: "attributes",
    Holds.ATTRIBUTE_CHANGES: "where they change", Holds.ATTRIBUTE_KINDS: "what they can be",
}  # fmt: skip
PLACES = {Place.FILE: "one file", Place.FOLDER: "a folder", Place.EITHER: "one file or a folder"}


def keys() -> str:
    """Every action with a key, and what mouse and fixed keys do; one table per menu."""
    sections = {
        name: [
            (row.key, row.text.rstrip("…"), row.tooltip)
            for row in (*ACTIONS, *LOOKING_ACTIONS)
            if row.menu == name and row.key
        ]
        for name in SECTIONS
    }
    for row in MOUSE_AND_FIXED_KEYS:
        sections.setdefault(row.section, []).append((row.shortcut, row.text, ""))
    lines: list[str] = []
    for name, rows in sections.items():
        if rows:
            lines += ["", f"## {name}", "", "| key | what it does | |", "|---|---|---|"]
            lines += [f"| {_keys(key)} | {_cell(text)} | {_cell(more)} |" for key, text, more in rows]
    return "\n".join(lines)


def formats() -> str:
    """The table of export formats."""
    head = [
        "",
        "| name | what it is | lies in | holds | comes back | options of its own |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(_format_row, EXPORTS)])


def _format_row(entry: Export) -> str:
    options = ", ".join(f"`{option}`" for option in sorted(entry.options, key=list(Option).index))
    if isinstance(entry, Format):
        held = entry.holds
        holds = _held(held)
        holds = holds if entry.holds_with is None else "what its columns name"
    else:
        holds = "pictures"
    comes_back = "no" if isinstance(entry, Rendering) else "yes"
    cells = f"`{entry.name}`", f"**{_cell(entry.label)}.** {_cell(entry.description)}", PLACES[entry.place], holds
    return f"| {' | '.join((*cells, comes_back, options or '–'))} |"


def _held(held: frozenset[Holds]) -> str:
    left = [HOLDS[kind] for kind in Holds if kind not in held]
    if not left:
        return "everything"
    if len(left) == 1:
        return f"everything but {left[0]}"
    return ", ".join(HOLDS[kind] for kind in Holds if kind in held)


def _keys(shortcut: str) -> str:
    return "; ".join(f"`{key.strip()}`" for key in shortcut.split(";"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES = {"keys.md": keys, "formats.md": formats}


def with_table(page: str, table: str) -> str:
    """The page with this table between its marks.

    Raises:
        ValueError: if the page has no such marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{table}\n\n{END}{after}"


def stale_pages() -> Iterable[str]:
    """The names of pages that are out of date."""
    for name, table in PAGES.items():
        text = (GUIDE / name).read_text("utf-8")
        if with_table(text, table()) != text:
            yield name


def write_pages() -> None:
    for name, table in PAGES.items():
        path = GUIDE / name
        path.write_text(with_table(path.read_text("utf-8"), table()), "utf-8")


def write_pictures() -> None:
    """Run the demo in an invisible window, and save a picture of each step."""
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(ROOT / "main.py"), "demo", "--offscreen", folder, "--films"], check=True)
        keep_pictures(Path(folder))


def keep_pictures(folder: Path) -> None:
    """Copy a demo's pictures into the guide."""
    for film in folder.glob("*.webp"):
        shutil.copyfile(film, GUIDE / "images" / film.name)
    for picture in sorted(folder.glob("*.png")):
        name = re.sub(r"^\d+-", "", picture.stem)
        goal = GUIDE / "images" / f"{name}.webp"
        goal.parent.mkdir(exist_ok=True)
        image = cv2.imread(str(picture))
        if image is None:
            raise OSError(f"{picture} is no picture")
        cv2.imwrite(str(goal), image, [cv2.IMWRITE_WEBP_QUALITY, PICTURE_QUALITY])


if __name__ == "__main__":
    write_pages()
    if "--pictures" in sys.argv[1:]:
        write_pictures()
