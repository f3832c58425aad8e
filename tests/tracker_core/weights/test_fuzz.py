"""The short form of ``python -m benchmarks.fuzz_models``."""

from __future__ import annotations

from benchmarks.fuzz_models import run, samples
from benchmarks.fuzzing import report

FILES = 150


def test_whatever_is_added_is_added_or_refused_in_a_sentence() -> None:
    found = run(samples(7, FILES))
    assert not found.failures, report(found, files=FILES, seconds=0)
    assert found.accepted + sum(found.refused.values()) == FILES


def test_a_file_is_the_same_for_the_same_seed_and_number() -> None:
    once, again = list(samples(7, 30)), list(samples(7, 40))[:30]
    assert once == again
    assert len({sample.content for sample in once}) > 25
