r"""CycleGAN's optimum isn't unique (Moriakov et al. 2020): a measure-preserving map passes unseen."""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functions import (
    ITSELF,
    STRICTLY_FALLING,
    STRICTLY_RISING,
    AbsoluteValue,
    NormalCDF,
    Probability,
    Random,
    function,
)
from ganmath.theory.rules import line

X = Random("X", real=True)
x, y, u = sp.symbols("x y u", real=True)
G = function("G", shape=STRICTLY_RISING)
F = function("F", shape=STRICTLY_RISING, inverse_of=G)
phi = function("phi", r"\varphi")
psi = function("phi^-1", r"\varphi^{-1}", inverse_of=phi)
flip = function("phi", r"\varphi", shape=STRICTLY_FALLING, inverse_of=ITSELF)

cycle_consistency = Derivation(
    "cycle-consistency",
    "Both cycles stay closed",
    AbsoluteValue(psi(F(G(phi(x)))) - x) + AbsoluteValue(G(phi(psi(F(y)))) - y),
    (
        Step(
            AbsoluteValue(psi(phi(x)) - x) + AbsoluteValue(G(phi(psi(F(y)))) - y),
            line.undone(F, G),
            "Inside, F undoes G: the first two were a perfect pair.",
        ),
        Step(
            AbsoluteValue(G(phi(psi(F(y)))) - y),
            line.undone(psi, phi),
            "Outside, φ^-1 undoes φ: the first cycle misses nothing.",
        ),
        Step(
            AbsoluteValue(G(F(y)) - y),
            line.undone(phi, psi),
            "In the other cycle φ undoes φ^-1, inside, ...",
        ),
        Step(0, line.undone(G, F), "... and G undoes F: it misses nothing either."),
    ),
    Assumptions(
        (
            "G maps X to Y and F is its inverse: their cycle loss is 0",
            "φ is a bijection of X, φ^-1 its inverse; the new maps are G∘φ and φ^-1∘F",
            "the cycle loss is the mean of what is written here, which is 0 at each x and y",
        ),
    ),
    left=r"|F'(G'(x)) - x| + |G'(F'(y)) - y|",
)

with_phi_on_both = Derivation(
    "cycle-consistency",
    "The same bijection on both maps, not its inverse",
    AbsoluteValue(phi(F(G(phi(x)))) - x) + AbsoluteValue(G(phi(phi(F(y)))) - y),
    (
        Step(
            AbsoluteValue(phi(phi(x)) - x) + AbsoluteValue(G(phi(phi(F(y)))) - y),
            line.undone(F, G),
            "F undoes G.",
        ),
        Step(
            AbsoluteValue(G(phi(phi(F(y)))) - y),
            line.undone(psi, phi),
            "φ twice, taken for φ^-1 after φ: true of x -> -x, not of a shift.",
        ),
    ),
    cycle_consistency.assumptions,
)

cyclegan = Derivation(
    "cyclegan",
    "Two maps with the same image: G and G after a flip",
    Probability(G(flip(X)), y),
    (
        Step(
            Probability(F(G(flip(X))), F(y)),
            line.both_sides(F),
            "F rises: applied to both sides, it keeps the inequality, both ways.",
        ),
        Step(Probability(flip(X), F(y)), line.undone(F, G), "F undoes G."),
        Step(
            Probability(flip(F(y)), flip(flip(X))),
            line.both_sides(flip),
            "The flip falls: applied to both sides, it turns the inequality round.",
        ),
        Step(Probability(flip(F(y)), X), line.undone(flip, flip), "A flip undoes itself."),
        Step(
            1 - NormalCDF(flip(F(y))),
            line.distribution({X: NormalCDF}, atoms=False),
            "X is N(0, 1): what lies above is all that does not lie below.",
        ),
        Step(1 - NormalCDF(-F(y)), rules.substitute({flip: sp.Lambda(u, -u)}), "Now the flip itself: φ(u) = -u."),
        Step(NormalCDF(F(y)), rules.definition(NormalCDF), "The bell is symmetric about 0."),
        Step(
            Probability(G(X), y),
            rules.substitute({flip: sp.Lambda(u, u)}),
            "And G without the flip?",
            of=0,
            left=r"\text{with } \varphi(u) = u\colon",
        ),
        Step(Probability(F(G(X)), F(y)), line.both_sides(F), "F on both sides again, ..."),
        Step(Probability(X, F(y)), line.undone(F, G), "... which undoes G, ..."),
        Step(
            NormalCDF(F(y)),
            line.distribution({X: NormalCDF}, atoms=False),
            "... and it is the same: no discriminator can tell the two maps apart.",
        ),
    ),
    Assumptions(
        (
            "X is N(0, 1); G is strictly rising and F its inverse",
            "φ falls strictly and undoes itself, as u -> -u does; last the identity stands in its place",
        ),
    ),
)

with_a_bell_off_the_middle = cyclegan.altered(
    5,
    after=1 - NormalCDF(1 - F(y)),
    why="A flip about 1/2, φ(u) = 1 - u: N(0, 1) isn't symmetric about that.",
)
