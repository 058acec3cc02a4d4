"""False steps that once came out PROVED, each by a way round what its rule checks."""

import pytest
import sympy as sp

from ganmath.theory import Assumptions, Derivation, Rule, Step, Verdict, rules
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import CONVEX, Mean, Minimum, Random, function
from ganmath.theory.proofs.generator_gradients import rate
from ganmath.theory.proofs.symbols import D, g, g_dot, p
from ganmath.theory.rules import dynamics, line, means, roots

x, y, c = sp.symbols("x y c", positive=True)
t, u, z, n, w = sp.symbols("t u z n w", real=True)
negative, nonzero, b = sp.Symbol("s", negative=True), sp.Symbol("v", real=True, nonzero=True), sp.Symbol("b")
Z, U = Random("Z", real=True), Random("U", positive=True)
f = function("f", slope=function("f'"), shape=CONVEX)
F, quantile = function("F"), function("Q")
nothing = Assumptions()
on_the_line = Assumptions(densities=(p, g), coordinates=(z, t))
name_of_t = Assumptions(definitions={u: t**2})
bell = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)
jumping = sp.atan(z) + sp.acot(z)  # its slope is 0, and at 0 it jumps


def normal(at: object) -> object:
    return bell.subs(z, at)


def jumps(at: object) -> object:
    return -normal(at) + jumping.subs(z, at)


# (rule, before, false after, relation, assumptions)
ATTACKS = {
    "a name hides what is differentiated in": (rules.differentiate(t), t * u, u, "=", name_of_t),
    "... and another name hides that name": (rules.differentiate(t), t * w, w, "=",
                                             Assumptions(definitions={w: u + 1, u: t**2})),
    "a density depends on the coordinate": (rules.differentiate(z), z * p, p, "=", on_the_line),
    "a kink has no slope": (rules.differentiate(t), sp.Abs(t), sp.sign(t), "=", nothing),
    "a name hides what is put in": (rules.substitute({t: 1}), t + u, 1 + u, "=", name_of_t),
    "put in one after the other": (rules.substitute({t: z, z: t}), t - z, 0, "=", nothing),
    "put in outside of where it may be": (rules.substitute({x: -1}), sp.sqrt(x**2), -1, "=", nothing),
    "a value at a point captured by an integral": (rules.substitute({c: p}), Integral(c * g) - c, Integral(p * g) - p,
                                                   "=", on_the_line),
    "a root outside": (rules.solve(x), x + 1, -1, "=", nothing),
    "a name hides the other root": (rules.solve(t), t - u, u, "=", name_of_t),
    "two roots of an absolute value": (rules.solve(nonzero), sp.Abs(nonzero) - 1, 1, "=", nothing),
    "falling on either side of a pole": (rules.solve(nonzero, falling=True), 1 / nonzero - nonzero, 1, "=", nothing),
    "a maximum outside": (rules.maximum(negative, 1), negative**3 - 3 * negative, -2, "<=", nothing),
    "two maxima": (rules.maximum(nonzero, 1), -(nonzero**2) - 1 / nonzero**2, -2, "<=", nothing),
    "a name hides the maximum": (rules.maximum(t, 0), u - t**2 / 2, u, "<=", name_of_t),
    "applied where it doesn't rise": (rules.applied(x, x**2), t, t**2, "=", nothing),
    "applied on either side of a pole": (rules.applied(nonzero, -1 / nonzero), t, -1 / t, "=", nothing),
    "a limit from the wrong side": (rules.limit(negative, 0), 1 / negative, sp.oo, "=", nothing),
    "a limit under an integral": (rules.limit(c, sp.oo), Integral(c * sp.exp(-c * z)), 0, "=", on_the_line),
    "a limit of what may jump": (rules.limit(t, 0), F(t), F(0), "=", nothing),
    "a name hides the limit": (rules.limit(t, 0), u + t, u, "=", name_of_t),
    "the least of two of either sign": (rules.sign(), Minimum(t + 4, x), 0, ">=", nothing),
    "a name is declared positive": (rules.sign(), x, 0, ">=", Assumptions(definitions={x: t + 2})),
    "a coordinate taken for a constant": (rules.total_mass(), Integral(z * p), z, "=", on_the_line),
    "... and under a square root": (means.by_squares(), z * Integral(p), Integral(sp.Abs(z) * p), "<=", on_the_line),
    "only a constant, which isn't one": (rules.equality(c, 0, squares=((1 / g, c * g - p),)),
                                         Integral((c * g - p) ** 2 / g), p / g, "=", on_the_line),
    "equality at no density": (rules.equality(g, 0, squares=((1, 2 * g - p),)), Integral((2 * g - p) ** 2), p / 2,
                               "=", on_the_line),
    "any function for the conjugate": (lambda: rules.fenchel_young(lambda at: at**2, lambda at: 0, x, D, 1),
                                       Integral(x * D), Integral(x**2), "<=", Assumptions(functions=(x, D))),
    "a name hides a name that hides the density": (rules.under_the_integral(), rate(Integral(g * w)),
                                                   Integral(g_dot * w), "=",
                                                   Assumptions(densities=(p, g), changes=(g_dot,),
                                                               definitions={w: p / u, u: p + g})),
    "another function for the conjugate": (lambda: rules.fenchel_young(f, F, x, D, 1), Integral(x * D - F(D)),
                                           Integral(f(x)), "<=", Assumptions(functions=(x, D))),
    "a pair of different functions": (rules.exchange((p, g)), Integral(p**2), Integral(g**2), "=", on_the_line),
    "a mean that moves": (rules.moments(p, z, t, 1), Integral(z * p) - Integral(t * p), 0, "=", on_the_line),
    "limits turned round": (rules.antiderivative(-1 / t), sp.Integral(1 / t**2, (t, 1, -1)), 2, "=", nothing),
    "an antiderivative that jumps": (rules.antiderivative(sp.acot(t)), sp.Integral(-1 / (1 + t**2), (t, -1, 1)),
                                     sp.pi / 2, "=", nothing),
    "a name hides what is integrated over": (rules.integrate(t, 0, 1), u, u, "=", name_of_t),
    "a mean from what jumps": (means.by_antiderivative(Z, normal, (-sp.oo, sp.oo, jumps)), Mean(Z),
                               sp.pi, "=", nothing),
    "any two functions for inverses": (lambda: line.undone(F, quantile), F(quantile(t)), t, "=", nothing),
    "a name hides what is random": (means.linear(), Mean(u * Z), u * Mean(Z), "=", Assumptions(definitions={u: Z})),
    "a slope at a kink": (means.limit(t), Mean(sp.Abs(t) * Z / t), 0, "=", nothing),
    "Cauchy and Schwarz for complex numbers": (
        rules.cauchy_schwarz(p + sp.I * g, p - sp.I * g), Integral(sp.expand((p + sp.I * g) * (p - sp.I * g))),
        sp.sqrt(Integral((p + sp.I * g) ** 2) * Integral((p - sp.I * g) ** 2)), "<=", on_the_line),
    "an estimate inside of what falls there": (rules.inside(-(negative**2), {negative: (1, 2, rules.sign())}), -1, -4,
                                               "<=", nothing),
    "an estimate across a pole": (rules.inside(-1 / nonzero, {nonzero: (-1, 1, rules.sign())}), 1, -1, "<=", nothing),
    "an example outside": (rules.example({p: (1, 0)}, {x: -1}), x * Integral(p), -1, "=", on_the_line),
    "an example of a name": (rules.example({p: (1, 0)}, {}), Integral(t), 2 * t, "=",
                             Assumptions(densities=(p,), definitions={t: p})),
    "neither up nor down": (lambda: dynamics.play((t, 2)), sp.Matrix([t**2]), sp.Matrix([4 * t]), "=", nothing),
    "a name hides the field": (dynamics.jacobian({t: 1}), sp.Matrix([u]), sp.Matrix([[0]]), "=", name_of_t),
    "a power of what moves with it": (dynamics.power(n), sp.Matrix([[n + 1]]), sp.Matrix([[sp.gamma(n + 1)]]), "=",
                                      nothing),
    "noise of negative variance": (dynamics.averaged({z: -1}), z**2, -1, "=", nothing),
    "roots that move": (roots.all_roots(z), z**2 - 1, sp.Matrix([z - (z**2 - 1), z - 1]), "=", nothing),
    "Routh and Hurwitz for a complex number": (roots.routh_hurwitz(z), z**2 + (2 + sp.I) * z + 1 + sp.I,
                                               sp.Matrix([2 + sp.I, 1 + sp.I]), "=", nothing),
    "Jury for a complex number": (roots.jury(z), z**2 + b * z, sp.Matrix([1 + b, 1 - b, 1]), "=", nothing),
}  # fmt: skip


def verdict(before: object, after: object, rule: Rule, relation: str, assumptions: Assumptions) -> Verdict:
    return Derivation("attack", "", sp.sympify(before), (Step(after, rule, "", relation),), assumptions).verdict


def test_a_step_does_not_start_from_what_is_still_to_come() -> None:
    circular = Derivation("attack", "", sp.Integer(0), (Step(sp.Integer(1), rules.algebra, "", of=1),))
    assert circular.verdict is Verdict.FAILED


@pytest.mark.parametrize("name", ATTACKS)
def test_a_false_step_is_not_proved(name: str) -> None:
    rule, before, after, relation, assumptions = ATTACKS[name]
    if not isinstance(rule, Rule):  # one that isn't even made
        with pytest.raises(ValueError):
            rule()
        return
    assert verdict(before, after, rule, relation, assumptions) < Verdict.PROVED
