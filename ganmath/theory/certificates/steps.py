r"""Steps of the smallest GANs: their matrices by automatic differentiation, and the moduli of the multipliers in balls.

A step is a function (state, h) -> state over power series of Arb: its matrix at the equilibrium 0 is read off the first
coefficients, and the eigenvalues of that are enclosed. The largest step that settles is located by bisection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ganmath.theory.ball import ball, eigenvalues, jacobian, precision
from ganmath.theory.certificates.certificate import Finding
from ganmath.theory.verdict import Verdict

State = Sequence[Any]
Field = Callable[[Any, Any], State]
Step = Callable[[State, Any], State]
Matrix = list[list[Any]]  # by rows
Criterion = Callable[[Matrix], bool | None]
DIGITS = 60
NEAR = Fraction(1, 2**80)  # how close to its limit a step is tried: 24 digits

# ------------------------------------------------------------------------------------------------------ fields


def push(t: Any) -> Any:
    """f'(t) for f(t) = -log(1 + e^-t)."""
    return 1 / (1 + t.exp())


def gan(theta: Any, psi: Any) -> State:
    """Both players follow one objective f(psi theta)."""
    return -psi * push(theta * psi), theta * push(theta * psi)


def critic(theta: Any, psi: Any) -> State:
    """f(t) = t: a critic that nothing keeps Lipschitz."""
    return -psi, theta


def penalised(theta: Any, psi: Any, weight: Fraction) -> State:
    """psi also descends weight/2 psi^2: R1 with gamma = weight, R1 and R2 with half of it each."""
    down, up = gan(theta, psi)
    return down, up - ball(weight) * psi


def noisy(theta: Any, psi: Any, spread: Fraction) -> State:
    """The mean over noise of +spread or -spread, whose variance is its square, on data and on what is generated."""
    draws = [ball(spread), -ball(spread)]
    fakes = [gan(theta + e, psi) for e in draws]
    reals = [-e * push(-psi * e) for e in draws]
    return sum(down for down, _ in fakes) / 2, (sum(up for _, up in fakes) + sum(reals)) / 2


def consenting(theta: Any, psi: Any, weight: Fraction) -> State:
    """The GAN's field less weight times the slope of r^2 f'^2/2, half its squared length."""
    down, up = gan(theta, psi)
    slope, r2 = push(theta * psi), theta * theta + psi * psi
    turn = -r2 * slope * slope * push(-theta * psi)
    return (
        down - ball(weight) * (slope * slope * theta + turn * psi),
        up - ball(weight) * (slope * slope * psi + turn * theta),
    )


def quadratic(theta: Any, psi: Any, weight: Fraction) -> State:
    """psi multiplies the excess of a variance of (1 + theta)^2 over 1, and descends weight/2 E (2 psi x)^2."""
    return -2 * psi * (1 + theta), (1 + theta) * (1 + theta) - 1 - 4 * ball(weight) * psi


# ------------------------------------------------------------------------------------------------------- steps


def simultaneous(field: Field, state: State, h: Any) -> State:
    """Both move from where they are."""
    return tuple(x + h * v for x, v in zip(state, field(*state), strict=True))


def in_turns(field: Field, state: State, h: Any) -> State:
    """theta moves first."""
    theta = state[0] + h * field(*state)[0]
    return theta, state[1] + h * field(theta, state[1])[1]


def looking_ahead(field: Field, state: State, h: Any) -> State:
    """With the field at where a step would lead."""
    return tuple(x + h * v for x, v in zip(state, field(*simultaneous(field, state, h)), strict=True))


def optimistic(field: Field, state: State, h: Any) -> State:
    """With twice the field of now less that of before, which the last two entries of the state remember."""
    now, before = state[:2], state[2:]
    moved = (x + h * (2 * v - w) for x, v, w in zip(now, field(*now), field(*before), strict=True))
    return (*moved, *now)


def backwards(field: Field, state: State, h: Any) -> State:
    """Backwards in time, whose multipliers are one over those of the implicit step."""
    return simultaneous(field, state, -h)


def matrix(step: Step, h: Any, size: int = 2) -> Matrix:
    """The derivatives of a step at 0, by rows."""
    return jacobian(lambda state: step(state, h), size)


# -------------------------------------------------------------------------------------- what a matrix does, or None


def comes_in(rows: Matrix) -> bool | None:
    """Whether all multipliers are below 1 in modulus: True, False where one is above, None where it isn't decided."""
    moduli = [abs(value) for value in eigenvalues(rows)]
    return True if all(m < 1 for m in moduli) else False if any(m > 1 for m in moduli) else None


def goes_out(rows: Matrix) -> bool | None:
    """Whether all multipliers are above 1 in modulus."""
    moduli = [abs(value) for value in eigenvalues(rows)]
    return True if all(m > 1 for m in moduli) else False if any(m < 1 for m in moduli) else None


def goes_round(rows: Matrix) -> bool | None:
    """Whether the multipliers are a conjugate pair on the circle: the determinant is 1, exactly, and the trace < 2."""
    (a, b), (c, d) = rows
    off, apart = a * d - b * c - 1, (a + d) ** 2 - 4
    if not off.contains(0):
        return False
    return None if off != 0 or apart.contains(0) else bool(apart < 0)


# ------------------------------------------------------------------------------------------------------ claims


@dataclass(frozen=True)
class Limit:
    """Below `limit`, a function that gives a ball, steps meet the criterion, and from there to twice as far none does.

    Tried at NEAR below and above, and at multiples of 1/17 of it: instances, not a proof for each h. Without a limit
    the sizes 1/16, 1/8, ..., 64 are tried.
    """

    step: Step
    limit: Callable[[], Any] | None = None
    size: int = 2
    criterion: Criterion = comes_in

    def decide(self) -> Finding:
        """SAMPLED, FAILED with a step for which it is refuted, or undecided."""
        with precision(DIGITS):
            if self.limit is None:
                sizes = [(ball(Fraction(2**k, 16)), True) for k in range(11)]
            else:
                limit = self.limit()
                sizes = [(limit * ball(Fraction(k, 17)), k < 17) for k in range(1, 35) if k != 17]
                sizes += [(limit - ball(NEAR), True), (limit + ball(NEAR), False)]
            evidence = f"{len(sizes)} steps"
            for h, right in sizes:
                found = self.criterion(matrix(self.step, h, self.size))
                if found is not right:
                    verdict = None if found is None else Verdict.FAILED
                    return Finding(verdict, evidence, f"h = {h.str(8, radius=False)}")
            return Finding(Verdict.SAMPLED, evidence)


def located(claim: Limit, low: int, high: int) -> Any:
    """A ball with a step size between `low` and `high` at which the claim's criterion changes: by bisection.

    Raises ArithmeticError where a step on the way isn't decided.
    """
    with precision(2 * DIGITS):
        a, b = Fraction(low), Fraction(high)
        while b - a > Fraction(1, 2**110):
            middle = (2 * a + b) / 3  # never the limit itself, where that is a whole number
            found = claim.criterion(matrix(claim.step, ball(middle), claim.size))
            if found is None:
                raise ArithmeticError(f"whether the step {middle} settles isn't decided")
            a, b = (middle, b) if found else (a, middle)
        return ball(a).union(ball(b))
