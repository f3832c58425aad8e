"""The protocols by name. A new one is a file with its ``report`` (and ``run``, unless one pass), and a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tracker_core.evaluation import otb
from tracker_core.evaluation.report import Report
from tracker_core.evaluation.runner import OnProgress, SequenceRun, run_one_pass
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import Tracker


@dataclass(frozen=True, slots=True)
class EvaluationProtocol:
    """How trackers are run, what is made of it, and how its raw results are laid out on disk."""

    run: Callable[[Tracker, Iterable[Sequence], OnProgress | None], list[SequenceRun]]
    report: Callable[[str, list[SequenceRun]], Report]
    write_raw_results: Callable[[list[SequenceRun], Path], None]


PROTOCOLS: Mapping[str, EvaluationProtocol] = MappingProxyType(
    {
        "otb": EvaluationProtocol(run=run_one_pass, report=otb.report, write_raw_results=otb.write_raw_results),
    }
)
