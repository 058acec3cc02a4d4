"""The loop: members train as they would alone, snapshots are copies, and what is asked for is what is done."""

import math
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
import torch

from ganmath.gan import PENALTIES, Config, Run, Snapshot, lipschitz, play, progress, train
from ganmath.gan.checkpoint import fingerprint
from ganmath.gan.networks import Stacked

SMALL = Config(steps=100, every=50, batch=32, generator_widths=(16,), discriminator_widths=(16, 16), dtype="float64")

CUDA = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an accelerator")


def last(config: Config, generator: Stacked | None = None) -> Snapshot:
    *_, final = train(config, generator)
    return final


def distance(one: Stacked, other: Stacked) -> float:
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return max(float((a - b).detach().abs().max()) for a, b in pairs)


@pytest.mark.parametrize(
    "choice",
    [
        {"loss": "non_saturating", "penalty": "r1"},
        {"loss": "minimax", "penalty": None, "ema": 0.0, "schedule": "linear"},
        {"loss": "wasserstein", "penalty": "gradient_penalty", "critic_steps": 3},
        {"loss": "wasserstein", "penalty": None, "clip": 0.05, "discriminator_activation": "tanh"},
        {"spectral_norm": True, "loss": "hinge", "penalty": None},
        {"update": "simultaneous", "loss": "lsgan", "penalty": "lipschitz_penalty"},
        {"update": "extragradient", "loss": "f_gan_js", "penalty": None},
        {"update": "consensus", "loss": "relativistic", "penalty": "r1_r2", "discriminator_activation": "tanh"},
        {"update": "unrolled", "loss": "hinge", "penalty": "dragan", "steps": 40},
        {"generator": "monotone", "generator_widths": (12,), "noise": "uniform", "data": "laplace"},
    ],
    ids=lambda choice: "-".join(str(value) for value in choice.values()),
)
def test_a_member_trains_as_it_would_alone(choice: dict[str, Any]) -> None:
    ensemble = last(replace(SMALL, seeds=(0, 1, 2), **choice))
    solo = last(replace(SMALL, seeds=(1,), **choice))
    assert distance(ensemble.generator.member(1), solo.generator) < 1e-9
    assert distance(ensemble.discriminator.member(1), solo.discriminator) < 1e-9
    assert float(abs(ensemble.d_loss[1] - solo.d_loss[0])) < 1e-9
    assert distance(ensemble.generator.member(0), solo.generator) > 1e-3


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=CUDA)])
def test_on_a_device_training_is_the_same_up_to_roundings(device: str) -> None:
    config = replace(SMALL, seeds=(0, 3), steps=10, every=5, loss="relativistic", penalty="r1_r2", instance_noise=0.1)
    here, there = list(train(config)), list(train(config, device=device))
    for one, other in zip(here, there, strict=True):
        assert distance(one.generator, other.generator) <= 1e-10
        assert distance(one.discriminator, other.discriminator) <= 1e-10
        assert {parameter.device.type for parameter in other.generator.parameters()} == {"cpu"}
    *_, run = play(config, device=device)
    *_, resumed = play(config, resume=run.state(), device=device)
    assert fingerprint(resumed.state()) == fingerprint(run.state())


def test_betas_may_be_whole_numbers() -> None:
    whole, real = (last(replace(SMALL, steps=2, betas=betas)) for betas in ((0, 0.9), (0.0, 0.9)))
    assert distance(whole.generator, real.generator) == 0


def test_one_seed_gives_one_result() -> None:
    once, again = last(SMALL), last(SMALL)
    assert distance(once.generator, again.generator) == 0
    assert distance(once.discriminator, again.discriminator) == 0


def test_snapshots_are_copies_and_come_on_time() -> None:
    steps, weights = [], []
    kept = []
    for snapshot in train(replace(SMALL, steps=120)):
        steps.append(snapshot.step)
        kept.append(snapshot)
        weights.append([parameter.clone() for parameter in snapshot.generator.parameters()])
    assert steps == [0, 50, 100, 120]
    for snapshot, before in zip(kept, weights, strict=True):
        for parameter, value in zip(snapshot.generator.parameters(), before, strict=True):
            assert torch.equal(parameter, value)
            assert not parameter.requires_grad
    assert distance(kept[0].generator, kept[1].generator) > 1e-3
    assert kept[0].d_loss.isnan().all()
    assert kept[-1].d_loss.isfinite().all()


def test_touching_a_snapshot_leaves_the_run_alone() -> None:
    run = train(SMALL)
    first = next(run)
    for parameter in (*first.generator.parameters(), *first.discriminator.parameters()):
        parameter.data.zero_()
    *_, disturbed = run
    assert distance(disturbed.generator, last(SMALL).generator) == 0


def test_a_given_generator_stays_as_it_is_while_the_discriminator_learns() -> None:
    first = next(train(SMALL))
    final = last(SMALL, first.generator)
    assert distance(final.generator, first.generator) == 0
    assert distance(final.discriminator, first.discriminator) > 1e-3
    assert final.g_loss.isnan().all()
    with pytest.raises(ValueError, match=r"1 members, but there are 2 seeds"):
        next(train(replace(SMALL, seeds=(0, 1)), first.generator))


def test_more_critic_steps_bring_the_critic_further() -> None:
    frozen = next(train(SMALL)).generator
    quick = replace(SMALL, steps=40, penalty=None, ema=0.0, schedule="constant", batch=256)
    one, five = (last(replace(quick, critic_steps=k), frozen) for k in (1, 5))
    assert float(five.d_loss) < float(one.d_loss) - 0.02


def test_clipping_bounds_every_parameter() -> None:
    final = last(replace(SMALL, loss="wasserstein", penalty=None, clip=0.03, ema=0.0))
    largest = max(float(parameter.abs().max()) for parameter in final.discriminator.parameters())
    assert largest == pytest.approx(0.03)


def test_a_spectrally_normalised_critic_stays_1_lipschitz() -> None:
    config = replace(SMALL, loss="wasserstein", penalty=None, spectral_norm=True, lr_discriminator=0.03)
    assert lipschitz(last(config).discriminator) < 1.02
    assert lipschitz(last(replace(config, spectral_norm=False)).discriminator) > 2


def test_the_average_lags_behind_the_playing_networks() -> None:
    start = next(train(SMALL)).generator
    playing, average = last(replace(SMALL, ema=0.0)), last(replace(SMALL, ema=0.999))
    assert 0 < distance(average.generator, start) < 0.5 * distance(playing.generator, start)


def test_learning_rates_fall_to_zero() -> None:
    for schedule in ("linear", "cosine"):
        config = Config(schedule=schedule, steps=1000)
        assert config.lr_factor(0) == 1
        assert config.lr_factor(500) == pytest.approx(0.5)
        assert config.lr_factor(1000) == pytest.approx(0, abs=1e-15)
    assert Config(schedule="constant").lr_factor(77) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"loss": "hinged"}, r"loss='hinged' is unknown; choose one of 'f_gan_chi2', .*'wasserstein'"),
        ({"penalty": "r2d2"}, r"penalty='r2d2' is unknown; choose one of 'dragan', .*'r1_r2', 'r2'"),
        ({"update": "newton"}, r"update='newton' is unknown; choose one of 'alternating', .*'unrolled'"),
        ({"generator": "vae"}, r"generator='vae' is unknown; choose one of 'coupling', 'mlp', 'monotone'"),
        ({"schedule": "step"}, r"schedule='step' is unknown; choose one of 'constant', 'cosine', 'linear'"),
        ({"discriminator_activation": "gelu"}, r"choose one of 'leaky_relu', 'relu', 'silu', 'tanh'"),
        ({"seeds": ()}, r"seeds=\(\) trains nobody"),
        ({"seeds": (0, -1)}, r"seeds=\(0, -1\) must not be negative"),
        ({"seeds": 3}, r"seeds=3 isn't of the type tuple\[int, \.\.\.\]; the default is \(0,\)"),
        ({"batch": 0}, r"batch=0 must be at least 1"),
        ({"steps": -1}, r"steps=-1 must be at least 0"),
        ({"steps": "3"}, r"steps='3' isn't of the type int; the default is 2000"),
        ({"every": 2.5}, r"every=2\.5 isn't of the type int; the default is 100"),
        ({"generator_widths": 48}, r"generator_widths=48 isn't of the type tuple"),
        ({"clip": "x"}, r"clip='x' isn't of the type float \| None"),
        ({"lr_generator": -1e-3}, r"lr_generator=-0\.001 must be at least 0"),
        ({"lr_discriminator": math.nan}, r"lr_discriminator=nan must be at least 0"),
        ({"ema": 1.0}, r"ema=1 must lie in \[0, 1\)"),
        ({"penalty_weight": 0.0}, r"penalty=None for no penalty"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Config(**wrong)


def test_a_name_is_no_configuration() -> None:
    with pytest.raises(TypeError, match=r"config is a str; give a Config, such as Config\(data='ring'\) or recipe"):
        next(train("ring"))  # type: ignore[arg-type]


def test_a_monotone_generator_takes_one_width() -> None:
    with pytest.raises(ValueError, match="one entry, its number of steps"):
        next(train(Config(generator="monotone")))


def test_progress_hands_on_every_snapshot(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [snapshot.step for snapshot in islice(progress(train(SMALL), SMALL.steps), 3)]
    assert steps == [0, 50, 100]
    assert "100/100" in capsys.readouterr().err


@pytest.mark.parametrize("penalty", [None, *PENALTIES])
@pytest.mark.parametrize("data", ["mixture", "ring"])
def test_steps_are_those_of_a_plain_loop(data: str, penalty: str | None) -> None:
    """With Adam as torch has it by default, and gradients as `backward` lays them out."""
    config = replace(
        SMALL, data=data, noise_dim=2, loss="relativistic", penalty=penalty, steps=3, critic_steps=1, schedule="linear",
        generator_widths=(5, 7), discriminator_widths=(6, 4), ema=0.0,
    )  # fmt: skip
    run = Run(config)
    d, g = (player.network.member(0).requires_grad_() for player in (run.d, run.g))
    adams = [torch.optim.Adam(net.parameters(), 3e-3, config.betas, foreach=False) for net in (d, g)]
    for step in range(config.steps):
        for adam in adams:
            adam.param_groups[0]["lr"] = 3e-3 * (1 - step / config.steps)
        run.step, batch = step, run.draw()
        for adam, player in zip(adams, (d, g), strict=True):
            adam.zero_grad()
            fake = g(batch.noise.z if player is d else run.draw_noise().z)
            real, scores = (d(x)[..., 0] for x in (batch.real, fake.detach() if player is d else fake))
            if player is d:
                loss = torch.nn.functional.softplus(scores - real).mean()
                if penalty is not None:
                    term = PENALTIES[penalty](lambda x: d(x)[..., 0], batch.real, fake.detach(), batch.uniform)
                    loss = loss + config.penalty_weight_at(step) * term.sum()
            else:
                loss = torch.nn.functional.softplus(real - scores).mean()
            loss.backward()
            adam.step()
    final = last(config)
    assert distance(final.discriminator, d) <= 1e-12
    assert distance(final.generator, g) <= 1e-12
