"""Commands whose ``--help`` shows what to type, not which Python type it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption


class Command(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  # typer keeps the type to itself
        return _without_types(super().get_params(ctx))


class Group(TyperGroup):
    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  # typer keeps the type to itself
        return _without_types(super().get_params(ctx))


def _without_types(params: Iterable[Any]) -> list[Any]:
    """Typer prints "<bool>" after a flag and "<path>" after the name of an argument; both say nothing to a person."""
    shown = list(params)
    for param in shown:
        if isinstance(param, TyperOption) and param.is_flag:
            param.metavar = ""
        elif isinstance(param, TyperArgument):
            setattr(param, "display_type_rich", lambda ctx: None)  # noqa: B010  # a method, which mypy guards
    return shown
