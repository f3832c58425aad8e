"""The interval of a certificate against scipy, against exact ones, and by what it is for: it holds the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.model.share_right import LEVEL, Judged, gamma_quantile, share_right


@given(st.floats(0.001, 0.999), st.floats(0.05, 500))
def test_quantiles_of_a_gamma_distribution_are_those_of_scipy(probability: float, shape: float) -> None:
    assert gamma_quantile(probability, shape) == pytest.approx(stats.gamma.ppf(probability, shape), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("looked_at", "wrong"), [(300, 0), (300, 8), (60, 1), (20, 0)])
def test_of_one_stratum_it_is_about_the_exact_interval_of_clopper_and_pearson(looked_at: int, wrong: int) -> None:
    share = share_right([Judged(100_000, looked_at, wrong)])
    exact = stats.binomtest(wrong, looked_at).proportion_ci(LEVEL, "exact")
    assert 1 - share.low == pytest.approx(exact.high, rel=0.12)
    assert 1 - share.low >= exact.high  # it errs towards being too wide
    assert 1 - share.high == pytest.approx(exact.low, rel=0.05, abs=1e-9)


def test_where_every_box_was_looked_at_there_is_no_doubt() -> None:
    share = share_right([Judged(10, 10, 1), Judged(30, 30, 0)])
    assert (share.share, share.low, share.high) == (0.975, 0.975, 0.975)


def test_a_stratum_in_which_nobody_has_looked_may_be_all_wrong() -> None:
    assert share_right([Judged(50, 50, 0), Judged(50, 0, 0)]).low == pytest.approx(0.5)
    assert share_right([Judged(50, 0, 0)]).low == 0.0


@given(
    st.lists(
        st.integers(1, 2000).flatmap(
            lambda size: st.integers(1, size).flatmap(
                lambda looked: st.integers(0, looked).map(lambda wrong: Judged(size, looked, wrong))
            )
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_estimate_lies_in_its_interval_and_what_was_seen_is_never_denied(strata: list[Judged]) -> None:
    share = share_right(strata)
    boxes = sum(stratum.box_count for stratum in strata)
    seen_wrong = sum(stratum.wrong for stratum in strata) / boxes
    seen_right = sum(stratum.looked_at - stratum.wrong for stratum in strata) / boxes
    near = 1e-9
    assert 0 <= share.low <= share.share + near
    assert share.share <= share.high + near
    assert share.high <= 1 - seen_wrong + near
    assert share.low >= seen_right - near


# Size, how many are drawn, how many are wrong. As certificates have them: more are drawn where more is wrong.
PROJECTS = {
    "nearly all right": ((900, 200, 2), (80, 60, 6), (20, 15, 5)),
    "one wrong in ten thousand": ((10_000, 300, 1),),
    "one wrong in a hundred": ((10_000, 300, 100),),
    "three in a hundred": ((5000, 230, 100), (500, 50, 40), (100, 20, 40)),
    "wrong where nobody expects it": ((9000, 60, 450), (1000, 240, 10)),
    "few looks": ((5000, 20, 150), (300, 10, 30)),
    "one in ten": ((3000, 150, 300), (300, 150, 150)),
    "half": ((1000, 100, 500),),
    "five strata": ((500, 9, 1), (800, 20, 12), (6000, 160, 60), (700, 60, 70), (200, 51, 80)),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_at_least_95_of_a_hundred_certificates_hold_the_truth(name: str) -> None:
    strata, random = PROJECTS[name], np.random.default_rng(0)
    truth = 1 - sum(wrong for _, _, wrong in strata) / sum(size for size, _, _ in strata)
    times = 4000
    found = np.stack([random.hypergeometric(wrong, size - wrong, drawn, times) for size, drawn, wrong in strata], 1)
    outcomes, counts = np.unique(found, axis=0, return_counts=True)
    holds, mean = 0, 0.0
    for outcome, count in zip(outcomes.tolist(), counts.tolist(), strict=True):
        share = share_right([Judged(s, d, w) for (s, d, _), w in zip(strata, outcome, strict=True)])
        holds += count * (share.low - 1e-12 <= truth <= share.high + 1e-12)
        mean += count * share.share / times
    assert holds / times >= LEVEL - 0.005  # chance of the simulation
    assert mean == pytest.approx(truth, abs=0.004)  # without bias


@pytest.mark.parametrize("numbers", [(3, 4, 1), (3, 2, 3), (3, 2, -1)])
def test_counts_that_cannot_be_are_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Judged(*numbers)
