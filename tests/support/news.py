"""Records the signals of an object."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class News:
    """Every signal that an object's own classes declare, as it arrives: ``(name, *arguments)``."""

    def __init__(self, sender: QObject) -> None:
        self.received: list[tuple[object, ...]] = []
        ours = [kind for kind in type(sender).__mro__ if kind.__module__.partition(".")[0] != "PySide6"]
        declared = {name: value for kind in ours for name, value in vars(kind).items()}
        for name in (name for name, value in declared.items() if isinstance(value, Signal)):
            getattr(sender, name).connect(lambda *arguments, name=name: self.received.append((name, *arguments)))

    def take(self) -> list[tuple[object, ...]]:
        """All that has come since the last time."""
        received, self.received = self.received, []
        return received
