"""Plug-ins: what other installed packages add, found by their entry points. A plug-in is only imported when it is used.

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
    """``name`` is that of the tracker, detector or format; ``package`` includes its version, as in "my-package 1.0"."""

    name: str
    package: str
    entry: EntryPoint

    def load(self) -> object:
        """Import the plug-in and return the object that its entry point names.

        Raises:
            PluginError: if anything goes wrong in its package.
        """
        try:
            return self.entry.load()
        except Exception as error:
            raise self.error("cannot be loaded", error) from error

    def error(self, what: str, error: BaseException) -> PluginError:
        """Make an error such as "the plug-in template (my-package 1.0) cannot be loaded (ImportError: ...)"."""
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        shown = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
        return PluginError(f"{self} {what} ({shown.rstrip(': ')})")

    def __str__(self) -> str:
        return f"the plug-in {self.name} ({self.package})"


def plugins(group: str) -> list[Plugin]:
    """The installed plug-ins of a group, sorted by name. Of several with one name, only the first by its entry point.

    None if the metadata of the installed packages cannot be read. A package without a name is called by its module.
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
        PluginError: if there is none of that name; the text lists the installed ones.
    """
    known = plugins(group)
    for plugin in known:
        if plugin.name == name:
            return plugin
    kind = group.rpartition(".")[2].removesuffix("s")
    there_are = f"installed are: {', '.join(plugin.name for plugin in known)}" if known else "none is installed"
    raise PluginError(f"there is no {kind} '{name}'; {there_are} (docs/plugins.md)")
