"""A run beside the truth: identities that hold at every step, and a run that only looks as if it had converged."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy.special import xlog1py, xlogy

from ganmath.gan import MLP, Config, Diagnosis, Snapshot, train

SMALL = Config(steps=80, every=40, batch=64, generator_widths=(16, 16), discriminator_widths=(16, 16))


@pytest.mark.parametrize(
    "config",
    [
        SMALL,
        replace(SMALL, seeds=(1, 2), data="uniform", noise="uniform"),
        replace(SMALL, data="laplace", discriminator_activation="silu", ema=0.0, penalty=None),
        replace(SMALL, generator="monotone", generator_widths=(24,), discriminator_activation="tanh"),
        replace(SMALL, loss="wasserstein", penalty="gradient_penalty"),
    ],
    ids=["default", "uniform", "laplace", "monotone", "wasserstein"],
)
def test_the_gap_identity_holds_at_every_snapshot(config: Config) -> None:
    for snapshot in train(config):
        truth = Diagnosis(snapshot, member=len(config.seeds) - 1)
        assert abs(truth.best_value - truth.value - truth.value_gap) <= 1e-9
        assert truth.best_value == pytest.approx(-math.log(4) + 2 * truth.js, abs=1e-12)
        assert truth.value_gap > 0
        assert 0 < truth.js < math.log(2)
        assert 4 * truth.js <= truth.kl + truth.reverse_kl  # each KL to the mixture is at most half of one


@pytest.mark.parametrize(
    "config",
    [
        replace(SMALL, generator_activation="silu"),
        replace(SMALL, generator_activation="silu", noise="uniform", discriminator_activation="silu", seeds=(2,)),
        replace(SMALL, generator_activation="tanh", discriminator_activation="tanh", data="cauchy"),
    ],
    ids=["silu", "silu both", "tanh both"],
)
def test_the_gap_identity_holds_where_the_density_is_infinite(config: Config) -> None:
    """At critical values of a smooth generator."""
    for snapshot in train(config):
        truth = Diagnosis(snapshot)
        assert abs(truth.best_value - truth.value - truth.value_gap) <= 1e-9
        assert truth.best_value == pytest.approx(-math.log(4) + 2 * truth.js, abs=1e-10)
        assert truth.value_gap > 0
        assert truth.w1 > 0
        assert 4 * truth.js <= truth.kl + truth.reverse_kl
    assert truth.g.poles


def test_the_exact_value_is_what_samples_estimate() -> None:
    *_, last = train(SMALL)
    truth = Diagnosis(last)
    rng, size = torch.Generator().manual_seed(0), 200_000
    x = truth.data.sample(size, rng, torch.float64).numpy()
    z = torch.randn(size, 1, generator=rng, dtype=torch.float64).numpy()
    fake = last.generator.member(0).on_line(z)
    terms = np.log(truth.D(x)) + np.log1p(-truth.D(fake))
    assert abs(terms.mean() - truth.value) < 5 * terms.std() / math.sqrt(size)
    points = np.abs(np.sort(x.ravel()) - np.sort(fake.ravel())).mean()
    assert truth.w1 == pytest.approx(points, abs=0.02)
    scores = truth.logits(x) - truth.logits(fake)
    assert abs(scores.mean() - truth.critic_estimate) < 5 * scores.std() / math.sqrt(size)


def test_best_discriminator_beats_the_trained_one_pointwise() -> None:
    *_, last = train(SMALL)
    truth = Diagnosis(last)
    x = np.linspace(-3, 3, 301)
    p, g = np.exp(truth.p.logpdf(x)), np.exp(truth.g.logpdf(x))
    best, trained = truth.best_D(x), truth.D(x)
    assert best == pytest.approx(p / (p + g), rel=1e-12)

    def pointwise(d: np.ndarray) -> np.ndarray:
        return np.asarray(xlogy(p, d) + xlog1py(g, -d))  # 0 log 0 = 0

    both = (p > 1e-6) & (g > 1e-6)  # elsewhere D* rounds to 0 or 1
    assert both.sum() > 100
    assert (pointwise(best) >= pointwise(trained) - 1e-15)[both].all()


def test_an_undecided_discriminator_is_no_convergence() -> None:
    """D(x) = sigmoid(a x + b) only compares means: V sinks to -log 4, G is far from the data, and D* knows."""
    blind = Config(
        steps=400, every=400, batch=128, generator_widths=(8,), generator="monotone", discriminator_widths=(),
        penalty_weight_end=1.0, lr_generator=1e-2, lr_discriminator=1e-2,
    )  # fmt: skip
    *_, last = train(blind)
    truth = Diagnosis(last)
    assert truth.value == pytest.approx(-math.log(4), abs=5e-3)
    assert float(last.d_loss) == pytest.approx(math.log(4), abs=0.05)
    assert truth.js > 0.1
    assert truth.value_gap == pytest.approx(2 * truth.js, abs=5e-3)


def test_no_critic_exceeds_what_its_lipschitz_constant_allows() -> None:
    config = Config(
        steps=80, every=40, batch=64, generator_widths=(8, 8), generator_activation="leaky_relu", loss="wasserstein",
        discriminator_widths=(16, 16),
        penalty="gradient_penalty", seeds=(0, 1), ema=0.0,
    )  # fmt: skip
    for clip in (None, 0.1):
        for snapshot in train(replace(config, clip=clip, penalty=None if clip else config.penalty)):
            for member in range(2):
                truth = Diagnosis(snapshot, member)
                assert truth.critic_estimate <= truth.lipschitz * truth.w1 * (1 + 1e-9)


def test_an_atom_is_said_not_hidden() -> None:
    snapshot = next(train(replace(SMALL, dtype="float64")))
    flat = MLP((1, 1, 1), "relu", [torch.Generator().manual_seed(0)], torch.float64)
    with torch.no_grad():
        for parameter, number in zip(flat.parameters(), (1.0, 1.0, -1.0, 0.0), strict=True):
            parameter.fill_(number)
    truth = Diagnosis(replace(snapshot, generator=flat))
    assert truth.atoms == pytest.approx({0.0: 0.841344746}, abs=1e-9)
    with pytest.raises(ValueError, match=r"has no density.*0\.841 at x = 0"):
        _ = truth.js


def test_a_row_has_every_number_by_name() -> None:
    snapshot: Snapshot = next(train(replace(SMALL, seeds=(4, 5))))
    row = Diagnosis(snapshot, 1).row()
    assert row["step"] == 0
    assert row["seed"] == 5
    assert {"value", "best_value", "value_gap", "js", "kl", "reverse_kl", "w1", "lipschitz", "d_loss"} <= set(row)
    assert all(isinstance(number, int | float) for number in row.values())
