"""The panel that shows the tracker's decision on the current frame: why a box is where it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.language import marked, tr, tr_counted, translated
from app.model.score_meaning import ScoreMeaning, score_text
from app.views.canvas.guides import DISTRACTOR_COLOUR
from app.views.score_map.anchor_chooser import AnchorChooser
from app.views.score_map.colour_scale import ColourScale
from app.views.score_map.constants import ConstantsEditor
from app.views.score_map.evidence_grid import EvidenceGrid
from app.views.score_map.heading import Heading
from app.views.score_map.number_slider import NumberSlider
from app.views.score_map.pyramid_strip import PyramidStrip
from tracker_core.decision.anchor_maps import has_anchors, of_anchor
from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.decision.score_map import Constants
from tracker_core.tracker import Evidence

NO_TRACK = marked("Select a tracked box to see why it is there.")
NO_EVIDENCE = marked("The tracker has not looked at this frame.\nTrack through it to see its score map.")
FORMULA = marked(
    "decided = raw score × penalty × (1 − window influence) + window × window influence\n\n"
    "Raw is what the network says of a place, here and in the maps."
)
MEASURED = marked("How likely the tracker's box is right, as measured on videos whose truth is known")
NOT_MEASURED = marked(
    "The network's own number. For this tracker nobody has measured how likely a box of this score is right."
)
OTHER_CONSTANTS = marked(
    "How likely the tracker's box is right was measured with its own constants. With those of the sliders it may be "
    "more or less."
)


class ScoreMapPanel(QWidget):
    """Exemplar, search region and maps of one decision, its constants as sliders, and the overlay on the video. The
    panel computes nothing: it emits the chosen constants, and is given the evidence of the new decision.

    Signals:
        constants_changed(Constants): of the sliders; sent while dragging. use_requested: use the sliders' constants for
        later runs. overlay_changed(bool, float): whether the map is over the video, and its opacity.
        visibility_changed: the panel was shown or hidden; see ``isVisible``.
    """

    constants_changed = Signal(object)
    use_requested = Signal()
    overlay_changed = Signal(bool, float)
    visibility_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Evidence | None = None
        self._is_drawn = False
        self._shown: Evidence | None = None  # the evidence, or its version with the maps of one anchor
        self.heading = Heading()
        self.anchors = AnchorChooser()
        self.findings = QLabel()
        self.pyramid = PyramidStrip()
        self.message = QLabel(translated(NO_TRACK))
        self.grid = EvidenceGrid()
        self.colour_scale = ColourScale()
        self.auto_contrast = QCheckBox(tr("Auto contrast"))
        self.summary = QLabel()
        self.score_text = QLabel()
        self.constants = ConstantsEditor()
        self.overlay_box = QCheckBox(tr("Overlay"))
        self.overlay_slider = NumberSlider()
        self._overlay_number = QLabel()
        self._build()
        self.set_overlay(visible=False, opacity=0.5)
        self.show_evidence(None, frame=None, track_text="")

        self.anchors.anchor_chosen.connect(self._show_maps)
        self.grid.cell_hovered.connect(self._write_summary)
        self.auto_contrast.toggled.connect(self._set_levels)
        self.constants.constants_changed.connect(self.constants_changed)
        self.constants.use_requested.connect(self.use_requested)
        self.overlay_box.toggled.connect(self._on_overlay_changed)
        self.overlay_slider.number_changed.connect(self._on_overlay_changed)

    def show_evidence(
        self, evidence: Evidence | None, *, frame: int | None, track_text: str, is_drawn: bool = False
    ) -> None:
        """Show the decision on a frame, or say how to get one. ``track_text`` names the selected track ("car #1");
        empty if none is selected. ``is_drawn``: a person drew the box, and the evidence says where the tracker would
        have put it.
        """
        self._evidence = evidence
        self._is_drawn = is_drawn
        place = "" if frame is None else tr("frame {frame}", frame=frame)
        self.heading.setText(" · ".join(part for part in (track_text, place) if part and track_text))
        self.message.setText(translated(NO_EVIDENCE) if track_text else translated(NO_TRACK))
        self._pages.setCurrentIndex(0 if evidence is None else 1)
        self._show_maps()

    def set_constants(self, own: Constants | None, shown: Constants | None = None, *, is_trial: bool = False) -> None:
        """Set the tracker's own constants (for Reset), those of the sliders, and whether they are a trial. Emits
        nothing.
        """
        self.constants.set_constants(own, shown)
        self.constants.set_is_trial(is_trial)
        self._fit_grid()  # there may be more sliders now

    def set_overlay(self, *, visible: bool, opacity: float) -> None:
        """Show the overlay's settings. Emits nothing."""
        self.overlay_box.blockSignals(True)
        self.overlay_box.setChecked(visible)
        self.overlay_box.blockSignals(False)
        self.overlay_slider.set_number(opacity)
        self._write_overlay()

    def sizeHint(self) -> QSize:
        return QSize(300, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_grid()

    def _fit_grid(self) -> None:
        """Shrink the maps, within limits, so that everything is visible without scrolling."""
        room = self._scroll.size()
        self.grid.limit_height(None)
        for layout in (self._decision, self._pages, self._content):
            layout.invalidate()  # otherwise Qt uses the old sizes until the event loop turns
        beyond = self._content.totalHeightForWidth(room.width()) - room.height()
        if beyond > 0:
            margins = self._content.contentsMargins()
            width = room.width() - margins.left() - margins.right()
            self.grid.limit_height(self.grid.heightForWidth(width) - beyond)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.visibility_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.visibility_changed.emit()

    def _build(self) -> None:
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.auto_contrast.setToolTip(tr("Stretch the colours of all maps to this frame's highest score"))
        self.summary.setToolTip(translated(FORMULA))
        self.overlay_box.setToolTip(tr("Lay the deciding map over the video, at its place"))
        self.overlay_slider.setToolTip(tr("How opaque the map on the video is"))
        self.findings.setWordWrap(True)
        self.findings.setVisible(False)
        self.pyramid.setVisible(False)

        scale_row = QHBoxLayout()
        scale_row.setSpacing(8)
        scale_row.addWidget(self.colour_scale, 1)
        scale_row.addWidget(self.auto_contrast)
        decision = QWidget()
        decision_column = self._decision = _column(decision)
        decision_column.addWidget(self.findings)
        decision_column.addWidget(self.grid)
        decision_column.addWidget(self.pyramid)
        decision_column.addWidget(self.summary)
        decision_column.addWidget(self.score_text)
        decision_column.addLayout(scale_row)
        decision_column.addStretch(1)

        self._pages = QStackedLayout()
        self._pages.addWidget(self.message)
        self._pages.addWidget(decision)
        overlay_row = QHBoxLayout()
        overlay_row.setSpacing(8)
        overlay_row.addWidget(self.overlay_box)
        overlay_row.addWidget(self.overlay_slider, 1)
        overlay_row.addWidget(self._overlay_number)

        content = QWidget()
        column = self._content = _column(content)
        column.setContentsMargins(8, 8, 8, 8)
        heading_row = QHBoxLayout()
        heading_row.setSpacing(8)
        heading_row.addWidget(self.heading, 1)
        heading_row.addWidget(self.anchors)
        column.addLayout(heading_row)
        column.addLayout(self._pages)
        column.addWidget(_line())
        column.addWidget(self.constants)
        column.addWidget(_line())
        column.addLayout(overlay_row)
        column.addStretch(1)

        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        # The area only scrolls vertically, so it must never be narrower than its content.
        self.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _show_maps(self) -> None:
        evidence = self._evidence
        if evidence is None:
            self._shown = None
            self.anchors.setVisible(False)
            self._fit_grid()
            return
        shown = self._shown = self._of_chosen_anchor(evidence)
        self.pyramid.setVisible(bool(evidence.pyramid))
        self.pyramid.show_levels(evidence.pyramid)
        self._set_levels()
        self.grid.show_evidence(shown)
        self._write_findings(evidence)
        self._write_summary()
        self._fit_grid()

    def _of_chosen_anchor(self, evidence: Evidence) -> Evidence:
        """The evidence with the maps of the chosen anchor, if there are several."""
        constants = self.constants.constants
        has_choice = constants is not None and has_anchors(evidence, constants)
        self.anchors.setVisible(has_choice)
        if constants is None or evidence.response is None or not has_choice:
            return evidence
        self.anchors.set_count(len(evidence.response.scores))
        return evidence if self.anchors.anchor is None else of_anchor(evidence, constants, self.anchors.anchor)

    def _write_findings(self, evidence: Evidence) -> None:
        """Show what the tracker noticed besides the target, if anything."""
        count = len(evidence.distractors)
        parts = []
        if evidence.is_searching:
            parts.append(tr("Searching: the target is lost, so it is looked for farther away"))
        if count:
            colour = DISTRACTOR_COLOUR.name()
            distractors = tr_counted(count, "distractor")
            parts.append(
                tr(
                    "<span style='color:{colour}'>■</span> {distractors}: alike, but not the target",
                    colour=colour,
                    distractors=distractors,
                )
            )
        self.findings.setText("<br>".join(parts))
        self.findings.setVisible(bool(parts))

    def _set_levels(self) -> None:
        high = 1.0
        if self.auto_contrast.isChecked() and self._shown is not None:
            highest = max(float(values.max()) for values in (self._shown.raw, self._shown.decided))
            high = max(highest, 0.01)
        if self.colour_scale.levels != (0.0, high):
            self.colour_scale.set_levels(0.0, high)
            self.grid.set_levels(0.0, high)

    def _write_summary(self) -> None:
        evidence = self._shown
        if evidence is None:
            return
        cell = self.grid.hovered_cell or evidence.cell
        score, penalised, decided = (
            float(values[cell]) for values in (evidence.raw, evidence.penalised, evidence.decided)
        )
        level = next((level for level in evidence.pyramid if level.chosen), None)
        if level is None:
            penalty = penalised / score if score > 0 else 1.0
            how = tr("×  penalty {penalty:.2f}", penalty=penalty)
        else:
            how = tr("at scale {factor:.3f}", factor=level.factor)
        self.summary.setText(
            tr("Raw {score:.2f}  {how}  →  decided {decided:.2f}", score=score, how=how, decided=decided)
        )
        self._write_score(evidence)

    def _write_score(self, evidence: Evidence) -> None:
        """Show the score; none for a box that a person drew, because the score is not about that box."""
        is_measured = evidence.calibration != AS_IT_IS
        self.score_text.setVisible(evidence.score is not None and not self._is_drawn)
        if not is_measured:
            meaning, hint = tr(": the network's own number"), NOT_MEASURED
        elif self.constants.are_own:
            meaning, hint = tr(": how likely the box is right"), MEASURED
        else:
            meaning, hint = tr(": not measured with these constants"), OTHER_CONSTANTS
        self.score_text.setText(
            tr(
                "Score {score_text}{meaning}",
                score_text=score_text(evidence.score or 0, ScoreMeaning.MEASURED if is_measured else ScoreMeaning.RAW),
                meaning=meaning,
            )
        )
        self.score_text.setToolTip(translated(hint))

    def _write_overlay(self) -> None:
        self._overlay_number.setText(f"{self.overlay_slider.number:.0%}")

    def _on_overlay_changed(self) -> None:
        self._write_overlay()
        self.overlay_changed.emit(self.overlay_box.isChecked(), self.overlay_slider.number)


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    return layout


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
