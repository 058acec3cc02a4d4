r"""The Jacobian of any GAN at a realisable equilibrium (Nagarajan & Kolter 2017)."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Expectation, Integral
from ganmath.theory.functions import function
from ganmath.theory.proofs.dirac import ORIGIN, column, matrix, psi, theta
from ganmath.theory.proofs.symbols import p
from ganmath.theory.rules import dynamics

f_bend = function("f''", real=True)
f_slope = function("f'", slope=f_bend, real=True)
f = function("f", slope=f_slope, real=True)
D = sp.Symbol("D", real=True)  # in logits
g = sp.Symbol("g", real=True)  # to the second order only, so that far from the equilibrium it need not be positive
g_dot, g_bend = sp.symbols("gdot gddot", real=True)  # the derivatives of g in θ
d, d_bend = sp.symbols("Ddot Dddot", real=True)  # those of D in ψ

value = Expectation(p, f(D)) + Expectation(g, f(-D))
D_near, g_near = psi * d + psi**2 * d_bend / 2, p + theta * g_dot + theta**2 * g_bend / 2
written = Integral(p * f(D_near)) + Integral(g_near * f(-D_near))
mixed, own = f_slope(0) * Integral(d * g_dot), 2 * f_bend(0) * Integral(p * d**2)

gan_jacobian = Derivation(
    "gan-jacobian",
    "The Jacobian of a GAN where g = p and D = 0",
    column(value, value),
    (
        Step(
            column(written, written),
            rules.definition(Expectation, D, g),
            "Near the equilibrium, to the second order: θ moves g away from p, ψ moves D away from 0.",
        ),
        Step(
            column(
                -Integral((g_dot + theta * g_bend) * f(-D_near)),
                Integral(p * f_slope(D_near) * (d + psi * d_bend))
                - Integral(g_near * f_slope(-D_near) * (d + psi * d_bend)),
            ),
            dynamics.play((theta, -1), (psi, 1), under=True),
            "θ descends V, ψ ascends it.",
            left=r"(\dot\theta, \dot\psi)",
        ),
        Step(
            column(-Integral(g_dot * f(0)), 0),
            rules.substitute(ORIGIN),
            "At θ = ψ = 0, where g = p and D = 0, what p and g do to ψ is equal and opposite, ...",
            left=r"\left. (\dot\theta, \dot\psi) \right|_{0}",
        ),
        Step(
            column(0, 0),
            rules.mass_stays(),
            "... and the mass of g stays: nobody moves, an equilibrium.",
        ),
        Step(
            matrix([-f(0) * Integral(g_bend), mixed], [-mixed, own]),
            dynamics.jacobian(ORIGIN, under=True),
            "The derivatives of the field there. What D bends by in ψ cancels, as p and g are the same.",
            of=2,
            left="J",
        ),
        Step(
            matrix([0, mixed], [-mixed, own]),
            rules.mass_stays(),
            "The mass of g is 1 at every θ, so its change and the change of that have mass 0: the generator has no "
            "slope of its own.",
        ),
    ),
    Assumptions(
        (
            "f has two derivatives; D is positive on the data; θ and ψ are parameters along one direction each",
            "the equilibrium is realisable: at θ = 0, g = p, and at ψ = 0, D = 0 wherever p has mass, or g for a θ "
            "near 0",
            "terms of higher order in θ and ψ are left out: at the equilibrium no second derivative sees them",
            "dots stand for derivatives in θ (of g) and in ψ (of D) there",
        ),
        densities=(p,),
        changes=(g_dot, g_bend),
        functions=(d, d_bend),
        definitions={D: D_near, g: g_near},
    ),
    left=r"(V, V)",
)
with_the_sign_lost = gan_jacobian.altered(
    4,
    after=matrix([-f(0) * Integral(g_bend), mixed], [mixed, own]),
    why="The minus sign of the second cross term is lost: as if the players were of one mind.",
)
