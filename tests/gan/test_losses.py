"""Losses and penalties: their values where these are known, their gradients against finite differences."""

import math

import pytest
import torch

from ganmath.game import bce_with_logits
from ganmath.gan import LOSSES, MLP, PENALTIES, clip

SCORES = torch.tensor([[-3.0, -0.5, 0.0, 2.0], [1.0, 1.5, -40.0, 40.0]], dtype=torch.float64)  # (members, N)


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_of_a_loss_match_finite_differences(name: str) -> None:
    real, fake = (SCORES[:, order].clamp(-5, 5).requires_grad_() for order in ([0, 1, 2, 3], [3, 0, 1, 2]))
    assert torch.autograd.gradcheck(LOSSES[name].d, (real, fake))
    assert torch.autograd.gradcheck(lambda fake: LOSSES[name].g(real.detach(), fake), (fake,))


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_one_number_for_each_member(name: str) -> None:
    together = LOSSES[name].d(SCORES, SCORES.flip(1))
    alone = [LOSSES[name].d(row, row.flip(0)) for row in SCORES]
    assert together.tolist() == [float(loss) for loss in alone]


@pytest.mark.parametrize("name", ["minimax", "non_saturating"])
def test_the_discriminators_loss_is_minus_the_value(name: str) -> None:
    real, fake = SCORES[0], SCORES[1]
    expected = bce_with_logits(real.tolist(), [1] * 4) + bce_with_logits(fake.tolist(), [0] * 4)
    assert float(LOSSES[name].d(real, fake)) == pytest.approx(float(expected), rel=1e-12)


def test_generators_gradients_in_a_logit_are_those_of_the_two_games() -> None:
    a = torch.tensor([1.5], dtype=torch.float64, requires_grad=True)
    sigma = 1 / (1 + math.exp(-1.5))
    for name, expected in (("minimax", -sigma), ("non_saturating", sigma - 1), ("wasserstein", -1.0)):
        (slope,) = torch.autograd.grad(LOSSES[name].g(a, a), a)
        assert float(slope) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("name", "expected"), [("r1", (2.0, 4.5)), ("gradient_penalty", (1.0, 4.0))])
def test_a_penalty_of_linear_critics(name: str, expected: tuple[float, float]) -> None:
    slopes = torch.tensor([[[2.0]], [[-3.0]]])
    x = torch.randn(2, 7, 1, generator=torch.Generator().manual_seed(0))
    penalties = PENALTIES[name](lambda x: (x * slopes)[..., 0], x, x + 1, torch.rand_like(x))
    assert penalties.tolist() == pytest.approx(expected)


def test_where_penalties_look() -> None:
    """A ramp, of slope 1 to the right of 0 and of slope 0 to its left."""
    real, fake = torch.full((1, 4, 1), 2.0), torch.full((1, 4, 1), -2.0)

    def critic(x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x)[..., 0]

    mix = torch.full_like(real, 0.75)
    assert PENALTIES["r1"](critic, real, fake, mix).tolist() == [0.5]
    assert PENALTIES["r1"](critic, fake, real, mix).tolist() == [0.0]
    assert PENALTIES["gradient_penalty"](critic, real, fake, mix).tolist() == [0.0]  # at x = 1, slope 1
    assert PENALTIES["gradient_penalty"](critic, real, fake, 1 - mix).tolist() == [1.0]  # at x = -1, slope 0


@pytest.mark.parametrize("name", PENALTIES)
def test_gradients_of_a_penalty_match_finite_differences(name: str) -> None:
    net = MLP((1, 6, 1), "tanh", [torch.Generator().manual_seed(0)], torch.float64)
    draws = torch.randn(3, 1, 5, 1, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    weight = net.weights[0].detach().clone().requires_grad_()

    def penalty(weight: torch.Tensor) -> torch.Tensor:
        def critic(x: torch.Tensor) -> torch.Tensor:
            state = {"weights.0": weight}
            return torch.func.functional_call(net, state, (x,))[..., 0]  # type: ignore[no-any-return]

        return PENALTIES[name](critic, draws[0], draws[1], draws[2].sigmoid())

    assert torch.autograd.gradcheck(penalty, (weight,))


def test_clipping_is_a_projection() -> None:
    net = MLP((1, 8, 1), "relu", [torch.Generator().manual_seed(0)])
    before = [parameter.detach().clone() for parameter in net.parameters()]
    clip(net.parameters(), 0.1)
    for old, new in zip(before, net.parameters(), strict=True):
        assert torch.equal(new, old.clamp(-0.1, 0.1))
