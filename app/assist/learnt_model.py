"""The result of a learning, and how it becomes one of the person's models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker_core.weights.catalog import BUILT_IN, SUFFIX, Model
from tracker_core.weights.keeping import ModelError, free_name

LONGEST_NAME = 48
NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Learnt:
    """A tracker that has learnt from a project and has not been added to the models yet."""

    project: str  # its name
    weights: bytes  # the content of the weights file
    source: Mapping[str, str]  # as in that file


def keep_learnt(learnt: Learnt, *, folder: Path, built_in: Path = BUILT_IN) -> Model:
    """Add it with a card to the person's models in ``folder``, under the first free name.

    Raises:
        ModelError: if it cannot be written.
    """
    from tracker_core.weights.adding import add_model  # torch comes with it

    name = _free_name(learnt.project, folder, built_in)
    with TemporaryDirectory(prefix="siamark-learnt-") as room:
        file = Path(room, f"{name}{SUFFIX}")
        file.write_bytes(learnt.weights)
        file.with_suffix(".md").write_text(_card(name, learnt), encoding="utf-8")
        return add_model(file, folder=folder, built_in=built_in)


def _free_name(project: str, folder: Path, built_in: Path) -> str:
    stem = NOT_IN_NAMES.sub("-", project)[:LONGEST_NAME].strip("-._") or "project"
    for number in count(1):
        name = f"{stem}-learned" if number == 1 else f"{stem}-learned-{number}"
        try:
            return free_name(name, folder=folder, built_in=built_in)
        except ModelError:
            continue
    raise AssertionError("numbers do not end")


def _card(name: str, learnt: Learnt) -> str:
    source = learnt.source
    return f"""# {name}

{source["base"]}, taught {source["boxes"]} boxes of the project {learnt.project}. For that project and videos like it.

| | |
|---|---|
| learnt from | {source["base"]} (sha256 {source["base_sha256"][:12]}…) |
| on | {source["date"]} |
| boxes that taught it | {source["boxes"]}, of which {source["drawn"]} were drawn or corrected by a person |
| held-back boxes that judged it | {source["held_back"]} |
| mean overlap with those: {source["base"]} | {source["overlap_before"]} |
| mean overlap with those: this one | {source["overlap_after"]} |

The held-back boxes come from the same video as those that taught it, so the figures say nothing about other videos.
There it may be worse than {source["base"]}. How it was taught and judged: docs/training.md, "Learn from a project".
"""
