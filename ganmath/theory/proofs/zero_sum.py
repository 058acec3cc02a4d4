r"""Matrix games: maxmin <= minmax, and where both are equal; the best generator for a fixed D; gradient play of xy."""

from __future__ import annotations

import sympy as sp
from sympy import log

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Expectation, Integral
from ganmath.theory.proofs.symbols import D, g

# ------------------------------------------------------------------------------ what both players can secure

x, y = sp.symbols("x y", positive=True)  # the chances of a row and of a column
k, l = sp.symbols("k l", nonnegative=True)  # noqa: E741 - of a column, of a row
low, high, v = sp.symbols("s c v", real=True)  # what x secures, what y concedes, the mean payoff

weak_duality = Derivation(
    "zero-sum",
    "What one player secures, the other can't go below",
    low,
    (
        Step(
            v - Integral(y * k),
            rules.definition(low),
            "Against x the column j costs s + k(j); their mean under y is the mean payoff v.",
        ),
        Step(v, rules.monotone(), "No column costs less than the cheapest: k is nowhere negative.", "<="),
        Step(v + Integral(x * l), rules.monotone(), "No row pays more than the best: l is nowhere negative.", "<="),
        Step(high, rules.definition(high), "Against y the row i pays c - l(i); their mean under x is the same v."),
    ),
    Assumptions(
        (
            "x and y are strategies: chances of the rows and of the columns, each of sum 1; ∫ is the sum over them",
            "s is the least cost of a column against x, c the largest pay of a row against y",
            "k(j) and l(i) are how far column j and row i are from these; v is the mean payoff of x against y",
        ),
        densities=(x, y),
        functions=(k, l),
        definitions={low: v - Integral(y * k), high: v + Integral(x * l)},
    ),
)

with_the_rows_paying_more = weak_duality.altered(
    2, after=v - Integral(x * l), why="The mean taken for the largest, and the rest taken off."
)

# ----------------------------------------------------------------------------------------- von Neumann, 2 x 2

a, b, c, d = sp.symbols("a b c d", real=True)  # the payoffs, row by row
x_0, y_0 = sp.symbols("x_0 y_0", real=True)  # where both columns cost the same, both rows pay the same


def secured(chance: sp.Expr) -> sp.Expr:
    """The cheaper column, where the first row is played with this chance."""
    return sp.Min(chance * a + (1 - chance) * c, chance * b + (1 - chance) * d)


def conceded(chance: sp.Expr) -> sp.Expr:
    """The better row, where the first column is played with this chance."""
    return sp.Max(chance * a + (1 - chance) * b, chance * c + (1 - chance) * d)


def _in_unit(chance: sp.Expr) -> sp.Expr:
    return sp.Max(0, sp.Min(1, chance))


CROSSINGS = {x_0: _in_unit((d - c) / (a - b - c + d)), y_0: _in_unit((d - b) / (a - b - c + d))}
GAME = ("the game has the rows (a, b) and (c, d); x_0 and y_0 are chances of the first row and of the first column",)

minimax = Derivation(
    "minimax",
    "maxmin = minmax in mixed strategies, for two moves each",
    sp.Max(secured(0), secured(1), secured(x_0)),
    (
        Step(
            sp.Min(conceded(0), conceded(1), conceded(y_0)),
            rules.cite("von Neumann (1928)"),
            "Each side is piecewise linear in the chance: its best is at an end, or where two lines cross.",
        ),
    ),
    Assumptions((*GAME, "they are where the two lines cross, or the nearer end of [0, 1]"), definitions=CROSSINGS),
    left=r"\max_x \min_j (x^T A)_j",
)

in_pure_strategies = Derivation(
    "minimax",
    "maxmin = minmax in pure strategies",
    sp.Max(secured(0), secured(1)),
    (
        Step(
            sp.Min(conceded(0), conceded(1)),
            rules.cite("no one: matching pennies have no saddle point"),
            "Neither player mixes.",
        ),
    ),
    Assumptions(GAME),
)

# ------------------------------------------------------------------------------------ 2 x 2, no saddle point

u, w = sp.symbols("u w", positive=True)  # a - b and d - c
x_1, y_1 = sp.symbols("x_1 y_1", positive=True)  # the chances of the first row and of the first column
payoff = y_1 * (x_1 * (b + u) + (1 - x_1) * c) + (1 - y_1) * (x_1 * b + (1 - x_1) * (c + w))
mixed = w / (u + w)
ROOT = 2  # where in the chain it stands

two_by_two = Derivation(
    "two-by-two",
    "The row player's side of a game of two moves each",
    payoff,
    (
        Step(
            x_1 * (u + w) - w,
            rules.differentiate(y_1),
            "How the mean payoff changes with what the column player does: the same for every y_1.",
            left=r"\frac{\mathrm{d}}{\mathrm{d} y_1} x^T A y",
        ),
        Step(mixed, rules.solve(x_1), "One x_1 makes it 0: with it both columns cost the same.", left="x_1"),
        Step(0, rules.sign(), "It is above 0, as w > 0 ...", ">"),
        Step(1, rules.sign(), "... and below 1, as u > 0: a chance.", "<", of=ROOT, left="x_1"),
        Step(
            (b * w + c * u + u * w) / (u + w),
            rules.substitute({x_1: mixed}),
            "With it y_1 is gone: the column player can't change the payoff.",
            of=0,
            left=r"\left. x^T A y \right|_{x_1 = w/(u + w)}",
        ),
        Step((a * d - b * c) / (a - b - c + d), rules.definition(a, d), "In the four payoffs: ad - bc on top."),
    ),
    Assumptions(
        (
            "the game has the rows (a, b) and (c, d), the mixed strategies (x_1, 1 - x_1) and (y_1, 1 - y_1)",
            "no saddle point: then a - b and d - c have one sign (else exchange the rows); a = b + u, d = c + w",
            "the column player's side is this one for the game -A^T",
        ),
        unit=(x_1, y_1),
        definitions={a: b + u, d: c + w},
    ),
    left="x^T A y",
)

with_the_chances_swapped = two_by_two.altered(1, after=u / (u + w), why="The chance of the second row instead.")

# --------------------------------------------------------------------------------- the best generator, D fixed

M, r = sp.symbols("M r", positive=True)  # the largest D, and D(x) as a share of it
TERM = 1  # where in the chain the integral stands

maximin = Derivation(
    "maximin",
    "The best generator for a fixed D",
    Expectation(g, log(1 - D)),
    (
        Step(Integral(g * log(1 - D)), rules.linearity(Expectation), "The generator's part of V, written out."),
        Step(
            Integral(g * log(1 - M)),
            rules.monotone((g, (1 - M) / (1 - r * M)), names=(D,)),
            "At no x is log(1 - D) less than where D is largest.",
            ">=",
        ),
        Step(log(1 - M), rules.total_mass(), "A density integrates to 1."),
        Step(
            Integral(g * log(1 - M)),
            rules.substitute({r: 1}, D),
            "Where g has mass only at points with D = M, there is nothing between the two.",
            of=TERM,
            left=r"\mathbb{E}_{g}\left[\log\left(1 - D\right)\right]_{D = M \text{ where } g > 0}",
        ),
        Step(log(1 - M), rules.total_mass(), "So this generator, one point if it likes, is a best one."),
    ),
    Assumptions(
        (
            "D is fixed and has a largest value M < 1; D(x) = r(x) M with 0 < r < 1, and by continuity r = 0 and r = 1",
            "g has mass 1; E_p log D does not depend on g",
        ),
        unit=(M, r),
        densities=(g,),
        functions=(r,),
        definitions={D: r * M},
    ),
)

at_half_the_height = maximin.altered(
    1, after=Integral(g * log(1 - M / 2)), why="A lesser value of D in the place of the largest."
)

# ----------------------------------------------------------------------------------------- gradient play of xy

X, Y, h = sp.symbols("x y h", real=True)
SQUARED = 1  # where in the chain the length after a step stands

gradient_play = Derivation(
    "gradient-play",
    "Steps of gradient play of xy",
    (X - h * Y) ** 2 + (Y + h * X) ** 2,
    (
        Step((1 + h**2) * (X**2 + Y**2), rules.algebra, "The mixed terms cancel: the step is at a right angle."),
        Step(X**2 + Y**2, rules.sign(), "However small the step, it leads outwards.", ">="),
        Step(
            2 * h * (X**2 + Y**2),
            rules.differentiate(h),
            "In the limit of small steps: the change per h ...",
            of=SQUARED,
            left=r"\frac{\mathrm{d}}{\mathrm{d} h} \left(1 + h^2\right) \left(x^2 + y^2\right)",
        ),
        Step(
            0,
            rules.substitute({h: 0}),
            "... is 0 at h = 0: the flow keeps the distance, and goes round.",
            left=r"\left. \frac{\mathrm{d}}{\mathrm{d} h} \right|_{h = 0}",
        ),
    ),
    Assumptions(("x descends xy, y ascends it, both at once with the step h: x - h y and y + h x",)),
    left=r"x_{+}^2 + y_{+}^2",
)

with_both_descending = gradient_play.altered(
    0, after=(1 - h**2) * (X**2 + Y**2), why="The square of the step taken off: as if the steps led inwards."
)
