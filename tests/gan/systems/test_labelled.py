"""Training on labelled data: one seed gives one result, what can't work is refused, and what the recipes reach."""

from __future__ import annotations

import copy
import math
import time
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, softplus

from ganmath.gan import TrainingDiverged
from ganmath.gan.batches import PURPOSES, generators_of
from ganmath.gan.losses import LOSSES, Loss
from ganmath.gan.systems import (
    CONDITIONS,
    LABELLED,
    LABELLED_RECIPES,
    ImageScores,
    LabelledConfig,
    LabelledImages,
    LabelledSnapshot,
    digit_reader,
    digits,
    labelled,
    score_images,
    train_labelled,
)
from ganmath.gan.systems.networks import Generator, convolutional_body, convolutional_generator

SMALL = LabelledConfig(steps=4, every=2, batch=8, generator_widths=(16,), discriminator_widths=(16,))
CONVOLUTIONAL = replace(SMALL, networks="convolutional", generator_widths=(8, 4), discriminator_widths=(4, 8))
LABELS = torch.arange(2000) % 10


def last_of(config: LabelledConfig) -> LabelledSnapshot:
    *_, last = train_labelled(config)
    return last


def scored(snapshot: LabelledSnapshot) -> ImageScores:
    labels = None if snapshot.config.condition == "none" else LABELS
    return score_images(snapshot.draw(LABELS), labels, digits(), digit_reader())


# ------------------------------------------------------------------------------------------------ the loop


@pytest.mark.parametrize("config", [SMALL, CONVOLUTIONAL])
@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_trains_the_same_way_twice(config: LabelledConfig, condition: str) -> None:
    config = replace(config, condition=condition)
    state = torch.random.get_rng_state()
    one, two, other = (last_of(c).draw(LABELS) for c in (config, config, replace(config, seed=1)))
    assert torch.equal(one, two)
    assert not torch.equal(one, other)
    assert one.abs().max() <= 1
    assert torch.equal(torch.random.get_rng_state(), state)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_label_changes_the_sample_where_the_generator_is_told(condition: str) -> None:
    start = next(train_labelled(replace(SMALL, condition=condition)))
    one, two = (start.draw(torch.full((5,), y), seed=3) for y in (0, 1))
    assert torch.equal(one, two) == (condition == "none")


def test_a_snapshot_stays_as_it_was() -> None:
    run = train_labelled(SMALL)
    start = next(run)
    before = start.draw(LABELS)
    *_, last = run
    assert torch.equal(start.draw(LABELS), before)
    assert not torch.equal(last.draw(LABELS), before)


def test_both_joint_laws_have_the_same_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of generated points has the labels of the real one: what the theorem "conditional" asks for."""
    drawn: list[Tensor] = []
    given: list[Tensor] = []

    class Recorded:
        shape, classes = (1, 8, 8), 10

        def sample(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
            drawn.append(torch.randint(10, (size,), generator=generator))
            return torch.zeros(size, 1, 8, 8), drawn[-1]

    class Told(Generator):
        def forward(self, z: Tensor, y: Tensor) -> Tensor:
            given.append(y)
            return super().forward(z, y)

    monkeypatch.setitem(LABELLED, "recorded", Recorded)
    monkeypatch.setattr(labelled, "Generator", Told)
    last_of(replace(SMALL, data="recorded"))
    assert len(drawn) == SMALL.steps
    assert torch.equal(torch.stack(given), torch.stack(drawn).repeat_interleave(2, 0))  # D's step, and then G's


def test_steps_are_those_of_a_plain_loop() -> None:
    config = replace(SMALL, ema=0.0, penalty="r1", loss="non_saturating", condition="auxiliary", seed=3)
    start, *_, last = train_labelled(config)
    g, d = (copy.deepcopy(net).requires_grad_() for net in (start.generator, start.discriminator))
    random = {name: generators_of((3,), PURPOSES[name])[0] for name in ("data", "noise")}
    g_step, d_step = (torch.optim.Adam(net.parameters(), 1e-3, (0.5, 0.99)) for net in (g, d))
    for step in range(config.steps):
        for optimiser in (g_step, d_step):
            optimiser.param_groups[0]["lr"] = 1e-3 * (1 + math.cos(math.pi * step / config.steps)) / 2
        x, y = digits().sample(8, random["data"])
        x.requires_grad_()
        fake = g(torch.randn(8, 12, generator=random["noise"]), y).detach()
        (slope,) = torch.autograd.grad(d(x, y).sum(), x, create_graph=True)
        game = softplus(-d(x, y)).mean() + softplus(d(fake, y)).mean()
        read = cross_entropy(d.logits(x)[0], y) + cross_entropy(d.logits(fake)[0], y)
        d_step.zero_grad()
        (game + read + 0.03 * slope.square().sum() / 8 / 2).backward()
        d_step.step()
        fake = g(torch.randn(8, 12, generator=random["noise"]), y)
        g_step.zero_grad()
        (softplus(-d(fake, y)).mean() + cross_entropy(d.logits(fake)[0], y)).backward()
        g_step.step()
    for mine, theirs in ((g, last.generator), (d, last.discriminator)):
        for one, other in zip(mine.parameters(), theirs.parameters(), strict=True):
            assert one.detach().numpy() == pytest.approx(other.numpy(), abs=1e-5)
    assert last.d_loss == pytest.approx(game.item(), abs=1e-5)


def test_one_own_data_are_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """28 by 28 pixels, as MNIST's: 7, 14, 28."""
    images, labels = torch.zeros(20, 1, 28, 28), torch.arange(20) % 10
    monkeypatch.setitem(LABELLED, "mine", lambda: LabelledImages(images, labels, images, labels))
    assert last_of(replace(CONVOLUTIONAL, data="mine")).draw(LABELS[:6]).shape == (6, 1, 28, 28)


def test_sides_double_in_the_generator_and_halve_in_the_discriminator() -> None:
    sizes = [
        tuple(layer(torch.zeros(2, *before)).shape[2:])
        for layer, before in (
            (convolutional_generator(5, (8, 4), (1, 8, 8)).get_submodule("4"), (8, 2, 2)),
            (convolutional_body((1, 8, 8), (4, 8), False)[0].get_submodule("0"), (1, 8, 8)),
        )
    ]
    assert sizes == [(4, 4), (4, 4)]


def test_batch_norm_is_left_out_at_the_image() -> None:
    """Of the generator's last layer and the discriminator's first, and of a critic with a gradient penalty."""
    counts = []
    for name in ("dcgan", "dcgan_gradient_penalty"):
        start = next(train_labelled(replace(LABELLED_RECIPES[name], steps=1)))
        players = (start.generator, start.discriminator)
        counts.append([sum(isinstance(part, nn.BatchNorm2d) for part in player.modules()) for player in players])
    assert counts == [[2, 1], [2, 0]]


def test_a_snapshot_judges_and_draws_each_point_alone() -> None:
    """Batch norm uses the averaged statistics of training, not those of the batch."""
    start, *_, last = train_labelled(replace(CONVOLUTIONAL, penalty=None, batch_norm=True))
    z, y = torch.randn(9, 12, generator=torch.Generator().manual_seed(0)), LABELS[:9]
    points = last.generator(z, y)
    assert torch.allclose(points[:2], last.generator(z[:2], y[:2]), atol=1e-6)
    assert torch.allclose(last.discriminator(points, y)[:2], last.discriminator(points[:2], y[:2]), atol=1e-6)
    before, after = (dict(one.generator.named_buffers()) for one in (start, last))
    means = [name for name in before if name.endswith("running_mean")]
    assert means
    assert not any(torch.equal(before[name], after[name]) for name in means)


# ------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"condition": "labels"}, "condition='labels' is unknown; choose one of 'auxiliary', 'none'"),
        ({"data": "mnist"}, "data='mnist' is unknown"),
        ({"penalty": "r3"}, "penalty='r3' is unknown"),
        ({"batch_norm": True}, "batch_norm=True beside penalty='r1_r2'"),
        ({"networks": "coupling", "noise": 1}, "noise=1 beside networks='coupling'.* give noise=2"),
        ({"batch": 1}, "batch=1 must be at least 2"),
        ({"critic_steps": 0}, "critic_steps=0 must be at least 1"),
        ({"steps": -1}, "steps=-1 must be at least 0"),
        ({"ema": 1.0}, r"ema=1 must lie in \[0, 1\)"),
    ],
)
def test_a_configuration_that_cannot_work_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        LabelledConfig(**wrong)  # type: ignore[arg-type]


def test_convolutions_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="with sides that 16 divides"):
        next(train_labelled(replace(CONVOLUTIONAL, generator_widths=(4, 4, 4, 4))))
    with pytest.raises(ValueError, match=r"for points of shape \(1,\)"):
        next(train_labelled(replace(CONVOLUTIONAL, data="overlap")))
    with pytest.raises(ValueError, match=r"0 convolutions .* give one at least"):
        next(train_labelled(replace(CONVOLUTIONAL, discriminator_widths=())))


@pytest.mark.parametrize("labels", [[0, 10], [-1], [0.5], [[1]]])
def test_labels_that_there_are_not_are_refused(labels: object) -> None:
    with pytest.raises(ValueError, match=r"labels are .*; give whole numbers 0 \.\. 9, of shape \(N,\)"):
        next(train_labelled(SMALL)).draw(torch.tensor(labels))


@pytest.mark.parametrize(("player", "name"), [("d", "discriminator"), ("g", "generator")])
def test_a_loss_that_is_no_number_stops_before_a_step(player: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    minimax = LOSSES["minimax"]
    broken = {player: lambda real, fake: fake.mean(-1) * torch.nan}
    monkeypatch.setitem(LOSSES, "broken", Loss(**{"d": minimax.d, "g": minimax.g, "g_sees_real": False, **broken}))
    with pytest.raises(TrainingDiverged, match=rf"step 0: the {name}'s loss isn't finite .* \(seeds 7\)"):
        last_of(replace(SMALL, loss="broken", seed=7))


# --------------------------------------------------------------------------------------- what recipes reach


@pytest.mark.parametrize("name", LABELLED_RECIPES)
def test_each_recipe_runs(name: str) -> None:
    assert last_of(replace(LABELLED_RECIPES[name], steps=2)).step == 2


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(
    ("recipe", "accuracy", "variety", "seconds"),
    [("conditional", 0.97, 0.75, 300), ("conditional_quick", 0.95, 0.65, 60)],
)
def test_digits_are_drawn_on_demand(recipe: str, accuracy: float, variety: float, seconds: float, seed: int) -> None:
    start = time.process_time()
    scores = scored(last_of(replace(LABELLED_RECIPES[recipe], seed=seed)))
    assert time.process_time() - start <= seconds
    assert scores.accuracy >= accuracy
    assert scores.rarest >= 0.05
    assert scores.variety >= variety
    assert scores.nearest > 1  # of held-out digits 2.1: none is a copy as a rule


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("recipe", ["dcgan", "dcgan_gradient_penalty"])
def test_convolutions_learn_the_digits(recipe: str, seed: int) -> None:
    start, halfway, last = (scored(one) for one in train_labelled(replace(LABELLED_RECIPES[recipe], seed=seed)))
    assert last.frechet < halfway.frechet < start.frechet
    assert last.rarest >= 0.05
    assert last.variety >= 0.75
    assert last.coverage >= 0.5
