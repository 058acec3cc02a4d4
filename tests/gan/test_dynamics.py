"""The Dirac-GAN: what is known of it to the last digit, beside its laws."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.linalg import expm
from scipy.optimize import brentq

from ganmath.gan.dynamics import FIELDS, UPDATES, bend, flow, multipliers, slope, spectrum, step, trajectory

STRENGTH = 0.3
GOLDEN: dict[str, str] = json.loads((Path(__file__).parent.parent / "golden" / "theorems.json").read_text("utf-8"))


def test_slope_is_that_of_minus_log_one_plus_exp_minus_t() -> None:
    t = torch.tensor([-800.0, -3.0, 0.0, 0.5, 40.0], dtype=torch.float64, requires_grad=True)
    (first,) = torch.autograd.grad(torch.nn.functional.logsigmoid(t).sum(), t, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), t)
    assert slope(t.detach().numpy()) == pytest.approx(first.detach().numpy(), rel=1e-15)
    assert bend(t.detach().numpy()) == pytest.approx(second.numpy(), rel=1e-15)


@pytest.mark.parametrize(
    ("method", "losses"),
    [
        # (what theta descends, what psi ascends), of tensors.
        ("gan", (lambda t, p: f(p * t), lambda t, p: f(p * t))),
        ("non_saturating", (lambda t, p: -f(-p * t), lambda t, p: f(p * t))),
        ("wgan", (lambda t, p: p * t, lambda t, p: p * t)),
        ("r1", (lambda t, p: f(p * t), lambda t, p: f(p * t) - STRENGTH / 2 * p**2)),
        ("r1_r2", (lambda t, p: f(p * t), lambda t, p: f(p * t) - STRENGTH * p**2)),
    ],
)
def test_fields_are_the_gradients_of_their_losses(method: str, losses: tuple) -> None:
    theta, psi = (torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (1.25, -0.75))
    (down,) = torch.autograd.grad(losses[0](theta, psi), theta)
    (up,) = torch.autograd.grad(losses[1](theta, psi), psi)
    assert [float(v) for v in FIELDS[method](1.25, -0.75, STRENGTH)] == pytest.approx(
        [-float(down), float(up)], rel=1e-14
    )


def f(t: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.logsigmoid(t)


def test_consensus_descends_half_the_squared_field() -> None:
    theta, psi = (torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (1.25, -0.75))
    down, up = torch.autograd.grad(f(psi * theta), (theta, psi), create_graph=True)
    of_theta, of_psi = torch.autograd.grad((down**2 + up**2) / 2, (theta, psi))
    right = [-down - STRENGTH * of_theta, up - STRENGTH * of_psi]
    assert [float(v) for v in FIELDS["consensus"](1.25, -0.75, STRENGTH)] == pytest.approx(
        [float(v.detach()) for v in right], rel=1e-14
    )


def test_instance_noise_is_the_mean_field_under_noise() -> None:
    """Against the trapezium rule over the noise, which for such smooth integrands is exact to roundings."""
    z, dz = np.linspace(-10, 10, 4001, retstep=True)
    weights = np.exp(-(z**2) / 2) * dz / math.sqrt(2 * math.pi)
    theta, psi, noise = 1.25, -0.75, math.sqrt(STRENGTH) * z
    at_fake, at_real = slope(psi * (theta + noise)), slope(-psi * noise)
    right = [-psi * at_fake @ weights, ((theta + noise) * at_fake - noise * at_real) @ weights]
    assert [float(v) for v in FIELDS["instance_noise"](theta, psi, STRENGTH)] == pytest.approx(right, rel=1e-12)
    assert FIELDS["instance_noise"](theta, psi, 0.0) == pytest.approx(FIELDS["gan"](theta, psi), rel=1e-14)


def test_trajectories_end_where_balls_say_to_twelve_digits() -> None:
    """500 steps of .2 from (1, 1), which 50 digits enclose."""
    *_, (theta, psi) = trajectory("gan", 1.0, 1.0, 0.2, 500)
    assert theta**2 + psi**2 == pytest.approx(float(GOLDEN["dirac-gan"]), rel=1e-12)
    *_, (theta, psi) = trajectory("r1", 1.0, 1.0, 0.2, 500, strength=0.3)
    assert math.hypot(theta, psi) == pytest.approx(float(GOLDEN["dirac-gan R1 0.3 radius"]), rel=1e-12)
    *_, (theta, psi) = trajectory("non_saturating", 1.0, 1.0, 0.2, 500)
    assert theta**2 + psi**2 == pytest.approx(float(GOLDEN["dirac-gan non-saturating"]), rel=1e-12)


def test_the_flow_crosses_the_line_where_the_field_jumps() -> None:
    """WGAN-GP's field is linear on either side of psi = 0: the flow is put together from two exponentials."""

    def side(start: np.ndarray, sign: float, time: float) -> np.ndarray:
        field = np.array([[0, -1, 0], [1, -STRENGTH, STRENGTH * sign], [0, 0, 0]])
        return expm(time * field) @ start

    start = np.array([0.3, 1.0, 1.0])
    across = brentq(lambda time: side(start, 1, time)[1], 1.0, 4.0, xtol=1e-14)
    right = side(side(start, 1, across), -1, 5.0 - across)
    found = flow("wgan_gp", 0.3, 1.0, [across, 5.0], strength=STRENGTH)
    assert found[:, 0] == pytest.approx([side(start, 1, across)[0], 0.0], abs=1e-9)
    assert found[:, 1] == pytest.approx(right[:2], abs=1e-9)
    assert right[1] < 0


@pytest.mark.parametrize(("h", "settles"), [(1.19, True), (1.21, False)])
def test_r1_settles_up_to_its_step(h: float, settles: bool) -> None:
    assert (max(abs(multipliers("r1", h, strength=0.3))) < 1) == settles
    *_, (theta, psi) = trajectory("r1", 0.01, 0.01, h, 4000, strength=0.3)
    assert (math.hypot(theta, psi) < 1e-4) == settles


@pytest.mark.parametrize("method", FIELDS)
@pytest.mark.parametrize("update", UPDATES)
def test_fields_and_steps_take_arrays(method: str, update: str) -> None:
    theta, psi = np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-1, 1, 3))
    together = step(method, theta, psi, 0.1, strength=STRENGTH, update=update)
    alone = step(method, float(theta[1, 3]), float(psi[1, 3]), 0.1, strength=STRENGTH, update=update)
    assert together[0].shape == together[1].shape == (3, 5)
    assert [float(v[1, 3]) for v in together] == pytest.approx([float(v) for v in alone], rel=1e-14, abs=1e-16)


def test_methods_and_updates_that_are_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="method='sgd' is unknown; choose one of 'consensus', 'gan'"):
        spectrum("sgd")
    with pytest.raises(ValueError, match="update='at once' is unknown; choose one of 'alternating'"):
        step("gan", 1.0, 1.0, 0.1, update="at once")
