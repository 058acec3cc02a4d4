"""Steps near an equilibrium: certificates catch planted mistakes, and a route by torch meets the theorem."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest

from ganmath.theory import THEOREMS, Verdict
from ganmath.theory.ball import ball, eigenvalues, jacobian, precision
from ganmath.theory.certificates import dynamics
from ganmath.theory.certificates.boxes import Positive
from ganmath.theory.certificates.steps import (
    Limit,
    gan,
    goes_out,
    goes_round,
    in_turns,
    located,
    looking_ahead,
    matrix,
    optimistic,
    simultaneous,
)


def off(claim: Limit, factor: Fraction) -> Limit:
    """The claim of a limit that is wrong by this factor."""
    right = claim.limit
    assert right is not None
    return replace(claim, limit=lambda: right() * ball(factor))


def forgetting_the_half(theta: Any, psi: Any) -> Any:
    return tuple(2 * v for v in gan(theta, psi))


def of_one_sign(theta: Any, psi: Any) -> Any:
    down, up = gan(theta, psi)
    return -down, up


MUTANTS: dict[str, Any] = {
    "factor: R1's limit of 4 gamma doubled": off(dynamics.R1_WEAK, Fraction(2)),
    "factor: R1's limit halved": off(dynamics.R1_WEAK, Fraction(1, 2)),
    "factor: R1's limit off by 1e-20": off(dynamics.R1_STRONG, 1 + Fraction(1, 10**20)),
    "factor: OGDA's limit off by 1e-20": off(dynamics.OPTIMISTIC, 1 - Fraction(1, 10**20)),
    "factor: f'(0) = 1": replace(dynamics.AHEAD, step=partial(looking_ahead, forgetting_the_half)),
    "sign: both players of one mind": replace(dynamics.TURNS, step=partial(in_turns, of_one_sign)),
    "sign: backwards steps for implicit ones": Limit(partial(simultaneous, gan), criterion=lambda m: not goes_out(m)),
    "swapped: looking ahead for at once": Limit(partial(looking_ahead, gan), criterion=goes_out),
    "swapped: at once for in turns": replace(dynamics.TURNS, step=partial(simultaneous, gan)),
    "swapped: looking ahead for looking back": replace(dynamics.OPTIMISTIC, step=partial(looking_ahead, gan), size=2),
    "sign: the non-saturating flow leads outwards": Positive(
        lambda a, b, xp: -dynamics.inwards(a, b, xp), (dynamics.INNER, dynamics.INNER)
    ),
    "factor: the limit of step-size doubled": Positive(
        lambda omega, share, xp: dynamics.shortened(omega, 2 * share, xp),
        (dynamics.TURNING, dynamics.interval(0.125, 0.875)),
    ),
    "sign: an entry of the Jacobian": dynamics._entry("1/2", 1, 1),
    "factor: an entry of the Jacobian": dynamics._entry("1", 0, 1),
}


@pytest.mark.parametrize("mistake", MUTANTS)
def test_a_planted_mistake_is_caught(mistake: str) -> None:
    found = MUTANTS[mistake].decide()
    assert found.verdict is Verdict.FAILED
    assert found.where


def test_a_limit_is_located_to_its_digits() -> None:
    with precision(60):
        found = located(dynamics.OPTIMISTIC, 1, 2)
        assert found.overlaps(2 / ball(3).sqrt())
        assert found.rad() < 1e-28


def test_what_is_not_decided_is_said() -> None:
    on_the_circle = Limit(partial(in_turns, gan), lambda: ball(4))  # of modulus 1: neither in nor out
    assert on_the_circle.decide().verdict is None
    with pytest.raises(ArithmeticError, match="isn't decided"):
        located(on_the_circle, 3, 5)


def test_the_matrix_of_a_step_is_that_of_its_derivatives() -> None:
    rows = matrix(partial(optimistic, gan), ball(2), size=4)
    expected = [[1, -2, 0, 1], [2, 1, -1, 0], [1, 0, 0, 0], [0, 1, 0, 0]]
    assert [[float(entry) for entry in row] for row in rows] == expected
    assert goes_round([[ball(0), ball(-1)], [ball(1), ball(0)]]) is True
    assert goes_round([[ball(2), ball(0)], [ball(0), ball(1) / 2]]) is False


def test_eigenvalues_are_enclosed() -> None:
    draw = np.random.default_rng(0).normal(size=(4, 4))
    found = [complex(z) for z in eigenvalues(draw.tolist())]
    assert len(found) == 4
    assert all(min(abs(z - other) for other in found) < 1e-12 for z in np.linalg.eigvals(draw))
    assert jacobian(lambda x: [x[0] * x[1], x[0] - 2 * x[1]], 2) == [[0, 0], [1, -2]]


# ------------------------------------------------------------------------------------ the numbers of the theorems


def numbers(key: str, values: dict[str, float]) -> list[complex]:
    """The eigenvalues that a derivation arrives at, at given values of its letters."""
    derivation = THEOREMS[key].derivation
    assert derivation is not None
    (found,) = [step.after for step in derivation.steps if step.left == r"\lambda"]
    return [complex(entry.subs({s: values[str(s)] for s in entry.free_symbols})) for entry in found]


@pytest.mark.parametrize(
    ("key", "method"),
    [("dirac-gan", "gan"), ("dirac-non-saturating", "non_saturating"), ("dirac-wgan", "wgan"), ("dirac-r1", "r1"),
     ("dirac-r1-r2", "r1_r2"), ("instance-noise", "instance_noise"), ("consensus", "consensus"),
     ("linear-quadratic", "linear_quadratic")],
)  # fmt: skip
@pytest.mark.parametrize("strength", [0.3, 1.7, 4.0])
def test_the_derived_eigenvalues_are_those_of_the_numeric_code(key: str, method: str, strength: float) -> None:
    pytest.importorskip("torch")
    from ganmath.gan.dynamics import spectrum

    speed = 4 if key == "linear-quadratic" else 1  # its derivation divides time
    found = sorted(
        (speed * z for z in numbers(key, {"gamma": strength, "v": strength})), key=lambda z: (z.real, z.imag)
    )
    right = sorted(spectrum(method, strength=strength), key=lambda z: (z.real, z.imag))
    assert found == pytest.approx(right, abs=1e-14)


def test_the_jacobian_of_a_gan_on_five_outcomes_is_elementwise_that_of_torch() -> None:
    """g = softmax(theta); D bends in psi, and vanishes at psi = 0. Order (theta, psi)."""
    torch = pytest.importorskip("torch")
    make = torch.Generator().manual_seed(0)
    theta = torch.randn(4, 5, generator=make, dtype=torch.float64)[0]
    features, bends = torch.randn(2, 5, 3, generator=make, dtype=torch.float64)
    p = torch.softmax(theta, 0)  # realisable: the data are what theta generates

    def score(psi: Any) -> Any:
        return features @ psi + (bends @ psi) ** 2

    def v(theta: Any, psi: Any) -> Any:
        f = torch.nn.functional.logsigmoid
        return p @ f(score(psi)) + torch.softmax(theta, 0) @ f(-score(psi))

    def field(both: Any) -> Any:
        down, up = torch.func.grad(v, argnums=(0, 1))(both[:5], both[5:])
        return torch.cat([-down, up])

    found = torch.func.jacrev(field)(torch.cat([theta, torch.zeros(3, dtype=torch.float64)]))
    change = torch.func.jacrev(lambda t: torch.softmax(t, 0))(theta)  # of each outcome's mass, by each theta
    cross = features.T @ change
    own = features.T @ (p[:, None] * features)
    right = torch.cat(
        [torch.cat([torch.zeros(5, 5, dtype=torch.float64), cross.T / 2], 1), torch.cat([-cross / 2, -own / 2], 1)]
    )
    assert found.numpy() == pytest.approx(right.numpy(), abs=1e-15)
    assert abs(right).max() > 0.1


def test_the_jacobian_of_the_line_is_that_of_torch() -> None:
    """p = N(0, 1), g = N(theta, 1), D = psi x: [[0, 1/2], [-1/2, -1/2]], by quadrature."""
    torch = pytest.importorskip("torch")
    nodes, weights = (torch.from_numpy(a) for a in np.polynomial.hermite_e.hermegauss(60))
    weights = weights / weights.sum()

    def v(both: Any) -> Any:
        f = torch.nn.functional.logsigmoid
        return weights @ f(both[1] * nodes) + weights @ f(-both[1] * (both[0] + nodes))

    signs = torch.tensor([-1.0, 1.0], dtype=torch.float64)  # theta descends
    found = torch.func.jacrev(lambda both: signs * torch.func.grad(v)(both))(torch.zeros(2, dtype=torch.float64))
    assert found.numpy() == pytest.approx(np.array([[0, 0.5], [-0.5, -0.5]]), abs=1e-14)
