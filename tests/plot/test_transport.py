"""The picture of duality shows a plan with the right marginals, a 1-Lipschitz critic, and bounds that meet."""

from __future__ import annotations

import numpy as np
import pytest

from ganmath import plot
from ganmath.divergence import Discrete, wasserstein

POINTS = np.arange(7.0)
P = np.array([4, 3, 0, 0, 0, 2, 1]) / 10
G = np.array([0, 1, 2, 4, 3, 0, 0]) / 10


def test_the_bars_of_the_best_plan_and_the_best_critic_meet_at_w1() -> None:
    *_, bars = plot.plan_and_critic(P, G, POINTS)
    worse_plan, plan, critic, worse_critic = (bar.get_width() for bar in bars.patches)
    w1 = wasserstein(Discrete(P, POINTS), Discrete(G, POINTS))
    assert w1 == pytest.approx(np.abs(np.cumsum(P - G)).sum(), abs=1e-15)
    assert (plan, critic) == pytest.approx((w1, w1), abs=1e-12)
    assert worse_plan > w1 > worse_critic
    assert worse_critic == pytest.approx(abs((P - G) @ POINTS))


def test_each_path_is_as_wide_as_its_mass_and_the_masses_are_the_marginals() -> None:
    above, *_ = plot.plan_and_critic(P, G, POINTS)
    sent, got = np.zeros(7), np.zeros(7)
    for path in above.lines:
        start, end = (int(x) for x in path.get_xdata())
        mass = (path.get_linewidth() - 1) / 16
        sent[start] += mass
        got[end] += mass
    assert sent == pytest.approx(P, abs=1e-12)
    assert got == pytest.approx(G, abs=1e-12)


def test_the_critic_climbs_by_the_sign_of_g_minus_f() -> None:
    _, middle, _ = plot.plan_and_critic(P, G, POINTS)
    x, f = middle.lines[1].get_data()
    assert np.diff(f) / np.diff(x) == pytest.approx(np.sign(np.round(np.cumsum(G - P), 12))[:-1], abs=1e-12)
    curve = middle.lines[0]
    assert np.abs(np.diff(curve.get_ydata()) / np.diff(curve.get_xdata())).max() <= 1 + 1e-9
