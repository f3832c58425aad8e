"""What an object has announced."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class News:
    """Every signal that an object's own class declares, in the order of arrival: ``(name, *arguments)``."""

    def __init__(self, sender: QObject) -> None:
        self.received: list[tuple[object, ...]] = []
        for name in (name for name, declared in vars(type(sender)).items() if isinstance(declared, Signal)):
            getattr(sender, name).connect(lambda *arguments, name=name: self.received.append((name, *arguments)))

    def take(self) -> list[tuple[object, ...]]:
        """All that has come since the last time."""
        received, self.received = self.received, []
        return received
