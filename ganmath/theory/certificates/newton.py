r"""Newton's method in balls: a box that it maps into itself holds exactly one zero (Neumaier 1990, section 5.1).

For equations F with the slopes J, and a point m of the box X, every zero in X lies in N = m - J(X)^-1 F(m). Where N
lies inside X there is one zero in X, and only one; where N and X are apart there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ganmath.theory.ball import ball, precision, within
from ganmath.theory.certificates.certificate import Finding
from ganmath.theory.verdict import Verdict

ROUGH, FINE = 16, 40  # digits of the arithmetic on the way to the zero, and around it
INSIDE = Fraction(1, 10**15)  # the half width of the box in which the zero is proved


@dataclass(frozen=True)
class System:
    """Equations, their slopes (a row an equation), and a point near the zero, in decimals."""

    equations: Callable[..., Sequence[Any]]
    slopes: Callable[..., Sequence[Sequence[Any]]]
    near: tuple[str, ...]

    def image(self, point: Sequence[Any], box: Sequence[Any]) -> list[Any]:
        """N, by the slopes on the whole box; wider than the box where they may be singular there."""
        from flint import arb_mat

        values = arb_mat([[value] for value in self.equations(*point)])
        try:
            steps = arb_mat([list(row) for row in self.slopes(*box)]).solve(values)
        except ZeroDivisionError:
            return [ball("nan") for _ in point]
        return [x - steps[i, 0] for i, x in enumerate(point)]

    def zero(self) -> list[Any]:
        """The coordinates of the one zero near `near`, as balls; ArithmeticError where none is proved."""
        point = [ball(x) for x in self.near]
        with precision(ROUGH):
            for _ in range(3):
                point = [x.mid() for x in self.image(point, point)]
        with precision(FINE):
            point = [x.mid() for x in self.image(point, point)]
            box = [x + within(INSIDE) for x in point]
            found = self.image(point, box)
        if not all(x.contains_interior(y) for x, y in zip(box, found, strict=True)):
            raise ArithmeticError(f"no zero is proved near {self.near}: {found}")
        return found


@dataclass(frozen=True)
class OneZero:
    """In the box of that half width around `system.near` there is exactly one zero."""

    system: System
    half_width: Fraction

    def decide(self) -> Finding:
        """PROVED where Newton's image lies inside the box, FAILED where the two are apart, else undecided."""
        with precision(ROUGH):
            point = [ball(x) for x in self.system.near]
            box = [x + within(self.half_width) for x in point]
            image = self.system.image(point, box)
            if all(x.contains_interior(y) for x, y in zip(box, image, strict=True)):
                return Finding(Verdict.PROVED, f"one zero within {float(self.half_width):g}")
            if not all(x.overlaps(y) for x, y in zip(box, image, strict=True)):
                place = ", ".join(y.str(6, radius=False) for y in image)
                return Finding(Verdict.FAILED, "Newton's image", f"the box: every zero would lie near ({place})")
            return Finding(None, "Newton's image", "the box: it meets its image")
