"""The objects whose methods the actions call. ``app/application.py`` passes them once all are built."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import SignalInstance

from app.controllers.arranging import ArrangingController
from app.controllers.attributes import AttributesController
from app.controllers.certificate import CertificateController
from app.controllers.detections import DetectionsController
from app.controllers.doubt_page import DoubtPageController
from app.controllers.editing import EditingController
from app.controllers.errands import ErrandsController
from app.controllers.find_again import FindAgainController
from app.controllers.history import HistoryController
from app.controllers.identity import IdentityController
from app.controllers.labels import LabelsController
from app.controllers.learning import LearningController
from app.controllers.look_alikes import LookAlikesController
from app.controllers.notes import NotesController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.proposals import ProposalsController
from app.controllers.redrawing import RedrawingController
from app.controllers.review import ReviewController
from app.controllers.seeking import SeekingController
from app.controllers.showing import ShowingController
from app.controllers.spans import SpanController
from app.controllers.tightening import TighteningController
from app.controllers.tour import TourController
from app.controllers.tracking import TrackingController
from app.document.document import Document
from app.document.session import Session
from app.views.attributes.presenter import AttributesPresenter
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.label_field import LabelField
from app.views.canvas.looking import LookingPresenter
from app.views.detections.presenter import DetectionsPresenter
from app.views.exporting.presenter import ExportingPresenter
from app.views.importing.presenter import ImportingPresenter
from app.views.labels.presenter import LabelsPresenter
from app.views.learning.presenter import LearningPresenter
from app.views.models.presenter import ModelsPresenter
from app.views.notes.presenter import NotesPresenter
from app.views.score_map.presenter import ScoreMapPresenter
from app.views.settings.presenter import SettingsPresenter
from app.views.timeline.presenter import TimelinePresenter
from app.views.track_list.presenter import TrackListPresenter
from app.views.tracking.presenter import TrackingPresenter
from app.views.transport.presenter import TransportPresenter
from app.views.window.files import FilesPresenter
from app.views.window.help import HelpPresenter
from app.views.window.main_window import MainWindow
from app.views.workspace.presenter import WorkspacePresenter


@dataclass(frozen=True, slots=True)
class Doers:
    """The objects whose methods do what an action asks for, or know whether it can be used."""

    document: Document
    session: Session
    project: ProjectController
    playback: PlaybackController
    editing: EditingController
    history: HistoryController
    tracking: TrackingController
    review: ReviewController
    redrawing: RedrawingController
    proposals: ProposalsController
    doubt_page: DoubtPageController
    certificate: CertificateController
    arranging: ArrangingController
    identity: IdentityController
    look_alikes: LookAlikesController
    find_again: FindAgainController
    searches: ErrandsController
    errands: ErrandsController
    tightening: TighteningController
    spans: SpanController
    showing: ShowingController
    labels: LabelsController
    seeking: SeekingController
    notes: NotesController
    attributes: AttributesController
    detections: DetectionsController
    learning: LearningController
    window: MainWindow
    canvas: CanvasView
    label_field: LabelField
    files: FilesPresenter
    exporting: ExportingPresenter
    importing: ImportingPresenter
    transport: TransportPresenter
    track_list: TrackListPresenter
    timeline: TimelinePresenter
    labels_dialog: LabelsPresenter
    notes_dialog: NotesPresenter
    attributes_panel: AttributesPresenter
    detections_dialog: DetectionsPresenter
    looking: LookingPresenter
    score_map: ScoreMapPresenter
    runs: TrackingPresenter
    models: ModelsPresenter
    learning_dialog: LearningPresenter
    settings: SettingsPresenter
    help: HelpPresenter
    workspace: WorkspacePresenter
    tour: TourController

    def news(self) -> tuple[SignalInstance, ...]:
        """Every signal, except those about boxes and of the undo stack, after which an action may be enabled, ticked or
        named differently.
        """
        document = self.document
        return (
            document.project_opened, document.project_closed,
            document.track_added, document.track_removed, document.labels_changed,
            document.notes_changed, document.detections_changed,
            self.session.selection_changed, self.session.span_changed,
            self.tracking.run_started, self.tracking.run_finished, self.tracking.failed,
            self.tracking.retrack_offered, self.tracking.offer_withdrawn,
            self.identity.asked_changed, self.find_again.asked_changed, self.look_alikes.changed,
            self.detections.changed,
            self.searches.began, self.searches.ended,
            self.learning.started, self.learning.ended, self.errands.began, self.errands.ended,
            self.certificate.changed, self.doubt_page.changed, self.redrawing.changed, self.proposals.changed,
            self.score_map.overlay_changed, self.canvas.drawing_changed, self.label_field.shown_changed,
            self.window.panels_changed,
            self.workspace.opened, self.looking.changed, self.tour.changed,
        )  # fmt: skip
