"""Attributes: defines those of the project, and sets values of the selected tracks at the current frame. Each request
is one undo step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.assist.attribute_edits import (
    AttributeEdit,
    as_whole,
    deleted,
    forget_change,
    renamed,
    set_value,
)
from app.controllers.playback import PlaybackController
from app.document.commands import DocumentCommand, EditTrack, SetAttributes, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.model.attributes import AttributeDefinition
from app.model.track import Track


@dataclass(frozen=True, slots=True)
class AttributeUse:
    """An attribute, and how many tracks and values deleting it would affect."""

    definition: AttributeDefinition
    tracks: int
    values: int


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """What the selected tracks say at the current frame.

    ``differs``: not all say what the active one says; ``value`` is empty then.

    ``since``: the first frame for which it holds; None if it holds for the whole track. ``next_change``: the frame at
    which the next value begins. ``fits``: whether the definition allows it; an older value may not fit a new
    definition.
    """

    definition: AttributeDefinition
    value: str
    since: int | None
    next_change: int | None
    fits: bool
    differs: bool = False


class AttributesController(QObject):
    """
    Signals:
        told: a sentence about what happened or why nothing did.
    """

    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, playback: PlaybackController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback

    # Definitions

    @property
    def definitions(self) -> list[AttributeDefinition]:
        """In the order of the project. Attributes that only tracks have (in older projects) come last."""
        project = self._document.project
        return [] if project is None else list(project.all_attributes.values())

    @property
    def shared(self) -> list[AttributeDefinition]:
        """Attributes that other videos of the workspace define and this one does not."""
        names = {one.name for one in self.definitions}
        return [one for one in self._session.shared_attributes if one.name not in names]

    @property
    def uses(self) -> list[AttributeUse]:
        project = self._document.project
        tracks = [] if project is None else list(project.tracks.values())
        return [
            AttributeUse(
                one, len(having := [track for track in tracks if _has(track, one.name)]), _values(having, one.name)
            )
            for one in self.definitions
        ]

    def add(self, definition: AttributeDefinition) -> None:
        if definition.name in {one.name for one in self.definitions}:
            self.told.emit(tr("There is an attribute {name} already.", name=definition.name))
        else:
            self._push(tr("Add attribute"), [*self.definitions, definition])

    def change(self, name: str, new: AttributeDefinition) -> None:
        """Change the definition, perhaps also the name. Values stay; those that do not fit are marked."""
        definitions = self.definitions
        if new.name != name and new.name in {one.name for one in definitions}:
            self.told.emit(tr("There is an attribute {name} already.", name=new.name))
            return
        old = next((one for one in definitions if one.name == name), None)
        if old is None or old == new:
            return

        def edit_of(track: Track) -> AttributeEdit | None:
            whole = as_whole(track, name) if old.per_frame and not new.per_frame else None
            shown = track if whole is None else replace(track, attributes=dict(whole.attributes), changes=whole.changes)
            return whole if new.name == name else renamed(shown, name, new.name) or whole

        text = tr("Change attribute") if new.name == name else tr("Rename attribute")
        self._push(text, [new if one.name == name else one for one in definitions], edit_of)

    def move(self, name: str, by: int) -> None:
        """Move an attribute in the order."""
        definitions = self.definitions
        place = next(i for i, one in enumerate(definitions) if one.name == name)
        goal = min(max(place + by, 0), len(definitions) - 1)
        if goal != place:
            definitions.insert(goal, definitions.pop(place))
            self._push(tr("Order attributes"), definitions)

    def delete(self, name: str) -> None:
        """Delete an attribute with all its values."""
        use = next(one for one in self.uses if one.definition.name == name)
        left = [one for one in self.definitions if one.name != name]
        if self._push(tr("Delete attribute"), left, lambda track: deleted(track, name)):
            said = tr("The attribute {name} is deleted.", name=name)
            if use.tracks:
                values, tracks = tr_counted(use.values, "value"), tr_counted(use.tracks, "track")
                said = f"{said} {tr('{values} of {tracks} went with it.', values=values, tracks=tracks)}"
            self.told.emit(said)

    # Values

    @property
    def values(self) -> list[AttributeValue]:
        """The values of the selected tracks at the current frame; empty if no track is active."""
        active, frame = self._session.active_track_id, self._session.current_frame
        if active is None:
            return []
        tracks = self._document.opened_project.tracks
        track = tracks[active]
        said = track.attributes_at(frame)
        others = [tracks[one].attributes_at(frame) for one in self._session.selected_track_ids if one != active]
        values = []
        for one in self.definitions:
            if any(other.get(one.name, "") != said.get(one.name, "") for other in others):
                values.append(AttributeValue(one, "", None, None, fits=True, differs=True))
                continue
            held, value = track.changes.held_since(one.name, frame), said.get(one.name, "")
            since = None if held is None else held[0]
            ends = track.changes.next_after(one.name, frame)
            values.append(AttributeValue(one, value, since, ends, one.fitted(value) is not None))
        return values

    def set(self, name: str, value: str) -> None:
        """Set a value of the selected tracks: for the whole track, or from the current frame until the next change. An
        empty value deletes it.
        """
        definition = next((one for one in self.definitions if one.name == name), None)
        if definition is None:
            return
        fitted = definition.fitted(value)
        if fitted is None:
            self.told.emit(
                tr("{name} is {demand}; {value} is not.", name=name, demand=definition.demand, value=value[:60])
            )
            return
        frame = self._session.current_frame
        self._edit_selected(tr("Set {name}", name=name), lambda track: set_value(track, definition, fitted, frame))

    def forget_change(self, name: str) -> None:
        """Delete the change that holds at the current frame from the selected tracks; the value before it holds on."""
        frame = self._session.current_frame
        self._edit_selected(tr("Take back {name}", name=name), lambda track: forget_change(track, name, frame))

    def go_to_change(self, name: str, step: int) -> None:
        """Go to the frame at which the attribute of the active track changes next, or (-1) changed last."""
        active, frame = self._session.active_track_id, self._session.current_frame
        if active is None:
            return
        changes = self._document.opened_project.tracks[active].changes
        before = changes.held_since(name, frame - 1) if frame else None
        goal = changes.next_after(name, frame) if step > 0 else None if before is None else before[0]
        if goal is None:
            self.told.emit(
                tr("{name} does not change after frame {frame}.", name=name, frame=frame)
                if step > 0
                else tr("{name} does not change before frame {frame}.", name=name, frame=frame)
            )
        else:
            self._playback.go_to(goal)

    def _edit_selected(self, text: str, edit_of: Callable[[Track], AttributeEdit | None]) -> None:
        selected = self._session.selected_track_ids
        if not selected:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        edits = self._edits(edit_of, [self._document.opened_project.tracks[track_id] for track_id in selected])
        if edits:
            self._document.undo_stack.push(SeveralEdits(self._document, text, edits))

    def _edits(
        self, edit_of: Callable[[Track], AttributeEdit | None], tracks: Sequence[Track]
    ) -> list[DocumentCommand]:
        found = [(track, edit_of(track)) for track in tracks]
        return [
            EditTrack(self._document, track.id, attributes=edit.attributes, changes=edit.changes)
            for track, edit in found
            if edit is not None
        ]

    def _push(
        self,
        text: str,
        definitions: Sequence[AttributeDefinition],
        edit_of: Callable[[Track], AttributeEdit | None] | None = None,
    ) -> bool:
        edits: list[DocumentCommand] = [SetAttributes(self._document, definitions)]
        if edit_of is not None:
            edits += self._edits(edit_of, list(self._document.opened_project.tracks.values()))
        return self._document.undo_stack.do(SeveralEdits(self._document, text, edits))


def _has(track: Track, name: str) -> bool:
    return name in track.attributes or name in track.changes.by_name


def _values(tracks: Sequence[Track], name: str) -> int:
    return sum((name in track.attributes) + len(track.changes.by_name.get(name, ())) for track in tracks)
