"""Edits the labels of a project: names, colours, order, and which tracks have them. Each request is one undo step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.editing import EditingController
from app.document.commands import DocumentCommand, EditTrack, SetLabels, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import plural, tr, tr_counted
from app.model.class_numbers import class_numbers, numbered_anew, renamed_class
from app.model.names import clean_name
from app.model.project import LABEL_COLOURS, Label


class LabelsController(QObject):
    """
    Signals:
        told: a sentence about what happened or why nothing did.
    """

    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, editing: EditingController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._editing = editing

    @property
    def labels(self) -> list[Label]:
        """In the person's order. Labels that only tracks have (in older projects) come last."""
        project = self._document.project
        if project is None:
            return []
        listed = list(project.labels.values())
        worn = dict.fromkeys(track.label for track in project.tracks.values() if track.label)
        others = [name for name in worn if name not in project.labels]
        return listed + [
            Label(name, LABEL_COLOURS[place % len(LABEL_COLOURS)]) for place, name in enumerate(others, len(listed))
        ]

    @property
    def class_numbers(self) -> dict[str, int]:
        """The class numbers in exports, by label; those without a box so far have none."""
        project = self._document.project
        return {} if project is None else class_numbers(project)

    @property
    def _names(self) -> set[str]:
        return {label.name for label in self.labels}

    def tracks_with(self, name: str) -> list[int]:
        project = self._document.project
        return [track.id for track in project.tracks.values() if track.label == name] if project else []

    def give(self, number: int) -> None:
        """Give the selected tracks the label of this number, counted from 1."""
        labels, selected = self.labels, self._session.selected_track_ids
        if not selected:
            self.told.emit(tr("Select a track first: click on its box."))
        elif number > len(labels):
            self.told.emit(
                tr(
                    "There is no label {number} yet; the project has {labels}.",
                    number=number,
                    labels=tr_counted(len(labels), "label"),
                )
            )
        else:
            self._editing.set_label(selected, name=labels[number - 1].name)

    def add(self, name: str) -> None:
        name = clean_name(name)
        if name and name not in self._names:
            labels = self.labels
            self._push(tr("Add label"), [*labels, Label(name, LABEL_COLOURS[len(labels) % len(LABEL_COLOURS)])])

    def rename(self, name: str, new: str) -> None:
        """Rename a label on all its tracks. If another label has that name, the two are merged."""
        new = clean_name(new)
        if not new or new == name:
            return
        if new in self._names:
            self.merge([name], new)
            return
        labels = [Label(new, label.colour) if label.name == name else label for label in self.labels]
        numbers = renamed_class(self._document.opened_project.class_numbers, name, new)
        self._push(tr("Rename label"), labels, {name: new}, numbers=numbers)

    def recolour(self, name: str, colour: str) -> None:
        """Recolour a label and all its tracks."""
        labels = [Label(name, colour) if label.name == name else label for label in self.labels]
        tracks = self.tracks_with(name)
        if self._push(tr("Change label colour"), labels, recoloured={name: colour}) and tracks:
            self.told.emit(plural(len(tracks), "{n} track has this colour too.", "{n} tracks have this colour too."))

    def merge(self, names: Sequence[str], into: str) -> None:
        """Give all tracks with one of these labels the label ``into``, and delete the others."""
        gone = {name for name in names if name != into}
        if gone:
            tracks = sum(len(self.tracks_with(name)) for name in gone)
            labels = [label for label in self.labels if label.name not in gone]
            if self._push(tr("Merge labels"), labels, dict.fromkeys(gone, into)):
                self.told.emit(plural(tracks, "{n} track is {into} now.", "{n} tracks are {into} now.", into=into))

    def move(self, name: str, by: int) -> None:
        """Move a label in the order. Exports then number all classes anew."""
        labels = self.labels
        place = next(i for i, label in enumerate(labels) if label.name == name)
        goal = min(max(place + by, 0), len(labels) - 1)
        if goal != place:
            labels.insert(goal, labels.pop(place))
            project = self._document.opened_project
            names = [label.name for label in labels]
            numbers = numbered_anew(class_numbers(project), names) if project.class_numbers else {}
            self._push(tr("Order labels"), labels, numbers=numbers)

    @Slot()
    def delete_unused(self) -> None:
        """Delete the labels that no track has."""
        used = {track.label for track in self._document.opened_project.tracks.values()}
        labels = self.labels
        kept = [label for label in labels if label.name in used]
        if len(kept) == len(labels):
            self.told.emit(tr("Every label is in use."))
        elif self._push(tr("Delete unused labels"), kept):
            self.told.emit(
                tr("{unused_labels} deleted.", unused_labels=tr_counted(len(labels) - len(kept), "unused label"))
            )

    def _push(
        self,
        text: str,
        labels: Sequence[Label],
        renamed: Mapping[str, str] | None = None,
        *,
        recoloured: Mapping[str, str] | None = None,
        numbers: Mapping[str, int] | None = None,
    ) -> bool:
        """Push one command. Returns whether it was done. ``renamed``, ``recoloured``: by label, what its tracks get.
        ``numbers``: as in ``SetLabels``.
        """
        edits: list[DocumentCommand] = [SetLabels(self._document, labels, numbers)]
        for old, new in (renamed or {}).items():
            edits += [EditTrack(self._document, track_id, label=new) for track_id in self.tracks_with(old)]
        for name, colour in (recoloured or {}).items():
            edits += [EditTrack(self._document, track_id, colour=colour) for track_id in self.tracks_with(name)]
        return self._document.undo_stack.do(SeveralEdits(self._document, text, edits))
