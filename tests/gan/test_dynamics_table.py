"""Each row of the table of the dynamics, and closed forms of steps and flows."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from ganmath.gan.dynamics import (
    flow,
    largest_step,
    multipliers,
    nagarajan_kolter,
    spectrum,
    stability_map,
    step,
    trajectory,
)

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "theorems.json").read_text("utf-8"))
EPS = np.finfo(float).eps


def roots(half: float, square: float) -> np.ndarray:
    apart = np.emath.sqrt(square)
    return np.array([half + apart, half - apart])


EIGENVALUES = [
    ("gan", 0.0, roots(0, -1 / 4)),
    ("non_saturating", 0.0, roots(0, -1 / 4)),
    ("wgan", 0.0, roots(0, -1)),
    ("r1", 0.3, roots(-0.15, 0.0225 - 0.25)),
    ("r1", 2.0, roots(-1, 3 / 4)),
    ("r1_r2", 0.3, roots(-0.3, 0.09 - 0.25)),
    ("r1_r2", 1.0, roots(-1, 3 / 4)),
    ("instance_noise", 1.0, roots(-1 / 4, 1 / 16 - 1 / 4)),
    ("instance_noise", 4.0, roots(-1, 3 / 4)),
    ("consensus", 1.0, roots(-1 / 4, -1 / 4)),
    ("linear_quadratic", 0.0, roots(0, -4)),
    ("linear_quadratic", 0.5, roots(-1, -3)),
    ("linear_quadratic", 2.0, roots(-4, 12)),
]


@pytest.mark.parametrize(("method", "strength", "right"), EIGENVALUES)
def test_eigenvalues_are_those_of_the_table(method: str, strength: float, right: np.ndarray) -> None:
    """To 4 roundings of the larger one: the smaller is a difference where both are real."""
    assert max(abs(spectrum(method, strength=strength) - right)) <= 4 * EPS * max(abs(right))


@pytest.mark.parametrize("method", ["r1", "r1_r2", "instance_noise", "linear_quadratic"])
def test_at_the_critical_strength_both_eigenvalues_are_one(method: str) -> None:
    """A double root: what rounds by eps moves it by sqrt(eps)."""
    critical = {"r1": 1.0, "r1_r2": 0.5, "instance_noise": 2.0, "linear_quadratic": 1.0}[method]
    right = -2.0 if method == "linear_quadratic" else -0.5
    assert max(abs(spectrum(method, strength=critical) - right)) <= 4 * math.sqrt(EPS)


LARGEST = [
    ("largest step R1 0.3", "r1", 0.3, "simultaneous"),
    ("largest step R1 2", "r1", 2.0, "simultaneous"),
    ("largest step R1 + R2 0.3", "r1_r2", 0.3, "simultaneous"),
    ("largest step R1 + R2 1", "r1_r2", 1.0, "simultaneous"),
    ("largest step instance noise 1", "instance_noise", 1.0, "simultaneous"),
    ("largest step instance noise 4", "instance_noise", 4.0, "simultaneous"),
    ("largest step consensus 1", "consensus", 1.0, "simultaneous"),
    ("largest step optimistic", "gan", 0.0, "optimistic"),
    ("largest step extragradient", "gan", 0.0, "extragradient"),
]


def condition(method: str, h: float, strength: float, update: str) -> float:
    """By how many relative roundings h moves for one of max |mu|: 1 / (h d max|mu| / dh), at least 1."""
    low, high = (
        abs(multipliers(method, h * side, strength=strength, update=update)).max() for side in (1 - 1e-6, 1 + 1e-6)
    )
    return max(1.0, 2e-6 / float(high - low))


@pytest.mark.parametrize(("key", "method", "strength", "update"), LARGEST)
def test_largest_steps_are_those_of_the_table(key: str, method: str, strength: float, update: str) -> None:
    """To 4 eps times the condition; what rounds is the multiplier, of modulus 1."""
    right = float(GOLDEN[key])
    found = largest_step(method, strength=strength, update=update)
    assert abs(found / right - 1) <= 4 * EPS * condition(method, right, strength, update)


@pytest.mark.parametrize("strength", [0.25, 1.5])
def test_largest_step_of_the_linear_quadratic_gan(strength: float) -> None:
    right = strength if strength <= 1 else 1 / (strength + math.sqrt(strength**2 - 1))
    found = largest_step("linear_quadratic", strength=strength)
    assert abs(found / right - 1) <= 4 * EPS * condition("linear_quadratic", right, strength, "simultaneous")


@pytest.mark.parametrize(("method", "update"), [("gan", "simultaneous"), ("non_saturating", "simultaneous"),
    ("wgan", "simultaneous"), ("gan", "alternating"), ("linear_quadratic", "simultaneous")])  # fmt: skip
def test_rows_that_never_settle(method: str, update: str) -> None:
    assert largest_step(method, update=update) == 0


def test_in_turns_multipliers_stay_on_the_circle_up_to_4() -> None:
    limit = float(GOLDEN["largest step in turns"])
    inside, outside = (
        abs(multipliers("gan", h, update="alternating")).max() for h in (limit * (1 - 1e-9), limit * (1 + 1e-9))
    )
    assert abs(inside - 1) <= 4 * EPS
    assert outside > 1 + 1e-5
    powers = [np.array(point) for point in trajectory("wgan", 1.0, 0.0, limit / 2, 50, update="alternating")]
    assert np.hypot(*powers[-1]) > 40  # at the limit itself the linear map, here the WGAN's, still grows


def test_implicit_steps_always_settle() -> None:
    assert largest_step("gan", update="implicit") == math.inf
    for h in (0.1, 1.0, 30.0):
        assert abs(multipliers("gan", h, update="implicit")) ** 2 == pytest.approx([1 / (1 + h * h / 4)] * 2, rel=1e-14)


def test_extragradient_steps_are_best_at_the_root_of_2() -> None:
    best = float(GOLDEN["best step extragradient"])
    h = np.array([best, best - 1e-3, best + 1e-3])
    at, below, above = abs(multipliers("gan", h, update="extragradient")).max(-1) ** 2
    assert at == pytest.approx(3 / 4, rel=4 * EPS)
    assert min(below, above) > at


def test_implicit_steps_solve_their_equation() -> None:
    theta, psi = step("gan", 1.25, -0.75, 0.4, update="implicit")
    down, up = 1 / (1 + math.exp(theta * psi)) * np.array([-psi, theta])
    assert [theta, psi] == pytest.approx([1.25 + 0.4 * down, -0.75 + 0.4 * up], rel=1e-15)


@pytest.mark.parametrize("update", ["simultaneous", "alternating", "extragradient", "optimistic", "implicit"])
def test_trajectories_of_the_wgan_are_powers_of_a_matrix(update: str) -> None:
    h, one, j = 0.2, np.eye(2), np.array([[0.0, -1.0], [1.0, 0.0]])
    matrix = {
        "simultaneous": one + h * j,
        "alternating": np.array([[1, -h], [h, 1 - h * h]]),
        "extragradient": one + h * j + h * h * j @ j,
        "optimistic": np.block([[one + 2 * h * j, -h * j], [one, 0 * one]]),
        "implicit": np.linalg.inv(one - h * j),
    }[update]
    start = np.array([1.0, 0.5] * (len(matrix) // 2))
    right = [(np.linalg.matrix_power(matrix, n) @ start)[:2] for n in range(101)]
    found = np.array(list(trajectory("wgan", 1.0, 0.5, h, 100, update=update)))
    assert abs(found - right).max() <= 1e-12 * abs(np.array(right)).max()


def test_the_wgan_grows_at_once_and_keeps_its_ellipse_in_turns() -> None:
    theta, psi = np.array(list(trajectory("wgan", 1.0, 0.5, 0.2, 200))).T
    assert theta**2 + psi**2 == pytest.approx(1.25 * 1.04 ** np.arange(201), rel=1e-12)
    theta, psi = np.array(list(trajectory("wgan", 1.0, 0.5, 0.2, 200, update="alternating"))).T
    assert theta**2 + psi**2 - 0.2 * theta * psi == pytest.approx(1.15, rel=1e-12)


def test_the_flow_of_the_wgan_turns_and_those_of_both_keep_the_radius() -> None:
    times = np.linspace(0, 10, 11)
    found = flow("wgan", 1.0, 0.5, times)
    turned = np.array([np.cos(times) - 0.5 * np.sin(times), np.sin(times) + 0.5 * np.cos(times)])
    assert abs(found - turned).max() <= 1e-12
    assert (flow("gan", 1.0, 1.0, times) ** 2).sum(0) == pytest.approx(2, rel=1e-12)


def test_the_flow_of_r1_near_the_equilibrium_is_that_of_its_eigenvalues() -> None:
    """At 1e-7 the field is linear to 1e-14."""
    gamma, times = 0.3, np.linspace(0, 8, 9)
    w = math.sqrt(1 - gamma**2) / 2
    theta, psi = flow("r1", 1e-7, 0.0, times, strength=gamma) * 1e7
    fall = np.exp(-gamma / 2 * times)
    assert abs(theta - fall * (np.cos(w * times) + gamma / (2 * w) * np.sin(w * times))).max() <= 1e-12
    assert abs(psi - fall * np.sin(w * times) / (2 * w)).max() <= 1e-12


def test_the_flow_of_the_linear_quadratic_gan_keeps_what_it_should() -> None:
    theta, psi = flow("linear_quadratic", 0.5, 0.25, np.linspace(0, 10, 21))
    a = 1 + theta
    kept = psi**2 + a**2 / 2 - np.log(a)
    assert kept == pytest.approx(kept[0], rel=1e-12)


def test_the_linear_quadratic_field_is_the_gradient_of_its_objective() -> None:
    """E_g psi x^2 - E_p psi x^2 - (gamma/2) E_p (2 psi x)^2, the means by Gauss-Hermite."""
    nodes, weights = (torch.tensor(x) for x in np.polynomial.hermite_e.hermegauss(9))
    weights = weights / weights.sum()
    theta, psi = (torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (0.25, -0.75))
    game = (weights * (psi * ((1 + theta) * nodes) ** 2 - psi * nodes**2)).sum()
    penalty = 0.3 / 2 * (weights * (2 * psi * nodes) ** 2).sum()
    (down,) = torch.autograd.grad(game, theta, retain_graph=True)
    (up,) = torch.autograd.grad(game - penalty, psi)
    from ganmath.gan.dynamics import linear_quadratic

    assert linear_quadratic(0.25, -0.75, 0.3) == pytest.approx((-float(down), float(up)), rel=1e-14)


def test_a_field_that_jumps_has_no_eigenvalues() -> None:
    for sign in (1, -1):
        assert step("wgan_gp", 0.5, sign * 1e-9, 1.0, strength=0.3)[1] == pytest.approx(0.5 + 0.3 * sign, abs=1e-8)
    with pytest.raises(ValueError, match="'wgan_gp' jumps at the equilibrium"):
        spectrum("wgan_gp", strength=0.3)
    with pytest.raises(ValueError, match="jumps at the equilibrium"):
        largest_step("wgan_gp", strength=0.3)


def test_a_map_has_the_multipliers_of_each_pair() -> None:
    hs, strengths = np.array([0.1, 1.19, 1.21]), np.array([0.3, 1.0])
    for method, update in (("r1", "simultaneous"), ("instance_noise", "implicit"), ("r1", "optimistic")):
        found = stability_map(method, hs, strengths, update=update)
        right = [[abs(multipliers(method, h, strength=s, update=update)).max() for s in strengths] for h in hs]
        assert found == pytest.approx(np.array(right), rel=1e-14)


def test_times_of_a_flow_have_to_rise_from_0() -> None:
    with pytest.raises(ValueError, match="the flow starts at time 0"):
        flow("gan", 1.0, 1.0, [1.0, 0.5])
    with pytest.raises(ValueError, match="the flow starts at time 0"):
        flow("gan", 1.0, 1.0, [-1.0])


X, DX = np.linspace(-12, 12, 2401, retstep=True)
NORMAL = np.exp(-(X**2) / 2) / math.sqrt(2 * math.pi)


def by_torch(a: int, score) -> np.ndarray:  # type: ignore[no-untyped-def]
    """torch.func's Jacobian of the field of V, at g = p = N(0, 1) and psi = 0; g = N(theta_0, (1 + theta_1)^2)."""
    x, p = torch.tensor(X), torch.tensor(NORMAL)
    f = torch.nn.functional.logsigmoid

    def value(theta: torch.Tensor, psi: torch.Tensor) -> torch.Tensor:
        mean, std = theta[0], 1 + (theta[1] if a == 2 else 0.0)
        g = torch.exp(-(((x - mean) / std) ** 2) / 2) / (math.sqrt(2 * math.pi) * std)
        d = score(psi, x)
        return (DX * (p * f(d) + g * f(-d))).sum()

    def field(z: torch.Tensor) -> torch.Tensor:
        of_theta, of_psi = torch.func.grad(value, (0, 1))(z[:a], z[a:])
        return torch.cat([-of_theta, of_psi])

    return torch.func.jacfwd(field)(torch.zeros(2 * a, dtype=torch.float64)).numpy()


@pytest.mark.filterwarnings(
    "ignore:`torch.jit.script` is deprecated:DeprecationWarning"
)  # torch.func's own, as it loads
def test_the_jacobian_of_two_normals_and_a_linear_score_is_that_of_torch() -> None:
    found = nagarajan_kolter(np.full_like(X, DX), NORMAL, (X * NORMAL)[:, None], X[:, None])
    assert found == pytest.approx(np.array([[0, 1 / 2], [-1 / 2, -1 / 2]]), abs=1e-13)
    assert found == pytest.approx(by_torch(1, lambda psi, x: psi[0] * x), abs=1e-12)


@pytest.mark.filterwarnings(
    "ignore:`torch.jit.script` is deprecated:DeprecationWarning"
)  # torch.func's own, as it loads
def test_the_jacobian_of_mean_and_width_and_a_bent_score_is_that_of_torch() -> None:
    """D bends in psi too, which must not show."""
    of_g = np.stack([X * NORMAL, (X**2 - 1) * NORMAL], 1)
    found = nagarajan_kolter(np.full_like(X, DX), NORMAL, of_g, np.stack([X, X**2], 1))
    right = by_torch(2, lambda psi, x: psi[0] * x + psi[1] * x**2 + psi[0] * psi[1] * x**3)
    assert found == pytest.approx(right, abs=1e-12)
    assert found[:2, 2:] == pytest.approx(np.diag([0.5, 1.0]), abs=1e-12)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"of_g \(3,\) and of_d \(3, 1\) don't fit"):
        nagarajan_kolter(np.ones(3), np.ones(3), np.ones(3), np.ones((3, 1)))
