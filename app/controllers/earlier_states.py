"""The earlier states of the open project, and how to return to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.document.document import Document
from app.store.backups import Backups, EarlierState
from app.store.errors import StoreError


class EarlierStates:
    def __init__(self, document: Document, backups: Backups, open_project: Callable[[Path], None]) -> None:
        self._document = document
        self._backups = backups
        self._open_project = open_project

    def of_open_project(self) -> list[EarlierState]:
        """The newest first."""
        path = self._document.store_path
        return [] if path is None else self._backups.states_of(path)

    def go_back_to(self, state: EarlierState) -> str:
        """Replace the open project by an earlier state. The present state is kept among the earlier ones.

        Returns what is wrong, for the person; empty if nothing is.
        """
        path = self._document.store_path
        if path is None:
            return ""
        try:
            self._document.close()
            self._backups.put_back(state.path, path)
        except StoreError as error:
            problem = str(error)
        else:
            problem = ""
        if self._document.project is None:
            self._open_project(path)
        return problem
