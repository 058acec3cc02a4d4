r"""How the conjugate f*(t) = sup_u (u t - f(u)) of a convex f is derived, and what an f-GAN needs beside it.

One chain for every differentiable f: its parts come from an entry of `ganmath.divergence.F`, evaluated over symbols.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy import oo

from ganmath.divergence.convex import ConvexFunction
from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.symbolic import split_logs

u = sp.Symbol("u", positive=True)  # the ratio p/g at one x
t = sp.Symbol("t", real=True)  # the critic's value there
v = sp.Symbol("v", real=True)  # the last layer's input
LETTERS = "u > 0 stands for a ratio p(x)/g(x), t for a critic's value T(x), v for any real number"

# Where in the chain these stand.
START, SLOPE, BEST, VALUE, CRITIC = 0, 1, 6, 7, 10


@dataclass(frozen=True)
class Dual:
    """What is to be derived for one f.

    `best` is the maximiser u* in t, which no table holds; `top` the upper end of the domain of f*; `domain` says in
    words for which t there is a u*, and `intervals` for symbols. `value` is f*(t) as it is found, where the table
    writes it otherwise; `rest` is what is left to be shown.
    """

    key: str
    title: str
    f: Any
    derivative: Any
    conjugate: Any
    activation: Any
    best: Any
    top: Any
    domain: str = "t is any real number"
    intervals: Mapping[Any, Any] = field(default_factory=dict)
    value: Any = None
    rest: tuple[Step, ...] = ()


def of_entry(entry: ConvexFunction, title: str, **others: Any) -> Dual:
    """The `Dual` of an entry of the table."""
    return Dual(
        f"conjugate-{entry.name.replace('_', '-')}",
        title,
        entry.f(u, sp),
        entry.derivative(u, sp),
        entry.conjugate(t, sp),
        entry.activation(v, sp),
        **others,
    )


def of_scaled(entry: ConvexFunction, scale: Any, slope: Any, level: Any, key: str, title: str, **others: Any) -> Dual:
    """That of scale f(u) + slope u + level, f that of an entry: f* becomes scale f*((t - slope)/scale) - level."""
    return Dual(
        key,
        title,
        sp.expand(split_logs(scale * entry.f(u, sp) + slope * u + level)),
        split_logs(scale * entry.derivative(u, sp) + slope),
        scale * entry.conjugate((t - slope) / scale, sp) - level,
        split_logs(scale * entry.activation(v, sp) + slope),
        **others,
    )


def derive(dual: Dual) -> Derivation:
    """The maximiser and the value; Fenchel's equality; the threshold; what the last layer maps R onto."""
    slope = t - dual.derivative
    threshold = dual.derivative.subs(u, 1)
    bounded = dual.top.is_finite
    in_the_table = Step(
        dual.conjugate, rules.algebra, "As the table writes it, in another form.", of=VALUE, left="f^*(t)"
    )
    as_in_the_table = () if dual.value is None else (in_the_table,)
    steps = (
        Step(
            slope,
            rules.differentiate(u),
            "Where φ(u) = u t - f(u) is greatest, its slope is 0.",
            left=r"\varphi'(u)",
        ),
        Step(
            sp.limit(slope, u, 0),
            rules.limit(u, 0),
            "Near u = 0 the slope is positive: φ rises first.",
            left=r"\lim_{u \to 0} \varphi'(u)",
        ),
        Step(
            t - dual.top if bounded else -oo,
            rules.limit(u, oo),
            "Far out the slope is negative below the end of the domain: φ falls at last. Beyond the end it would rise "
            "for ever, so that f*(t) is infinite."
            if bounded
            else "Far out the slope is negative, whatever t is: φ falls at last.",
            of=SLOPE,
            left=r"\lim_{u \to \infty} \varphi'(u)",
        ),
        Step(
            sp.factor(-sp.diff(dual.derivative, u)),
            rules.differentiate(u),
            "How does the slope change?",
            of=SLOPE,
            left=r"\varphi''(u)",
        ),
        Step(0, rules.sign(), "It falls: f is strictly convex, so that φ is strictly concave.", "<"),
        Step(
            dual.best,
            rules.solve(u, falling=True),
            "What falls strictly is 0 at one u at most, and this is it.",
            of=SLOPE,
            left="u^*",
        ),
        Step(
            dual.conjugate if dual.value is None else dual.value,
            rules.maximum(u, dual.best),
            "A strictly concave function lies below its value where its slope is 0. That value is f*(t).",
            "<=",
            of=START,
            left=r"\varphi(u)",
        ),
        Step(
            u * dual.derivative - dual.f,
            rules.substitute({t: dual.derivative}),
            "At t = f'(u) the bound u t ≤ f(u) + f*(t) is an equality: this critic is tight.",
            left=r"f^*(f'(u))",
        ),
        Step(
            t - threshold,
            rules.substitute({u: 1}),
            "Where p = g the ratio is 1, and the best t is the threshold f'(1).",
            of=SLOPE,
            left=r"\varphi'(1)",
        ),
        Step(
            dual.activation - threshold,
            rules.substitute({t: dual.activation}),
            "Now let the last layer make t, as g_f(v).",
            left=r"g_f(v) - f'(1)",
        ),
        Step(sp.factor(sp.diff(dual.activation, v)), rules.differentiate(v), "How does it move?", left=r"g_f'(v)"),
        Step(0, rules.sign(), "It rises strictly, so no value is taken twice: ...", ">"),
        Step(
            dual.top - threshold,
            rules.limit(v, oo),
            "... up to the end of the domain, less f'(1), ...",
            of=CRITIC,
            left=r"\lim_{v \to \infty} \bigl( g_f(v) - f'(1) \bigr)",
        ),
        Step(
            -oo,
            rules.limit(v, -oo),
            "... and from as far down as one likes. So g_f maps R onto the interior of the domain.",
            of=CRITIC,
            left=r"\lim_{v \to -\infty} \bigl( g_f(v) - f'(1) \bigr)",
        ),
        *as_in_the_table,
        *dual.rest,
    )
    given = Assumptions((LETTERS, dual.domain), intervals=dual.intervals)
    return Derivation(dual.key, dual.title, u * t - dual.f, steps, given, left=r"\varphi(u)")
