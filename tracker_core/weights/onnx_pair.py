"""Finds the two ONNX files of a model, its backbone and its head, by their names."""

from __future__ import annotations

from pathlib import Path

from tracker_core.weights.keeping import ModelError

SUFFIX = ".onnx"
BACKBONE, HEAD = "backbone", "head"


def is_onnx(path: Path) -> bool:
    """Whether a path has the suffix of an ONNX file."""
    return path.suffix.lower() == SUFFIX


def both_halves(path: Path, other: Path | None = None) -> tuple[Path, Path]:
    """Find the backbone and the head of a pair; ``path`` may be either.

    Args:
        path: one of the two.
        other: the other one; by default the file beside it whose name has the other word.

    Raises:
        ModelError: if the names do not say which is which, or the other file is missing.
    """
    own = _half(path)
    if other is None:
        wanted = HEAD if own == BACKBONE else BACKBONE
        other = _beside(path, path.name.lower().replace(own, wanted))
        if other is None:
            raise ModelError(
                f"{path} is only the {own} of a model, and its {wanted} is missing: put that file beside it, "
                f"with '{wanted}' in its name where this one has '{own}', or name both files"
            )
    elif _half(other) == own:
        raise ModelError(f"{path} and {other} are both called {own}; a backbone and a head are needed")
    return (path, other) if own == BACKBONE else (other, path)


def _half(path: Path) -> str:
    if not path.is_file():
        raise ModelError(f"{path} is not there")
    found = [word for word in (BACKBONE, HEAD) if word in path.name.lower()]
    if not is_onnx(path) or len(found) != 1:
        raise ModelError(
            f"{path} does not say what it is; of a model in two ONNX files one has 'backbone' in its name and the "
            "other 'head'"
        )
    return found[0]


def _beside(path: Path, name: str) -> Path | None:
    return next((file for file in sorted(path.parent.iterdir()) if file.name.lower() == name), None)
