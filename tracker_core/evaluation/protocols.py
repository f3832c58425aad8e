"""The protocols by name. A new one is a file with its ``report``, and a row here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from tracker_core.evaluation import got10k, lasot, otb, results, vot, votlt
from tracker_core.evaluation.report import Report
from tracker_core.evaluation.results import ResultLayout
from tracker_core.evaluation.runner import OnProgress, SequenceRun, track_once, track_supervised
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import Tracker


class TrackSequence(Protocol):
    def __call__(
        self, tracker: Tracker, sequence: Sequence, *, frames_before: int = 0, on_progress: OnProgress | None = None
    ) -> SequenceRun: ...


@dataclass(frozen=True, slots=True)
class EvaluationProtocol:
    """How a tracker is run, the layout of its raw results on disk, and the report on them."""

    track: TrackSequence
    layout: ResultLayout
    report: Callable[[str, list[SequenceRun]], Report]


PROTOCOLS: Mapping[str, EvaluationProtocol] = MappingProxyType(
    {
        "otb": EvaluationProtocol(track_once, results.OTB_LAYOUT, otb.report),
        "got10k": EvaluationProtocol(track_once, results.GOT10K_LAYOUT, got10k.report),
        "lasot": EvaluationProtocol(track_once, results.OTB_LAYOUT, lasot.report),
        "vot": EvaluationProtocol(track_supervised, results.VOT_LAYOUT, vot.report),
        "votlt": EvaluationProtocol(track_once, results.VOTLT_LAYOUT, votlt.report),
    }
)
