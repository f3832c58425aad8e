"""Plug-ins: what other installed packages add, found by their entry points. Nothing is imported before it is asked for.

A package names them in its ``pyproject.toml`` (docs/plugins.md)::

    [project.entry-points."siamark.trackers"]
    template = "my_package:load"
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

TRACKERS, DETECTORS, FORMATS = "siamark.trackers", "siamark.detectors", "siamark.formats"
LONGEST_REASON = 200  # characters of an error that is not ours


class PluginError(Exception):
    """A plug-in cannot be used; the text is one sentence that names it and its package."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """``name``: of the tracker, detector or format. ``package``: with its version, as in "my-package 1.0"."""

    name: str
    package: str
    entry: EntryPoint

    def load(self) -> object:
        """Import it and return what the entry point names.

        Raises:
            PluginError: whatever goes wrong in its package.
        """
        try:
            return self.entry.load()
        except Exception as error:
            raise self.error("cannot be loaded", error) from error

    def error(self, what: str, error: BaseException) -> PluginError:
        """As in "The plug-in template (my-package 1.0) cannot be loaded (ImportError: ...)"."""
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        shown = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
        return PluginError(f"{self} {what} ({shown.rstrip(': ')})")

    def __str__(self) -> str:
        return f"the plug-in {self.name} ({self.package})"


def plugins(group: str) -> list[Plugin]:
    """The plug-ins of a group that are installed, by name; of several with one name, that of the first package.

    A package whose metadata cannot be read has none.
    """
    found: dict[str, Plugin] = {}
    try:
        entries = sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value))
    except Exception:  # a broken package of somebody else's must not stop the program
        return []
    for entry in entries:
        try:
            package = "" if entry.dist is None else f"{entry.dist.name} {entry.dist.version}"
        except Exception:
            package = entry.module
        found.setdefault(entry.name, Plugin(entry.name, package or entry.module, entry))
    return list(found.values())


def plugin_named(group: str, name: str) -> Plugin:
    """
    Raises:
        PluginError: naming those that there are.
    """
    known = plugins(group)
    for plugin in known:
        if plugin.name == name:
            return plugin
    kind = group.rpartition(".")[2].removesuffix("s")
    there_are = f"installed are: {', '.join(plugin.name for plugin in known)}" if known else "none is installed"
    raise PluginError(f"there is no {kind} '{name}'; {there_are} (docs/plugins.md)")
