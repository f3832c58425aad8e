"""The options of an export: what to write, and the options of the format."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.exchange.annotations import LARGEST_MARGIN, ExportOptions
from app.exchange.format import Export, Option, Rendering
from app.exchange.text_columns import DARKLABEL
from app.language import marked, tr, translated
from app.views.exporting.label_table import LabelTable

PICTURES = ((marked("none"), ""), ("JPEG", "jpg"), ("PNG", "png"))


class ExportOptionsForm(QWidget):
    """
    Signals:
        changed: an option was changed.
    """

    changed = Signal()

    def __init__(self, labels: Sequence[str], frame_count: int, parent: QWidget | None = None) -> None:
        """``labels``: those that tracks have, in the order of their classes."""
        super().__init__(parent)
        self._frame_count = frame_count
        self.all_boxes = QRadioButton(tr("Every frame: drawn, tracked and interpolated"))
        self.keyframes_only = QRadioButton(tr("Keyframes only: drawn or corrected by a person"))
        self.reviewed_only = QRadioButton(tr("Reviewed only: drawn, or marked as right"))
        self.all_boxes.setChecked(True)
        self.score_field = QDoubleSpinBox(decimals=2, singleStep=0.05, maximum=1.0)
        self.score_field.setSpecialValueText(tr("any"))
        self.first_frame, self.last_frame = _frame_field(frame_count), _frame_field(frame_count)
        self.last_frame.setValue(frame_count - 1)
        self.step_field = QSpinBox(minimum=1, maximum=max(frame_count, 1))
        self.label_table = LabelTable(labels)
        self.pictures = QComboBox()
        self._pictures_label = QLabel(tr("Pictu&res"))
        self._pictures_label.setBuddy(self.pictures)
        for text, kind in PICTURES:
            self.pictures.addItem(translated(text), kind)
        self.single_class = QCheckBox(tr("One class, as TrackEval scores it"))
        self.mot17 = QCheckBox(tr("The classes of MOT17"))
        self.zero_based = QCheckBox(tr("Pixels count from 0"))
        self.polygons = QCheckBox(tr("Regions as polygons"))
        self.columns_field = QLineEdit(placeholderText=DARKLABEL)
        self.margin_field = QDoubleSpinBox(decimals=2, singleStep=0.05, maximum=LARGEST_MARGIN)
        self._of_option: dict[Option, QWidget] = {
            Option.PICTURES: self.pictures, Option.SINGLE_CLASS: self.single_class, Option.MOT17: self.mot17,
            Option.FIRST_PIXEL: self.zero_based, Option.POLYGONS: self.polygons, Option.COLUMNS: self.columns_field,
            Option.MARGIN: self.margin_field,
        }  # fmt: skip
        self._lay_out()
        self._join()

    @property
    def options(self) -> ExportOptions:
        """The chosen options; those that the format does not have keep their defaults."""
        return ExportOptions(
            keyframes_only=self.keyframes_only.isChecked(),
            reviewed_only=self.reviewed_only.isChecked(),
            minimum_score=self.score_field.value() or None,
            label_map=self.label_table.label_map,
            frames=self._frames(),
            pictures=str(self.pictures.currentData()) if self._is_known(Option.PICTURES) else "",
            single_class=self._is_known(Option.SINGLE_CLASS) and self.single_class.isChecked(),
            mot17=self._is_known(Option.MOT17) and self.mot17.isChecked(),
            first_pixel=0 if self._is_known(Option.FIRST_PIXEL) and self.zero_based.isChecked() else 1,
            polygons=self._is_known(Option.POLYGONS) and self.polygons.isChecked(),
            columns=self.columns_field.text().strip() if self._is_known(Option.COLUMNS) else "",
            margin=self.margin_field.value() if self._is_known(Option.MARGIN) else 0.0,
        )

    def show_format(self, entry: Export) -> None:
        """Show the options of an export, and its class numbers."""
        is_made_of_pictures = isinstance(entry, Rendering)
        self._pictures_label.setText(tr("W&ritten as") if is_made_of_pictures else tr("Pictu&res"))
        self.pictures.setItemText(0, tr("as usual: JPEG") if is_made_of_pictures else translated(PICTURES[0][0]))
        for option, field in self._of_option.items():
            self._form.setRowVisible(field, option in entry.options)
        self.label_table.show_classes(entry.first_class)

    def _is_known(self, option: Option) -> bool:
        return self._form.isRowVisible(self._of_option[option])

    def _frames(self) -> range | None:
        frames = range(self.first_frame.value(), self.last_frame.value() + 1, self.step_field.value())
        return None if frames == range(self._frame_count) else frames

    def _lay_out(self) -> None:
        frames = QHBoxLayout()
        frames.setSpacing(4)
        for text, field in (("", self.first_frame), (tr("to"), self.last_frame), (tr("in steps of"), self.step_field)):
            if text:
                frames.addWidget(QLabel(text))
            frames.addWidget(field)
        frames.addStretch(1)
        boxes = QVBoxLayout()
        boxes.setSpacing(2)
        for choice in (self.all_boxes, self.keyframes_only, self.reviewed_only):
            boxes.addWidget(choice)
        left, self._form = _form(), _form()
        left.addRow(tr("Boxes"), boxes)
        left.addRow(tr("&Least score"), self.score_field)
        left.addRow(tr("Frames"), frames)
        right = self._form
        right.addRow(tr("La&bels"), self.label_table)
        right.addRow(tr("&Columns"), self.columns_field)
        right.addRow(self._pictures_label, self.pictures)
        right.addRow(tr("&Margin"), self.margin_field)
        for box in (self.single_class, self.mot17, self.zero_based, self.polygons):
            right.addRow("", box)
        right.setRowVisible(self.label_table, self.label_table.rowCount() > 0)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addLayout(_at_top(left))
        columns.addLayout(_at_top(right), 1)
        self.score_field.setToolTip(tr("Leave out tracked boxes with a lower score that nobody has reviewed"))
        self.label_table.setToolTip(tr("Write a label under another name; an empty name leaves out its tracks"))
        self.margin_field.setToolTip(tr("Also include the surroundings of a box: this share of its size on each side"))
        self.pictures.setToolTip(tr("Also write the frames, where the format expects them"))

    def _join(self) -> None:
        for field in (self.score_field, self.first_frame, self.last_frame, self.step_field, self.margin_field):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.first_frame.valueChanged.connect(self._push_last_frame)
        self.last_frame.valueChanged.connect(self._push_first_frame)
        for changed in (
            self.all_boxes.toggled, self.keyframes_only.toggled, self.reviewed_only.toggled,
            self.score_field.valueChanged, self.first_frame.valueChanged, self.last_frame.valueChanged,
            self.step_field.valueChanged, self.label_table.changed, self.pictures.currentIndexChanged,
            self.single_class.toggled, self.mot17.toggled, self.zero_based.toggled, self.polygons.toggled,
            self.columns_field.textChanged, self.margin_field.valueChanged,
        ):  # fmt: skip
            changed.connect(lambda *_: self.changed.emit())
        for one, other in ((self.single_class, self.mot17), (self.mot17, self.single_class)):
            one.toggled.connect(partial(_switch_off, other))

    # The range cannot be reversed: each end pushes the other.

    def _push_last_frame(self, first: int) -> None:
        self.last_frame.setValue(max(first, self.last_frame.value()))

    def _push_first_frame(self, last: int) -> None:
        self.first_frame.setValue(min(last, self.first_frame.value()))


def _switch_off(box: QCheckBox, is_other_on: bool) -> None:
    if is_other_on:
        box.setChecked(False)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(4)
    return form


def _at_top(form: QFormLayout) -> QVBoxLayout:
    """A form whose rows do not part where another one beside it is longer."""
    column = QVBoxLayout()
    column.addLayout(form)
    column.addStretch(1)
    return column


def _frame_field(frame_count: int) -> QSpinBox:
    return QSpinBox(maximum=max(frame_count - 1, 0))
