"""Numbers from samples beside what is known: perfect generators, collapsed ones, exact slopes, the total variation."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from ganmath.divergence import total_variation
from ganmath.gan import (
    DATA,
    MLP,
    Blobs,
    Config,
    Diagnosis,
    Mixture,
    SampleDiagnosis,
    Snapshot,
    count_modes,
    lipschitz,
    modes_of,
    train,
    two_sample_accuracy,
)
from ganmath.gan.batches import Batch, Noise
from ganmath.gan.game_field import descent

LINE = Config(steps=60, every=60, batch=64, generator_widths=(16, 16), discriminator_widths=(16, 16), seeds=(3, 4))
PLANE = replace(LINE, data="ring", noise_dim=2)


@pytest.fixture(scope="module")
def line() -> Snapshot:
    *_, last = train(LINE)
    return last


@pytest.fixture(scope="module")
def plane() -> Snapshot:
    *_, last = train(PLANE)
    return last


def drawn(name: str, size: int, seed: int = 0) -> np.ndarray:
    return DATA[name].sample(size, torch.Generator().manual_seed(seed), torch.float64).numpy()


# ------------------------------------------------------------------------------------------------- modes


@pytest.mark.parametrize("name", ["ring", "grid", "mixture"])
def test_a_perfect_generator_scores_what_it_should(name: str) -> None:
    """Over 40 samples of 2000: means within 4 standard errors of the truth, errors as they are said to be."""
    modes, size, runs = modes_of(DATA[name]), 2000, 40
    counts = [count_modes(modes, drawn(name, size, seed)) for seed in range(runs)]
    assert {one.covered for one in counts} == {len(modes.centers)}
    quality = np.array([one.high_quality for one in counts])
    said = np.mean([one.high_quality_error for one in counts])
    assert abs(quality.mean() - counts[0].perfect_high_quality) < 4 * said / math.sqrt(runs)
    assert 0.6 < quality.std() / said < 1.5
    divergence = np.array([one.reverse_kl for one in counts])
    said = np.mean([one.reverse_kl_error for one in counts])
    assert abs(divergence.mean() - counts[0].reverse_kl_floor) < 4 * said / math.sqrt(runs)
    assert 0.5 < divergence.std() / said < 1.6


def test_a_perfect_ring_has_nine_parts_of_eight_hundred_outside() -> None:
    modes = modes_of(DATA["ring"])
    assert modes.high_quality.sum() == pytest.approx(1 - math.exp(-4.5), rel=1e-15)
    assert modes_of(DATA["grid"]).shares == pytest.approx(np.full(25, 1 / 25))


def test_shares_on_the_line_are_those_of_the_density() -> None:
    """Lopsided, overlapping, out of order: against a fine sum of the density."""
    data = Mixture(weights=(0.3, 0.7), means=(2.0, -1.0), stds=(0.8, 1.0))
    modes = modes_of(data)
    x, dx = np.linspace(-12, 12, 240_001, retstep=True)
    mass = np.exp(data.density.logpdf(x)) * dx
    left = x < 0.5
    assert modes.centers[:, 0].tolist() == [-1, 2]
    assert modes.shares == pytest.approx([mass[left].sum(), mass[~left].sum()], abs=1e-4)
    good = [mass[left & (abs(x + 1) <= 3)].sum(), mass[~left & (abs(x - 2) <= 2.4)].sum()]
    assert modes.high_quality == pytest.approx(good, abs=1e-4)


def test_collapse_is_seen_and_one_stray_sample_covers_nothing() -> None:
    modes, stray = modes_of(DATA["ring"]), 10
    points = np.tile(modes.centers[0], (9000, 1))
    counts = count_modes(modes, np.concatenate([points, np.tile(modes.centers[3], (stray, 1))]))
    assert counts.covered == 1
    assert counts.high_quality == 1
    assert counts.high_quality_error > 0
    share = stray / (9000 + stray)
    kl = math.log(8) + share * math.log(share) + (1 - share) * math.log1p(-share)
    assert counts.reverse_kl == pytest.approx(kl, rel=1e-12)
    # A fifth of a fair share of high-quality samples covers, a sample less doesn't; bad samples don't count.
    need = math.ceil(0.2 * modes.high_quality[0] * 1000)
    for got, covered in ((need, 2), (need - 1, 1)):
        at = np.concatenate([np.tile(modes.centers[0], (1000 - got, 1)), np.tile(modes.centers[1], (got, 1))])
        assert count_modes(modes, at).covered == covered
        at[1000 - got :] += 0.2
        assert count_modes(modes, at).covered == 1


def test_what_has_no_modes_or_none_apart_is_refused(plane: Snapshot) -> None:
    with pytest.raises(TypeError, match=r"Checkerboard has no modes to count; these have: Blobs, Mixture"):
        modes_of(DATA["checkerboard"])
    with pytest.raises(ValueError, match=r"modes 5 standard deviations apart overlap.*sigma of at most 0\.125"):
        modes_of(Blobs(((0.0, 0.0), (0.0, 1.0)), 0.2))
    with pytest.raises(ValueError, match="the generator has diverged"):
        count_modes(modes_of(DATA["ring"]), np.full((3, 2), np.nan))
    moons = SampleDiagnosis(replace(plane, config=replace(PLANE, data="moons")), size=200)
    assert math.isnan(moons.row()["high_quality"])
    with pytest.raises(TypeError, match="NoisyCurves has no modes"):
        _ = moons.modes


# ----------------------------------------------------------------------------------------- two-sample test


def test_the_classifier_guesses_where_there_is_nothing_to_tell() -> None:
    accuracies = np.array([two_sample_accuracy(drawn("ring", 500, s), drawn("ring", 500, 99 + s)) for s in range(30)])
    error = 0.5 / math.sqrt(1000)
    assert abs(accuracies.mean() - 0.5) < 4 * error / math.sqrt(30)
    assert 0.6 < accuracies.std() / error < 1.6


def test_no_classifier_beats_bayes(line: Snapshot) -> None:
    for member in range(2):
        exact, sampled = Diagnosis(line, member), SampleDiagnosis(line, member)
        best = (1 + total_variation(exact.p, exact.g)) / 2
        assert best - 0.05 < sampled.two_sample_accuracy < best + 3 * sampled.two_sample_error
        assert sampled.two_sample_p < 1e-6
    same = SampleDiagnosis(line, size=500)
    vars(same)["two_sample_accuracy"] = 0.5
    assert same.two_sample_p == 0.5


# ------------------------------------------------------------------------------------ slopes and gradients


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "silu"])
def test_the_steepest_slope_lies_between_its_bounds(line: Snapshot, activation: str) -> None:
    rngs = [torch.Generator().manual_seed(seed) for seed in (0, 1)]
    for spectral_norm in (False, True):
        critic = MLP((1, 16, 16, 1), activation, rngs, torch.float64, spectral_norm)
        sampled = SampleDiagnosis(replace(line, discriminator=critic), 1, size=2000)
        x = np.linspace(-9, 9, 40_001)
        steepest = abs(np.diff(critic.member(1).on_line(x)) / np.diff(x)).max()
        if activation in ("relu", "leaky_relu"):
            steepest = lipschitz(critic, 1)
        assert 0.5 * steepest < sampled.critic_slope <= steepest * (1 + 1e-5)
        assert steepest <= sampled.critic_slope_bound * (1 + 1e-12)
        if spectral_norm:
            assert sampled.critic_slope_bound == pytest.approx(1.0998393**2 if activation == "silu" else 1, rel=1e-3)


def test_gradients_scatter_as_their_errors_say(plane: Snapshot) -> None:
    """Those of 40 batches of 1000, by other draws, around their mean."""
    rng, size, runs = torch.Generator().manual_seed(9), 1000, 40
    chances = [
        Batch(
            DATA["ring"].sample(size, rng, torch.float64)[None],
            Noise(torch.randn(1, size, 2, generator=rng, dtype=torch.float64)),
            torch.empty(0),
        )
        for _ in range(runs)
    ]
    sampled = [SampleDiagnosis(plane, 1, size=size, seed=seed) for seed in range(4)]
    batches = [descent(plane, 1, batch) for batch in chances]
    for which, player in enumerate(("d_gradient", "g_gradient")):
        vectors = torch.stack([both[which].detach() for both in batches])
        scatter, norm = float(vectors.var(0).sum().sqrt()), float(vectors.mean(0).norm())
        for one in sampled:
            assert getattr(one, f"{player}_error") == pytest.approx(scatter, rel=0.5)
            assert abs(getattr(one, player) - norm) < 3 * scatter
        assert norm > 3 * scatter


def test_the_gradient_is_that_of_the_step(plane: Snapshot) -> None:
    """Of non-saturating losses and R1 at its weight, written out, by finite differences along the gradient itself."""
    rng = torch.Generator().manual_seed(0)
    real, noise = (torch.randn(1, 50, 2, generator=rng, dtype=torch.float64) for _ in range(2))
    of_d, of_g = (v.detach() for v in descent(plane, 1, Batch(real, Noise(noise), torch.empty(0))))
    d, g = plane.discriminator.member(1), plane.generator.member(1)
    softplus = torch.nn.functional.softplus

    def losses() -> tuple[float, float]:
        x = real.clone().requires_grad_()
        (slope,) = torch.autograd.grad(d(x).sum(), x)
        penalty = PLANE.penalty_weight_at(plane.step) * slope.square().sum(-1).mean() / 2
        fake = d(g(noise))
        return float(softplus(-d(real)).mean() + softplus(fake).mean() + penalty), float(softplus(-fake).mean())

    for player, gradient, which in ((d, of_d, 0), (g, of_g, 1)):
        ends = []
        for sign in (1, -2):  # the second from where the first has led
            at = 0
            for parameter in player.parameters():
                part = gradient[at : at + parameter.numel()].reshape(parameter.shape)
                parameter += sign * 1e-6 * part / gradient.norm()
                at += parameter.numel()
            ends.append(losses()[which])
        assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(float(gradient.norm()), rel=1e-4)


# ---------------------------------------------------------------------------------------------------- rows


def test_rows_are_plain_columns_for_pandas(line: Snapshot) -> None:
    rows = [Diagnosis(line, m).row() | SampleDiagnosis(line, m, size=300).row() for m in range(2)]
    table = pd.DataFrame(rows)
    assert len(table.columns) == len(set(Diagnosis.columns) | set(SampleDiagnosis.columns)) + 2
    assert table["seed"].tolist() == [3, 4]
    assert {kind.kind for kind in table.dtypes} <= {"i", "f"}
    assert not table.isna().any().any()


def test_draws_are_their_own_and_the_same_again(line: Snapshot) -> None:
    state = torch.get_rng_state()
    first, again, other = (SampleDiagnosis(line, size=300, seed=seed) for seed in (0, 0, 1))
    assert first.row() == again.row()
    assert (first.real != other.real).all()
    assert torch.equal(torch.get_rng_state(), state)
    with pytest.raises(ValueError, match="size=99: give at least 100 samples"):
        SampleDiagnosis(line, size=99)
    with pytest.raises(IndexError, match="member 2, but there are 2"):
        SampleDiagnosis(line, 2)
