"""Losses and penalties: their values where these are known, their gradients against finite differences."""

import math

import pytest
import torch

from ganmath.divergence import F, f_divergence, js
from ganmath.game import bce_with_logits
from ganmath.gan import LOSSES, MLP, PENALTIES, check_loss, clip
from ganmath.gan.losses import smoothed

SCORES = torch.tensor([[-3.0, -0.5, 0.0, 2.0], [1.0, 1.5, -40.0, 40.0]], dtype=torch.float64)  # (members, N)


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_keeps_all_that_a_loss_is_checked_for(name: str) -> None:
    checked = check_loss(LOSSES[name])
    assert checked.ok, checked


@pytest.mark.parametrize("name", ["minimax", "non_saturating"])
def test_the_discriminators_loss_is_minus_the_value(name: str) -> None:
    real, fake = SCORES[0], SCORES[1]
    expected = bce_with_logits(real.tolist(), [1] * 4) + bce_with_logits(fake.tolist(), [0] * 4)
    assert float(LOSSES[name].d(real, fake)) == pytest.approx(float(expected), rel=1e-12)


# Data and generator in eighths, so that a batch of eight has exactly their shares; 0 < p, g at each of four points.
REAL_POINTS, FAKE_POINTS = [0, 0, 0, 0, 1, 1, 2, 3], [0, 1, 2, 2, 2, 3, 3, 3]
P, G = (torch.bincount(torch.tensor(points)).double() / 8 for points in (REAL_POINTS, FAKE_POINTS))


def d_loss(name: str, scores: torch.Tensor) -> torch.Tensor:
    """The discriminator's exact loss over all pairs of a real and a generated point."""
    real, fake = scores[REAL_POINTS].repeat_interleave(8), scores[FAKE_POINTS].repeat(8)
    return LOSSES[name].d(real, fake)


def best(name: str) -> torch.Tensor:
    of_ratio = LOSSES[name].best
    assert of_ratio is not None
    return of_ratio((P / G).log())


@pytest.mark.parametrize("name", F)
def test_the_best_score_of_an_f_gan_shows_the_divergence(name: str) -> None:
    key = f"f_gan_{name}"
    scores = 1e3 * (P - G).sign() if name == "total_variation" else best(key)
    exact = f_divergence(P.tolist(), G.tolist(), F[name])
    assert float(d_loss(key, scores)) == pytest.approx(-float(exact), rel=1e-12)


@pytest.mark.parametrize("name", F)
def test_an_f_gan_is_that_of_the_paper(name: str) -> None:
    """T inside the domain of f*, and f*(T), as the table has them."""
    a = torch.linspace(-3, 3, 13, dtype=torch.float64)
    f, loss = F[name], LOSSES[f"f_gan_{name}"]
    t = f.activation(a, torch) if name == "total_variation" else f.derivative(a.exp(), torch)
    for score, critic in zip(a, t, strict=True):
        at = score[None]
        assert float(loss.g(at, at)) == pytest.approx(-float(f.conjugate(critic, torch)), rel=1e-11)
        assert float(loss.d(at, at) + loss.g(at, at)) == pytest.approx(-float(critic), rel=1e-11)


def test_the_least_squares_losses_have_their_values() -> None:
    """At the best scores C(G) is half the integral of (p - g)^2/(p + g), for the paper's codes."""
    triangular = float(((P - G) ** 2 / (P + G)).sum())
    scores = best("lsgan")
    on_real, on_fake = scores[REAL_POINTS], scores[FAKE_POINTS]
    assert float(LOSSES["lsgan"].g(on_real, on_fake) + LOSSES["lsgan"].g(on_fake, on_real)) == pytest.approx(
        triangular / 2
    )
    assert torch.allclose(best("lsgan_01"), P / (P + G))


def test_the_hinge_and_the_relativistic_loss_have_their_values() -> None:
    tv = float((P - G).abs().sum() / 2)
    assert float(d_loss("hinge", best("hinge"))) == pytest.approx(2 * (1 - tv))
    pairs, swapped = torch.outer(P, G).flatten().tolist(), torch.outer(G, P).flatten().tolist()
    assert float(d_loss("relativistic", best("relativistic"))) == pytest.approx(math.log(2) - js(pairs, swapped))


def test_labels_smoothed_to_a_have_the_discriminator_a_p_over_p_plus_g() -> None:
    assert torch.allclose(best("smoothed").sigmoid(), 0.9 * P / (P + G))
    unsmoothed = smoothed(1).best
    assert unsmoothed is not None
    assert torch.equal(unsmoothed(P.log()), P.log())
    for label in (0.0, 1.1, math.nan):
        with pytest.raises(ValueError, match="must lie in"):
            smoothed(label)


def test_generators_gradients_in_a_logit_are_those_of_the_two_games() -> None:
    a = torch.tensor([1.5], dtype=torch.float64, requires_grad=True)
    sigma = 1 / (1 + math.exp(-1.5))
    for name, expected in (("minimax", -sigma), ("non_saturating", sigma - 1), ("wasserstein", -1.0)):
        (slope,) = torch.autograd.grad(LOSSES[name].g(a, a), a)
        assert float(slope) == pytest.approx(expected, rel=1e-12)


OF_SLOPES = {  # of a linear critic with the slope s
    "r1": lambda s: s * s / 2,
    "r2": lambda s: s * s / 2,
    "r1_r2": lambda s: s * s,
    "gradient_penalty": lambda s: (abs(s) - 1) ** 2,
    "lipschitz_penalty": lambda s: max(abs(s) - 1, 0) ** 2,
    "dragan": lambda s: (abs(s) - 1) ** 2,
}


def test_each_penalty_has_its_value_for_linear_critics() -> None:
    assert OF_SLOPES.keys() == PENALTIES.keys()


@pytest.mark.parametrize("name", OF_SLOPES)
def test_a_penalty_of_linear_critics(name: str) -> None:
    expected = [OF_SLOPES[name](slope) for slope in (2.0, -0.25)]
    slopes = torch.tensor([[[2.0]], [[-0.25]]])
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
    assert PENALTIES["r2"](critic, real, fake, mix).tolist() == [0.0]
    assert PENALTIES["r2"](critic, fake, real, mix).tolist() == [0.5]
    assert PENALTIES["r1_r2"](critic, real, fake, mix).tolist() == [0.5]
    assert PENALTIES["lipschitz_penalty"](critic, fake, fake, mix).tolist() == [0.0]  # slope 0 is allowed
    assert PENALTIES["gradient_penalty"](critic, real, fake, mix).tolist() == [0.0]  # at x = 1, slope 1
    assert PENALTIES["gradient_penalty"](critic, real, fake, 1 - mix).tolist() == [1.0]  # at x = -1, slope 0


def test_dragan_looks_around_the_data_as_far_as_half_their_spread() -> None:
    seen = []

    def critic(x: torch.Tensor) -> torch.Tensor:
        seen.append(x.detach())
        return x.sum(-1)

    random = torch.Generator().manual_seed(0)
    real = torch.tensor([[10.0], [1.0]])[:, None] * torch.randn(2, 10_000, 1, generator=random)
    PENALTIES["dragan"](critic, real, real, torch.rand(2, 10_000, 1, generator=random))
    away = (seen[0] - real)[..., 0]
    assert away.mean(1).tolist() == pytest.approx([0, 0], abs=0.2)
    assert away.std(1).tolist() == pytest.approx([5, 0.5], rel=0.03)


@pytest.mark.parametrize("name", PENALTIES)
def test_gradients_of_a_penalty_match_finite_differences(name: str) -> None:
    """By every parameter, and by the points, which an update that looks through D's steps needs."""
    net = MLP((2, 6, 1), "tanh", [torch.Generator().manual_seed(0)], torch.float64)
    draws = torch.randn(3, 1, 5, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    names = [name for name, _ in net.named_parameters()]
    parameters = [parameter.detach().clone().requires_grad_() for parameter in net.parameters()]

    def penalty(real: torch.Tensor, fake: torch.Tensor, *parameters: torch.Tensor) -> torch.Tensor:
        def critic(x: torch.Tensor) -> torch.Tensor:
            state = dict(zip(names, parameters, strict=True))
            return torch.func.functional_call(net, state, (x,))[..., 0]  # type: ignore[no-any-return]

        return PENALTIES[name](critic, real, fake, draws[2].sigmoid())

    points = [draws[i].clone().requires_grad_() for i in (0, 1)]
    assert torch.autograd.gradcheck(penalty, (*points, *parameters))


def test_clipping_is_a_projection() -> None:
    net = MLP((1, 8, 1), "relu", [torch.Generator().manual_seed(0)])
    before = [parameter.detach().clone() for parameter in net.parameters()]
    clip(net.parameters(), 0.1)
    for old, new in zip(before, net.parameters(), strict=True):
        assert torch.equal(new, old.clamp(-0.1, 0.1))
