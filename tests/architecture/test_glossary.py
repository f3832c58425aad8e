"""CONTEXT.md: every word is explained once, says what to avoid, and is not itself avoided by accident."""

from __future__ import annotations

import re
from pathlib import Path

ENTRY = re.compile(r"^\*\*(?P<term>[^*]+)\*\*: (?P<meaning>.+?)\n\*Avoid\*: (?P<avoid>.+)$", re.MULTILINE | re.DOTALL)


def entries(project_root: Path) -> dict[str, str]:
    """What to avoid, by term."""
    blocks = re.split(r"\n\s*\n", (project_root / "CONTEXT.md").read_text("utf-8").strip())
    terms = [block for block in blocks if block.startswith("**")]
    matches = [ENTRY.match(block) for block in terms]
    assert all(matches), "each entry is '**term**: meaning' and, on the last line, '*Avoid*: other words'"
    found = [(match["term"], match["avoid"]) for match in matches if match]
    assert len(dict(found)) == len(found), "a term is explained twice"
    return dict(found)


def test_every_term_is_explained_once_and_says_what_to_avoid(project_root: Path) -> None:
    assert len(entries(project_root)) > 20


def test_no_term_avoids_itself(project_root: Path) -> None:
    for term, avoid in entries(project_root).items():
        assert term not in re.sub(r"\([^)]*\)", "", avoid).split(", ")
