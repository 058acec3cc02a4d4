r"""KL and JS of two float64 arrays in one pass over them, which is what most calls ask for.

The pass gives the sums and signs that validate the masses, and the divergence by a formula that need not know the
masses before. In exact arithmetic, S_p and S_q being the masses:

* :math:`\mathrm{KL} = A / S_p + \log(S_q / S_p)` with :math:`A = \sum p \log(p/q)`, for vectors that lie apart;
* :math:`\mathrm{KL} = K / S_p - (r^2/2 + r^3/3 + \ldots)` with :math:`K = \sum q \varphi((p - q)/q)` and
  r = (S_p - S_q)/S_p, for vectors that lie near: terms without cancellation, less what the masses differ by.

JS likewise, to second order in the difference of the masses. Each formula is trusted only where its result shows that
it kept its digits. For the rest, and for all that is out of the ordinary (wrong values, infinities, masses that differ
more than the distributions do), the answer is None: the call goes the long way by `MassPair`, which raises the errors.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ganmath.divergence.arrays import DEFAULT_MASS_TOLERANCE, from_list
from ganmath.divergence.summands import LOG_2, phi, psi
from ganmath.divergence.summation import blocked

FLOAT64 = np.dtype(np.float64)
SHORT = 256  # what BLAS sums as well as the pairwise way, and faster
BELOW_ONE = 1.0 - 2.0**-53
SAMPLE = 1024  # leading elements that tell which formula will serve a long vector
KL_APART, JS_APART = 0.25, 0.0625  # from here on a rounding of the terms is a rounding of their sum
MASSES_EQUAL = 2e-15  # relative difference of the masses that counts as a rounding of JS
_sum, _least = np.add.reduce, np.minimum.reduce

Sums = tuple[Any, ...]


class Formula(NamedTuple):
    """Sums of a block (rows, n) over its last axis, the masses last; the divergence they make, and if it is trusted."""

    sums: Callable[[np.ndarray, np.ndarray], Sums]
    result: Callable[..., tuple[Any, Any]]


def plain_vectors(p: Any, q: Any, axis: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Both as float64 arrays with the outcomes along the last axis, if they are arrays or lists of one shape."""
    x, y = _as_array(p, "p"), _as_array(q, "q")
    if x is None or y is None or x.shape != y.shape or not -x.ndim <= axis < x.ndim:
        return None
    return (x, y) if axis in (-1, x.ndim - 1) else (np.moveaxis(x, axis, -1), np.moveaxis(y, axis, -1))


def _as_array(x: Any, name: str) -> np.ndarray | None:
    if type(x) is list:
        x = from_list(x, name)
        return x.astype(FLOAT64) if x.dtype.kind in "iu" else x if x.dtype is FLOAT64 else None
    return x if type(x) is np.ndarray and x.dtype is FLOAT64 else None


def one_pass(name: str, p: np.ndarray, q: np.ndarray) -> Any:
    """The divergence of that name of masses (..., n), shape (...); None where only the long way will do."""
    if not p.size:
        return None
    apart, near = FORMULAS[name]
    if name == "reverse_kl":
        p, q = q, p
    with np.errstate(all="ignore"):
        value = _trusted(apart, p, q) if p.size <= SAMPLE or _lie_apart(apart, p, q) else None
        return _trusted(near, p, q) if value is None else value


def _lie_apart(formula: Formula, p: np.ndarray, q: np.ndarray) -> bool:
    """Whether the beginnings of the first vectors, as distributions of their own, differ enough for the formula."""
    p, q = (np.asarray(x[(0,) * (x.ndim - 1)][:SAMPLE], dtype=FLOAT64) for x in (p, q))
    return bool(formula.result(*formula.sums(p / _sum(p), q / _sum(q)))[1])


def _trusted(formula: Formula, p: np.ndarray, q: np.ndarray) -> Any:
    sums = blocked(formula.sums, p, q)
    scalar = sums[0].ndim == 0
    # The arithmetic of floats is faster than that of numpy's scalars.
    *sums, p_mass, q_mass = map(float, sums) if scalar else sums
    # What is refused here is measured again on the long way, where errors are raised. NaN fails too.
    valid = abs(p_mass - 1.0) + abs(q_mass - 1.0) <= DEFAULT_MASS_TOLERANCE
    if not (valid if scalar else valid.all()):
        return None
    value, trusted = formula.result(*sums, p_mass, q_mass)
    trusted &= value < math.inf
    if scalar:
        return np.float64(value) if trusted else None
    return value if trusted.all() else None


def _kl_apart_sums(p: np.ndarray, q: np.ndarray) -> Sums:
    """A and the masses."""
    t = p - q
    t /= q
    total = _dot(p, np.log1p(t, out=t))
    if not (_least(q, None) > 0.0 and _is_finite(total)):
        t = np.where(p == 0.0, 0.0, (p - q) / q)  # 0 log 0 = 0
        total = _dot(p, np.log1p(np.maximum(t, -BELOW_ONE))) + _if_negative(p, q)
    return total, _sum(p, -1), _sum(q, -1)


def _kl_apart(total: Any, p_mass: Any, q_mass: Any) -> tuple[Any, Any]:
    r = (p_mass - q_mass) / p_mass
    value = total / p_mass - r - _excess(r)
    return value, value >= KL_APART


def _kl_near_sums(p: np.ndarray, q: np.ndarray) -> Sums:
    """K, S_p - S_q, and the masses."""
    difference = p - q
    ratio = difference / q
    if not _least(q, None) > 0.0:
        ratio[(p == 0.0) & (q == 0.0)] = 0.0
    total, excess, q_mass = _dot(q, phi(ratio, np)), _sum(difference, -1), _sum(q, -1)
    return total + _if_negative(p, q), excess, q_mass + excess, q_mass


def _kl_near(total: Any, excess: Any, p_mass: Any, q_mass: Any) -> tuple[Any, Any]:
    of_masses = _excess(excess / p_mass)
    value = total / p_mass - of_masses
    return value, value >= of_masses


def _excess(r: Any) -> Any:
    """-log(1 - r) - r for |r| <= 2e-6."""
    return r * r * (1 / 2 + r * (1 / 3))


def _js_apart_sums(p: np.ndarray, q: np.ndarray) -> Sums:
    """The sum of (p + q) psi((p - q)/(p + q)) by its two logarithms, S_p - S_q, and the masses."""
    both, difference = p + q, p - q
    d = difference / both
    total = _js_total(p, q, d, d)
    if not (_least(both, None) > 0.0 and _is_finite(total)):
        d[both == 0.0] = 0.0
        total = _js_total(p, q, np.maximum(d, -BELOW_ONE), np.minimum(d, BELOW_ONE)) + _if_negative(p, q)
    return _with_masses(total, both, difference)


def _js_total(p: np.ndarray, q: np.ndarray, of_p: np.ndarray, of_q: np.ndarray) -> Any:
    """The sum of p log(1 + d) + q log(1 - d), d given for each of the two logarithms."""
    terms, others = np.log1p(of_p), np.log1p(-of_q)
    terms *= p
    others *= q
    terms += others
    return _sum(terms, -1)


def _js_near_sums(p: np.ndarray, q: np.ndarray) -> Sums:
    """The same by psi's series, which keeps its digits for small arguments."""
    both, difference = p + q, p - q
    d = difference / both
    if not _least(both, None) > 0.0:
        d[both == 0.0] = 0.0
    return _with_masses(_dot(both, psi(d, np)) + _if_negative(p, q), both, difference)


def _with_masses(total: Any, both: np.ndarray, difference: np.ndarray) -> Sums:
    mass, excess = _sum(both, -1), _sum(difference, -1)
    return total, excess, (mass + excess) / 2, (mass - excess) / 2


def _js_result(total: Any, excess: Any, p_mass: Any, q_mass: Any, least: float) -> tuple[Any, Any]:
    e = excess / (p_mass + q_mass)
    value = total / (p_mass + q_mass) - e * e / 2
    value -= (value > LOG_2) * (value - LOG_2)  # rounding above the supremum, in floats and arrays alike
    # To second order in e, and to first order in (p - q)/(p + q): the rest is |e|/3 of the value at most.
    return value, (abs(e) <= MASSES_EQUAL) & (value >= e * e / 2) & (value >= least)


def _dot(p: np.ndarray, x: np.ndarray) -> Any:
    """The sum of p x over the last axis, x being used up; pairwise unless short, as BLAS adds one after the other."""
    if p.ndim == x.ndim == 1 and p.size <= SHORT:
        return p.dot(x)
    x *= p
    return _sum(x, -1)


def _is_finite(total: Any) -> bool:
    return math.isfinite(total) if total.ndim == 0 else bool(np.isfinite(total).all())


def _if_negative(p: np.ndarray, q: np.ndarray) -> float:
    """NaN if there is a negative entry, to be added to a sum; else 0."""
    return 0.0 if min(_least(p, None), _least(q, None)) >= 0.0 else math.nan


_KL = Formula(_kl_apart_sums, _kl_apart), Formula(_kl_near_sums, _kl_near)
_JS = (
    Formula(_js_apart_sums, partial(_js_result, least=JS_APART)),
    Formula(_js_near_sums, partial(_js_result, least=0.0)),
)
FORMULAS = {"kl": _KL, "reverse_kl": _KL, "js": _JS}
