"""Conditional GANs where the truth is known: the value of their game, and what AC-GAN does to classes that overlap."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch

from ganmath.divergence import Density, js
from ganmath.game import optimal_discriminator, value
from ganmath.gan.systems import (
    LABELLED,
    ClassMixture,
    LabelledConfig,
    LabelledSnapshot,
    class_densities,
    class_diagnoses,
    class_entropy,
    crossed,
    descend_on_outcomes,
    overlapping,
    shared_outcome,
    train_labelled,
)

ON_LINE = LabelledConfig(
    data="overlap", noise=1, loss="minimax", penalty="r1", penalty_weight=0.02, generator_widths=(32, 32),
    discriminator_widths=(32, 32), batch=64, steps=500, every=500, critic_steps=2, lr_generator=2e-3,
    lr_discriminator=4e-3, betas=(0.0, 0.9), ema=0.99,
)  # fmt: skip


IN_PLANE = replace(
    ON_LINE, data="crossed", networks="coupling", noise=2, embedding=2, penalty_weight=1.0, generator_widths=(16,),
    discriminator_widths=(64, 64), batch=128,
)  # fmt: skip


@cache
def learned(condition: str) -> LabelledSnapshot:
    *_, last = train_labelled(replace(ON_LINE, condition=condition))
    return last


@cache
def in_plane() -> tuple[LabelledSnapshot, list[tuple[Density, Density]]]:
    *_, last = train_labelled(IN_PLANE)
    return last, class_densities(last)


# --------------------------------------------------------------------------------- the theorem "conditional"


@pytest.mark.parametrize("condition", ["projection", "auxiliary"])
def test_each_class_is_the_network_at_its_label(condition: str) -> None:
    last = learned(condition)
    z = torch.linspace(-3, 3, 101)[:, None]
    for y, truth in enumerate(class_diagnoses(last)):
        labels = torch.full((101,), y)
        points = last.generator(z, labels)
        assert truth.snapshot.generator(z[None].double())[0].numpy() == pytest.approx(points.detach().numpy(), abs=1e-5)
        scores = last.discriminator(z, labels).detach().numpy()
        assert truth.logits(z[:, 0].numpy()) == pytest.approx(scores, abs=1e-4)


@pytest.mark.parametrize("condition", ["projection", "auxiliary"])
def test_the_best_value_is_the_mean_js_of_the_classes(condition: str) -> None:
    """Both sides are integrals, each known to 1e-9."""
    truths = class_diagnoses(learned(condition))
    best = np.mean([truth.best_value for truth in truths])
    js = np.mean([truth.js for truth in truths])
    assert best == pytest.approx(2 * js - math.log(4), abs=1e-9)


def test_samples_have_the_best_value_within_their_error() -> None:
    """A mean of n independent numbers lies within 4 standard errors of its integral, but for one in 16,000."""
    last, data, n = learned("projection"), LABELLED["overlap"](), 40_000
    x, y = data.sample(n, torch.Generator().manual_seed(1))
    fake = last.draw(y, seed=2)[:, 0].numpy()
    truths = class_diagnoses(last)
    real = x[:, 0].numpy()
    terms = np.zeros(n)
    for label, truth in enumerate(truths):
        mine = y.numpy() == label
        terms[mine] = np.log(truth.best_D(real[mine])) + np.log1p(-truth.best_D(fake[mine]))
    js = np.mean([truth.js for truth in truths])
    error = terms.std() / math.sqrt(n)
    assert error < 0.01
    assert abs(terms.mean() - (2 * js - math.log(4))) < 4 * error


def test_no_trained_discriminator_beats_the_best_one() -> None:
    for truth in class_diagnoses(learned("projection")):
        assert truth.value < truth.best_value
        assert truth.best_value - truth.value == pytest.approx(truth.value_gap, abs=1e-8)


def test_a_conditional_gan_learns_each_class() -> None:
    start = class_diagnoses(next(train_labelled(ON_LINE)))
    end = class_diagnoses(learned("projection"))
    before, after = (np.mean([truth.js for truth in truths]) for truths in (start, end))
    assert after < 0.05 < before


# ------------------------------------------------------------------------------------------ ... in the plane


def test_in_the_plane_the_best_value_is_the_mean_js_of_the_classes() -> None:
    """Both sides by cubature, in float64: the one of log D* and log(1 - D*), the other of the divergence's summand."""
    _, pairs = in_plane()
    best = np.mean([value(optimal_discriminator(p, g, logits=True), p, g, logits=True) for p, g in pairs])
    far = np.mean([js(p, g) for p, g in pairs])
    assert best == pytest.approx(2 * far - math.log(4), abs=1e-12)
    assert 0.01 < far < 0.15  # learned, and not at the solution, where both sides are -log 4


def test_in_the_plane_samples_have_the_best_value_within_their_error() -> None:
    """Points as the network makes them: they know nothing of the density that the integrals are of."""
    (last, pairs), data, n = in_plane(), LABELLED["crossed"](), 40_000
    x, y = data.sample(n, torch.Generator().manual_seed(1))
    fake = last.draw(y, seed=2)
    terms = np.zeros(n)
    for label, (p, g) in enumerate(pairs):
        mine, best = y == label, optimal_discriminator(p, g)
        terms[mine.numpy()] = np.log(best(x[mine].numpy())) + np.log1p(-best(fake[mine].numpy()))
    error = terms.std() / math.sqrt(n)
    assert error < 0.01
    assert abs(terms.mean() - (2 * np.mean([js(p, g) for p, g in pairs]) - math.log(4))) < 4 * error


def test_on_the_line_densities_are_those_of_the_diagnoses() -> None:
    last = learned("projection")
    for truth, (p, g) in zip(class_diagnoses(last), class_densities(last), strict=True):
        assert js(p, g) == pytest.approx(truth.js, abs=1e-9)


# ------------------------------------------------------------------------- the theorems "acgan", "acgan-overlap"


def test_an_auxiliary_classifier_makes_overlapping_classes_certain() -> None:
    """By "acgan" G lowers the entropy of its classes; it is log 2 / 2 in the data, as half of each is shared."""
    in_data = math.log(2) / 2
    assert class_entropy(class_diagnoses(learned("auxiliary"))) < 0.1 * in_data
    for condition in ("projection", "twin"):
        assert class_entropy(class_diagnoses(learned(condition))) > 0.5 * in_data


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8])
def test_on_outcomes_the_share_is_that_of_the_theorem(share: float) -> None:
    g = descend_on_outcomes(shared_outcome(share), "auxiliary")
    t = (3 - share - math.sqrt((3 - share) ** 2 - 4 * share)) / 2  # solves o = t (3 - t)/(1 + t)
    assert g == pytest.approx(shared_outcome(t), abs=1e-5)
    assert t < share


@pytest.mark.parametrize("condition", ["projection", "twin"])
def test_on_outcomes_other_conditions_find_the_data(condition: str) -> None:
    classes = np.array([[0.5, 0.3, 0.2, 0.0], [0.1, 0.3, 0.2, 0.4], [0.0, 0.5, 0.25, 0.25]])
    assert descend_on_outcomes(classes, condition, steps=3000) == pytest.approx(classes, abs=1e-3)


def test_what_is_no_game_of_classes_is_refused() -> None:
    with pytest.raises(ValueError, match="sum 1 for each class"):
        descend_on_outcomes([[0.5, 0.4]], "twin")
    with pytest.raises(ValueError, match="condition='labels' is unknown"):
        descend_on_outcomes(shared_outcome(0.5), "labels")
    with pytest.raises(ValueError, match="isn't told the class"):
        descend_on_outcomes(shared_outcome(0.5), "none")
    with pytest.raises(ValueError, match=r"share=1 must lie in \(0, 1\)"):
        overlapping(1.0)
    small = LabelledConfig(generator_widths=(4,), discriminator_widths=(4,), steps=1)
    for wrong in (small, replace(small, data="overlap", noise=2)):
        with pytest.raises(ValueError, match="with noise=1 and networks='dense'"):
            class_diagnoses(next(train_labelled(wrong)))
    with pytest.raises(ValueError, match="has no g"):
        class_diagnoses(next(train_labelled(replace(small, data="overlap", noise=1, condition="none"))))
    for wrong in (replace(small, data="crossed", noise=2), replace(IN_PLANE, noise=3, steps=1)):
        with pytest.raises(ValueError, match="or noise=2 and networks='coupling'"):
            class_densities(next(train_labelled(wrong)))
    with pytest.raises(ValueError, match=r"not of shape \(1, 8, 8\): take data in the plane"):
        next(train_labelled(replace(small, networks="coupling")))
    with pytest.raises(ValueError, match="parts of different dimensions"):
        ClassMixture((*overlapping(0.5).parts, *crossed().parts))
