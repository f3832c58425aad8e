"""Formats of plug-ins: found by their entry points, checked, and kept from stopping the program."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from app.exchange.errors import ExchangeError, printable
from app.exchange.format import Format
from tracker_core.plugins import FORMATS, Plugin, PluginError, plugins


class PluggedFormats(NamedTuple):
    """``problems``: a sentence for each plug-in that cannot be used."""

    formats: tuple[Format, ...]
    problems: tuple[str, ...]


@cache
def plugged_formats(taken: frozenset[str]) -> PluggedFormats:
    """Imports the plug-ins at the first call: not for the thread of a window.

    Args:
        taken: names that no plug-in may have.
    """
    formats: list[Format] = []
    problems: list[str] = []
    for plugin in plugins(FORMATS):
        try:
            formats.append(_checked(plugin, taken))
        except PluginError as error:
            problems.append(printable(f"{error}."))
    return PluggedFormats(tuple(formats), tuple(problems))


def _checked(plugin: Plugin, taken: Collection[str]) -> Format:
    """
    Raises:
        PluginError: if it cannot be used.
    """
    made = plugin.load()
    if not isinstance(made, Format):
        raise PluginError(f"{plugin} is no Format (app/exchange/format.py), but {type(made).__name__}")
    if made.name != plugin.name:
        raise PluginError(f"{plugin} calls its format {made.name!r}; the two must be the same")
    if made.name in taken:
        raise PluginError(f"{plugin} has the name of a format of Siamark, which is used in its place")
    return replace(
        made,
        write=_guarded(made.write, plugin),
        read=_guarded(made.read, plugin),
        check=_guarded(made.check, plugin),
        fit=_guarded(made.fit, plugin),
    )


def _guarded(function: Callable[..., Any], plugin: Plugin) -> Callable[..., Any]:
    """The same, with every error as one sentence that names the plug-in."""

    def guarded(*arguments: Any) -> Any:  # noqa: ANN401  (each part has its own)
        try:
            return function(*arguments)
        except (ExchangeError, OSError):
            raise
        except Exception as error:
            raise ExchangeError(f"{plugin.error('failed', error)}.") from error

    return guarded
