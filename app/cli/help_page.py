"""Commands whose ``--help`` shows what to type instead of Python types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption


class Command(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  # typer keeps the type to itself
        return _without_types(super().get_params(ctx), ctx)


class Group(TyperGroup):
    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  # as above
        return _without_types(super().get_params(ctx), ctx)


def _without_types(params: Iterable[Any], ctx: Any) -> list[Any]:  # noqa: ANN401  # as above
    """Typer prints "<bool>" after a flag, "<path>" after the name of an argument and "<jpg|png>" after a choice."""
    shown = list(params)
    for param in shown:
        if isinstance(param, TyperArgument):
            setattr(param, "display_type_rich", lambda ctx: None)  # noqa: B010  # a method, which mypy guards
        elif isinstance(param, TyperOption) and param.metavar is None:
            choices = param.display_type(ctx).strip("<>")
            param.metavar = "" if param.is_flag else choices if "|" in choices else "VALUE"
    return shown
