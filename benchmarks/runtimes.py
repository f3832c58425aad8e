"""Measures which runtime runs our search networks fastest on this processor. All take turns in one run.

    python -m benchmarks.runtimes [--tracker NAME]... [--rounds N] [--without NAME]... [--out FILE.json]

Contenders are torch as Siamark uses it, torch's compiler (needs a C++ compiler), ONNX Runtime and OpenVINO, each in
float32 and, if the processor has it, in bf16, for one search region and for eight. Missing ones are skipped and named.
A row also says how far the maps differ from torch's in float32.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.machine import describe_machine
from benchmarks.moving_clip import picture, true_boxes
from tracker_core.images import FloatArray
from tracker_core.runtime.openvino_step import RUNTIME, OpenVINOStep
from tracker_core.runtime.placement import Placement, bf16_pays, network_order, place
from tracker_core.target import NetworkTarget
from tracker_core.trackers.families import FAMILIES, fitted, parts_of
from tracker_core.trackers.siamrpnpp_inference import SiamRPNPPInference
from tracker_core.trackers.siamrpnpp_network import foreground
from tracker_core.trackers.siamrpnpp_openvino import has_graph, openvino_graph
from tracker_core.weights.catalog import CatalogError, load_tracker, model_named

TRACKERS = ("siamrpnpp_small", "siamrpnpp_tiny")
COUNTS = (1, 8)
WARM_UP, TURN = 2, 4  # steps of a turn; during the first, uncounted ones the previous contender's threads still spin
CONTENDERS = ("torch", "compiled", "onnxruntime", "openvino")
Step: TypeAlias = Callable[[], FloatArray]


@dataclass(frozen=True, slots=True)
class RuntimeRow:
    """One contender. Milliseconds are the 20th percentile, which other load disturbs least, and the median."""

    tracker: str
    regions: int
    runtime: str
    precision: str
    ms: float
    median_ms: float
    gain: float  # torch's time in the same precision, divided by this one
    difference: float  # largest difference of the maps from torch's in float32


class RuntimesError(Exception):
    """There is nothing to measure; the text says why."""


class _Search(nn.Module):
    """The engine's step as a module for other runtimes: regions and kernels -> (N, 5, k, S, S)."""

    def __init__(self, network: SiamRPNPPInference, placement: Placement) -> None:
        super().__init__()
        self.network, self.placement = network, placement

    def forward(self, regions: Tensor, *kernels: Tensor) -> Tensor:
        logits, deltas = self.network(kernels, network_order(regions, self.placement))
        return torch.cat([foreground(logits)[:, None], deltas.float()], dim=1)


def measure_runtimes(
    names: Sequence[str], *, rounds: int, without: Sequence[str] = (), tell: Callable[[str], None] = print
) -> list[RuntimeRow]:
    """Rows for each tracker and number of regions.

    Raises:
        RuntimesError: if a tracker is not a SiamRPN++ with one of our own backbones.
    """
    rows: list[RuntimeRow] = []
    for name in names:
        _inference_form(name)  # check all before anything is measured
        for count in COUNTS:
            steps = _steps(name, count, without, tell)
            rows += _measured(name, count, steps, rounds)
    return rows


def _measured(name: str, count: int, steps: dict[tuple[str, str], Step], rounds: int) -> list[RuntimeRow]:
    times: dict[tuple[str, str], list[float]] = {contender: [] for contender in steps}
    answers = {contender: step() for contender, step in steps.items()}
    for _ in range(rounds):
        for contender, step in steps.items():
            for number in range(WARM_UP + TURN):
                began = time.perf_counter()
                step()
                if number >= WARM_UP:
                    times[contender].append(1000 * (time.perf_counter() - began))
    quick = {contender: float(np.quantile(taken, 0.2)) for contender, taken in times.items()}
    exact = answers["torch", "float32"]
    return [
        RuntimeRow(
            name, count, runtime, precision, quick[runtime, precision], float(np.median(times[runtime, precision])),
            quick["torch", precision] / quick[runtime, precision],
            float(np.abs(answers[runtime, precision][:, 0] - exact[:, 0]).max()),
        )
        for runtime, precision in steps
    ]  # fmt: skip


def _steps(name: str, count: int, without: Sequence[str], tell: Callable[[str], None]) -> dict[tuple[str, str], Step]:
    """Each contender's step for the same regions and kernels."""
    steps: dict[tuple[str, str], Step] = {}
    os.environ[RUNTIME] = "torch"  # the engine to compare with
    for precision in ("float32", "bf16") if bf16_pays() else ("float32",):
        placement = place("cpu", "bf16" if precision == "bf16" else "float32")
        tracker = load_tracker(name, device="cpu", precision="bf16" if precision == "bf16" else "float32")
        targets = [tracker.init(picture(0), box) for box in true_boxes(0, count)]
        followed = [target for target in targets if isinstance(target, NetworkTarget)]
        regions = torch.from_numpy(np.stack([target.look(picture(1))[0].image for target in followed]))
        kernels = tuple(torch.cat(same) for same in zip(*(target.kernels for target in followed), strict=True))
        engine: Any = followed[0].engine
        in_torch: Callable[..., FloatArray] = engine._answer
        steps["torch", precision] = lambda answer=in_torch, r=regions, k=kernels: answer(r, *k)  # type: ignore[misc]
        network = _inference_form(name)
        if "compiled" not in without:
            if shutil.which("c++") or shutil.which("g++") or shutil.which("clang++"):
                steps["compiled", precision] = _compiled(network, placement, regions, kernels)
            else:
                tell("left out: torch's compiler, which needs a C++ compiler")
        if "onnxruntime" not in without and precision == "float32":
            if find_spec("onnxruntime") and find_spec("onnx"):
                steps["onnxruntime", precision] = _onnx(network, placement, regions, kernels)
            else:
                tell("left out: ONNX Runtime (pip install onnx onnxruntime)")
        if "openvino" not in without:
            if find_spec("openvino"):
                steps["openvino", precision] = _openvino(network, placement, regions, kernels)
            else:
                tell("left out: OpenVINO (pip install openvino)")
    return steps


def _inference_form(name: str) -> SiamRPNPPInference:
    from tracker_core.weights.files import read_weights

    model = model_named(name)
    if model.family is not FAMILIES["siamrpnpp"]:
        raise RuntimesError(f"{name} is a {model.family.title}; only trackers of SiamRPN++ are compared")
    network = SiamRPNPPInference(fitted(parts_of(model.family), read_weights(model.path)))
    if not has_graph(network):
        raise RuntimesError(f"{name} has a published backbone; only our own are compared")
    return network


def _compiled(network: SiamRPNPPInference, placement: Placement, regions: Tensor, kernels: tuple[Tensor, ...]) -> Step:
    module = _Search(network.to(placement.dtype).to(memory_format=torch.channels_last), placement)  # type: ignore[call-overload]
    compiled = torch.compile(module.eval(), dynamic=False)

    @torch.no_grad()
    def step() -> FloatArray:
        return np.asarray(compiled(regions, *(kernel.clone() for kernel in kernels)).numpy(), np.float32)

    return step


def _onnx(network: SiamRPNPPInference, placement: Placement, regions: Tensor, kernels: tuple[Tensor, ...]) -> Step:
    """The network as exported by torch, in ONNX Runtime."""
    import onnxruntime

    written = io.BytesIO()
    names = [f"kernel{number}" for number in range(len(kernels))]
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the old exporter warns; the new one needs another package
        module = _Search(network, placement).eval()
        inputs = regions.clone(), *(kernel.clone() for kernel in kernels)
        torch.onnx.export(module, inputs, written, input_names=["regions", *names], dynamo=False)  # type: ignore[arg-type]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(written.getvalue(), options, providers=["CPUExecutionProvider"])
    given = {"regions": regions.numpy(), **{name: kernel.numpy() for name, kernel in zip(names, kernels, strict=True)}}
    return lambda: np.asarray(session.run(None, given)[0], np.float32)


def _openvino(network: SiamRPNPPInference, placement: Placement, regions: Tensor, kernels: tuple[Tensor, ...]) -> Step:
    def impossible(*inputs: Tensor) -> FloatArray:
        raise RuntimesError("OpenVINO does not work here")

    answer = OpenVINOStep(lambda side, shapes: openvino_graph(network, side, shapes), placement, impossible)
    return lambda: answer(regions, *kernels)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure which runtime is fastest for our search networks.")
    parser.add_argument("--tracker", action="append", metavar="NAME", help="may be repeated")
    parser.add_argument("--rounds", type=int, default=10, help="turns of four steps each")
    parser.add_argument("--without", action="append", choices=CONTENDERS[1:], default=[], help="may be repeated")
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="JSON file for the machine and the rows")
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    try:
        rows = measure_runtimes(arguments.tracker or TRACKERS, rounds=arguments.rounds, without=arguments.without)
    except (RuntimesError, CatalogError) as error:
        parser.error(str(error))
    machine = describe_machine()
    print(", ".join(f"{key} {value}" for key, value in machine.items()))
    heads = f"{'ms':>7}{'median':>8}{'gain':>6}{'differs':>10}"
    print(f"{'tracker':<17}{'regions':>7}  {'runtime':<12}{'precision':<10}{heads}")
    for row in rows:
        print(
            f"{row.tracker:<17}{row.regions:>7}  {row.runtime:<12}{row.precision:<10}{row.ms:7.2f}{row.median_ms:8.2f}"
            f"{row.gain:6.2f}{row.difference:10.1e}"
        )
    if arguments.out:
        found = {"machine": machine, "rows": [asdict(row) for row in rows]}
        arguments.out.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
