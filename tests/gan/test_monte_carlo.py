"""Exact densities at samples: beside integrals on the line and cubature in the plane, with their errors."""

import math
from dataclasses import replace

import numpy as np
import pytest

from ganmath.divergence import Density, js, kl
from ganmath.gan import DATA, Blobs, Config, Diagnosis, MonteCarloDiagnosis, Snapshot, exact_density, train

LINE = Config(
    steps=150, every=150, batch=64, generator="monotone", generator_widths=(16,), discriminator_widths=(16, 16),
    seeds=(3, 4),
)  # fmt: skip
PLANE = replace(LINE, data="ring", noise_dim=2, generator="coupling", generator_activation="tanh")
NUMBERS = ("value", "best_value", "value_gap", "js", "kl", "reverse_kl")


@pytest.fixture(scope="module")
def line() -> Snapshot:
    *_, last = train(LINE)
    return last


@pytest.fixture(scope="module")
def plane() -> Snapshot:
    *_, last = train(PLANE)
    return last


def test_on_the_line_it_is_what_the_integrals_are(line: Snapshot) -> None:
    """Over 60 draws of 500 points: means within 4 standard errors of the truth, errors as they are said to be."""
    runs, exact = 60, Diagnosis(line, 1)
    drawn = [MonteCarloDiagnosis(line, 1, size=500, seed=seed) for seed in range(runs)]
    for name in NUMBERS:
        found = np.array([getattr(one, name) for one in drawn])
        said = np.mean([getattr(one, f"{name}_error") for one in drawn])
        assert abs(found.mean() - getattr(exact, name)) < 4 * said / math.sqrt(runs), name
        assert 0.7 < found.std() / said < 1.4, name


def test_in_the_plane_it_is_what_cubature_says(plane: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = Blobs(((0.3, -0.2),), 0.8)
    monkeypatch.setitem(DATA, "ring", blob)
    start = next(train(replace(PLANE, steps=0)))
    g = exact_density(start.generator, DATA["normal"])
    marks = (-2.1, -0.5, 0.3, 1.1, 2.7)
    p = Density(blob.log_density, ((-math.inf, math.inf),) * 2, (marks, marks))
    sampled = MonteCarloDiagnosis(start, size=20_000)
    for name, exact in (("js", js(p, g)), ("kl", kl(p, g)), ("reverse_kl", kl(g, p))):
        assert abs(getattr(sampled, name) - exact) < 4 * getattr(sampled, f"{name}_error")
        assert getattr(sampled, f"{name}_error") < 0.05 * exact


def test_the_gap_identity_holds_point_by_point(plane: Snapshot) -> None:
    for member in range(2):
        drawn = MonteCarloDiagnosis(plane, member, size=1000)
        assert drawn.best_value - drawn.value == pytest.approx(drawn.value_gap, abs=1e-13)
        assert drawn.best_value == pytest.approx(-math.log(4) + 2 * drawn.js, abs=1e-13)
        assert 0 < drawn.js < math.log(2)
        assert drawn.value_gap > 0


def test_entropies_scatter_less_than_logarithms(plane: Snapshot) -> None:
    drawn = MonteCarloDiagnosis(plane, size=2000)
    real, fake = (-np.logaddexp(0, -a) for a in (drawn.log_ratios[0], -drawn.log_ratios[1]))
    assert real.mean() + fake.mean() == pytest.approx(drawn.best_value, abs=5 * drawn.best_value_error + 0.05)
    assert drawn.best_value_error < math.sqrt((real.var() + fake.var()) / 2000)


def test_a_point_that_only_one_density_has_makes_kl_infinite() -> None:
    start = next(train(replace(PLANE, steps=0, data="checkerboard")))
    drawn = MonteCarloDiagnosis(start, size=200)
    assert (drawn.reverse_kl, drawn.reverse_kl_error) == (math.inf, 0)
    assert math.isfinite(drawn.kl)
    assert 0 < drawn.js < math.log(2)


def test_what_has_no_density_is_refused(plane: Snapshot) -> None:
    mlp = next(train(replace(PLANE, steps=0, generator="mlp")))
    with pytest.raises(TypeError, match="generator='coupling'"):
        MonteCarloDiagnosis(mlp, size=200).row()
    row = MonteCarloDiagnosis(plane, size=200).row()
    assert {"step", "seed", "js", "js_error", "value_gap_error", "d_loss"} <= set(row)
    assert all(isinstance(number, int | float) for number in row.values())
