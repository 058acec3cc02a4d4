"""Sums that keep their digits: blocked, pairwise, and free of cancellation.

Two ideas carry every divergence between masses.

**The mass residual.**  An f-divergence of nearly equal vectors is of second order in their difference, so the
difference of the *normalised* vectors must be known to full relative accuracy, also when the masses differ in the
last digits.  `MassPair` computes it as ``(p a - q b) - leftover (p a + q b) / 2`` with floating-point scales
``a ~ 1/S_p``, ``b ~ 1/S_q``.  Products are exact (double-double) where masses differ, and the leftover mass, which
would be 0 if the scales were exact, is shared out.  The relative error of what remains is that of the scales, a few
eps: to first order a common error e of both scales multiplies the difference by 1 + e, no more.

**Non-negative terms.**  With the residual n, every term q f(p/q) - f'(1) n is >= 0 and is written without
cancellation (`summands.py`); a pairwise sum of such terms is accurate and can't be negative.

numpy arrays go through in blocks that stay in cache, since fresh full-size temporaries would dominate the time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ganmath.divergence.double_double import two_difference, two_product

BLOCK = 16384  # elements: five arrays of them stay in a cache of 1 MB
FAR_APART = 0.5  # sum |p - q| from which a rounding of each term is a rounding of the sum: then JS >= 1/32, KL >= 1/8
NEARLY_EQUAL_MASSES = 4e-15  # below this one common scale serves both vectors, and p - q needs no exact products


def blocked_sum(function: Callable[..., Any], *arrays: Any, xp: Any = np, fold: np.ufunc = np.add) -> Any:
    """Sum of function(*arrays) over the last axis; of each array, if the function returns a tuple of them.

    numpy arrays are fed in float64 blocks of at most `BLOCK` elements. Leading axes broadcast; an array whose last axis
    has length 1 is a parameter of its row. ``fold`` may be another operation than numpy's addition.
    """
    if xp is not np:
        values = function(*arrays)
        return tuple(xp.sum(v, axis=-1) for v in values) if isinstance(values, tuple) else xp.sum(values, axis=-1)
    return blocked(lambda *block: _folded(function(*block), fold), *arrays, fold=fold)


def blocked(function: Callable[..., Any], *arrays: np.ndarray, fold: np.ufunc = np.add) -> Any:
    """`blocked_sum` for a function that itself folds the last axis of its blocks (and may fold several values)."""
    shape = arrays[0].shape
    for a in arrays:
        if a.shape != shape:
            shape = np.broadcast_shapes(*(a.shape for a in arrays))
            break
    if math.prod(shape) <= BLOCK:
        return function(*map(_as_float64, arrays))
    batch, n = shape[:-1], shape[-1]
    rows = math.prod(batch)
    flat = [_as_rows(a, batch, rows) for a in arrays]
    height, width = max(1, BLOCK // n), min(n, BLOCK)
    strips = []
    for top in range(0, rows, height):
        blocks = ([_as_float64(_block(a, top, height, left, width)) for a in flat] for left in range(0, n, width))
        strips.append([function(*block) for block in blocks])
    # (strips, blocks, ..., rows of a strip): rows first, then the pairwise sum over the blocks.
    joined = np.concatenate([np.moveaxis(np.array(strip), 0, -1) for strip in strips], axis=-2)
    total = fold.reduce(joined, axis=-1)
    return tuple(t.reshape(batch)[()] for t in total) if total.ndim > 1 else total.reshape(batch)[()]


def _folded(values: Any, fold: np.ufunc) -> Any:
    return tuple(fold.reduce(v, axis=-1) for v in values) if isinstance(values, tuple) else fold.reduce(values, axis=-1)


def _as_float64(a: np.ndarray) -> np.ndarray:
    """In float64 and in C order: numpy sums in the order of memory, and results must not depend on that."""
    return a if a.dtype == np.float64 and a.flags.c_contiguous else np.ascontiguousarray(a, dtype=np.float64)


def _as_rows(a: np.ndarray, batch: tuple[int, ...], rows: int) -> np.ndarray:
    """The array as (rows, n), or (1, n) where all rows are the same one (then nothing is copied)."""
    if math.prod(a.shape[:-1]) == 1:
        return a.reshape(1, a.shape[-1])
    return np.broadcast_to(a, (*batch, a.shape[-1])).reshape(rows, a.shape[-1])


def _block(a: np.ndarray, top: int, height: int, left: int, width: int) -> np.ndarray:
    vertical = slice(top, top + height) if a.shape[0] > 1 else slice(None)
    horizontal = slice(left, left + width) if a.shape[1] > 1 else slice(None)
    return a[vertical, horizontal]


def plain_difference(p: Any, q: Any, p_scale: Any, q_scale: Any, leftover: Any) -> Any:
    """p p_scale - q q_scale less its share of the leftover mass, for one scale: p - q then is exact enough."""
    return ((p - q) - leftover / 2 * (p + q)) * p_scale


def exact_difference(p: Any, q: Any, p_scale: Any, q_scale: Any, leftover: Any, remainder: Any) -> Any:
    """p p_scale - q q_scale less its share of the mass leftover + remainder; rounded once, at the end."""
    p_value, p_error = two_product(p, p_scale)
    q_value, q_error = two_product(q, q_scale)
    total, total_error = two_difference(p_value, -q_value)
    share, share_error = two_product(leftover / 2, total)
    # value + low stays exact but for terms of third order: low collects the rounding error of every difference.
    value, low = two_difference(p_value, q_value)
    for part in (q_error - p_error, share):
        value, error = two_difference(value, part)
        low = low + error
    low = low + (two_difference(p_error, q_error)[1] - share_error)
    low = low - leftover / 2 * (total_error + (p_error + q_error)) - remainder / 2 * total
    return value + low


def safe_log(x: Any, xp: Any) -> Any:
    """log x, and -inf at 0, with a finite gradient there and no warning."""
    return xp.where(x > 0, xp.log(xp.where(x > 0, x, 1.0)), -xp.inf)


@dataclass(frozen=True)
class Terms:
    """What the terms of a divergence are made of: two densities at some points, and their exact difference.

    ``p`` and ``q`` are normalised, ``difference`` is p - q with full relative accuracy, and ``logs()`` are log p and
    log q, finite also where p or q itself underflows to 0; ``log_quotient()`` is log(p/q), where the logarithms of tiny
    masses would round more than that of their quotient. ``apart`` says that p and q are known to differ so much,
    as wholes, that terms need not cancel exactly where they happen to agree. ``x`` are the points, for densities.
    """

    p: Any
    q: Any
    difference: Any
    logs: Callable[[], tuple[Any, Any]]
    xp: Any
    apart: bool = False
    x: Any = None
    log_quotient: Callable[[], Any] | None = None

    def log_ratio(self) -> Any:
        """log(p/q); NaN where both are 0."""
        if self.log_quotient is not None:
            return self.log_quotient()
        log_p, log_q = self.logs()
        return log_p - log_q

    @property
    def least_exact(self) -> float:
        """Above it p and q have their digits; at or below they may be subnormal, or stand for what has underflowed."""
        return 1e-290 if self.log_quotient is None else 0.0

    def swapped(self) -> Terms:
        """The terms of q and p."""
        quotient = None if self.log_quotient is None else lambda: -self.log_ratio()
        return replace(
            self, p=self.q, q=self.p, difference=-self.difference, logs=lambda: self.logs()[::-1], log_quotient=quotient
        )


class MassPair:
    """Two mass vectors (..., n) on the same outcomes, to be compared after each is divided by its sum.

    p and q are float arrays of one library (`xp`); `log_p`, `log_q` are their logarithms where an element that
    matters underflows (masses like [1e308, 1e-300]), else None. ``form`` is what results are handed out as: a dtype's
    name, or "float" for Python floats. ``outcomes`` names the outcomes where they have names.
    """

    def __init__(
        self,
        p: Any,
        q: Any,
        p_mass: Any,
        q_mass: Any,
        xp: Any = np,
        log_p: Any = None,
        log_q: Any = None,
        form: str = "float64",
        outcomes: list[Any] | None = None,
    ):
        self.outcomes = outcomes
        self.p, self.q, self.xp, self.form = p, q, xp, form
        self._logs = () if log_p is None and log_q is None else (self._log(p, log_p), self._log(q, log_q))
        p_mass, q_mass = p_mass[..., None], q_mass[..., None]
        # On tensors no branch may depend on values (vmap, compile), so they always take the exact products.
        self._apart = False
        if xp is not np or not self._take_plain_scales(p_mass, q_mass):
            self._take_exact_scales(p_mass, q_mass)

    def _log(self, masses: Any, logs: Any) -> Any:
        return safe_log(masses, self.xp) if logs is None else logs

    def _take_plain_scales(self, p_mass: Any, q_mass: Any) -> bool:
        """One scale for both and the leftover for `plain_difference`; refuses where it would lose digits.

        It keeps them if the masses agree but for rounding, and the differences don't all but cancel in the leftover.
        """
        if not (abs(p_mass - q_mass) <= NEARLY_EQUAL_MASSES * (p_mass + q_mass)).all():
            return False
        scale = 2.0 / (p_mass + q_mass)
        leftover, size = (total * scale for total in self._sizes(np.subtract))
        self._difference: Callable[..., Any] = plain_difference
        self._scales: tuple[Any, ...] = (scale, scale, leftover)
        self._apart = bool((size >= FAR_APART).all())
        return self._apart or bool((size >= 2 * abs(leftover)).all())

    def _take_exact_scales(self, p_mass: Any, q_mass: Any) -> None:
        # What the first correction leaves is only its own rounding; the second removes that too.
        scales = (1.0 / p_mass, 1.0 / q_mass)
        none = 0.0 * p_mass * q_mass
        leftover, size = self._sizes(exact_difference, *scales, none, none)
        remainder, _ = self._sizes(exact_difference, *scales, leftover, none)
        self._difference = exact_difference
        self._scales = (*scales, leftover, remainder)
        self._apart = self.xp is np and bool((size >= FAR_APART).all())

    def _sizes(self, difference: Callable[..., Any], *scales: Any) -> tuple[Any, Any]:
        """The sum of differences, and of their absolute values, (..., 1)."""

        def both(*arrays: Any) -> tuple[Any, Any]:
            d = difference(*arrays)
            return d, abs(d)

        total, size = blocked_sum(both, self.p, self.q, *scales, xp=self.xp)
        return total[..., None], size[..., None]

    @property
    def is_plain(self) -> bool:
        """Whether the masses are numpy's, and all that there is to know of them."""
        return self.xp is np and not self._logs

    def at_outcomes(self) -> Terms:
        """The terms of all outcomes at once."""
        masses = (_as_float64(self.p), _as_float64(self.q)) if self.xp is np else (self.p, self.q)
        return self._terms(*masses, *self._scales, *self._logs)

    def integrate(self, term: Callable[[Terms], Any]) -> Any:
        """The sum of term(Terms) over the outcomes, shape (...); of each term, if it returns a tuple of them."""

        def block(*arrays: Any) -> Any:
            return term(self._terms(*arrays))

        return blocked_sum(block, self.p, self.q, *self._scales, *self._logs, xp=self.xp)

    def log_integral(self, exponent: Callable[[Terms], Any]) -> Any:
        """log of the sum of exp(exponent(Terms)), which itself may underflow; -inf where every exponent is."""
        if self.xp is not np:
            values = exponent(self.at_outcomes())
            largest = self.xp.max(values, axis=-1, keepdims=True)
            largest = self.xp.where(largest > -self.xp.inf, largest, 0.0)
            return largest[..., 0] + safe_log(self.xp.sum(self.xp.exp(values - largest), axis=-1), self.xp)
        arrays = (self.p, self.q, *self._scales, *self._logs)
        largest = blocked_sum(lambda *block: exponent(self._terms(*block)), *arrays, fold=np.maximum)
        largest = np.maximum(largest, -1e300)  # no outcome in common: the sum is 0 whatever is taken out of it

        def lifted(shift: Any, *block: Any) -> Any:
            return np.exp(exponent(self._terms(*block)) - shift)

        return largest + np.log(blocked_sum(lifted, largest[..., None], *arrays))

    def deliver(self, result: Any) -> Any:
        """The result in the form of the inputs: float32 for float32, a Python float for lists."""
        if self.form == "float":
            return result.item() if result.ndim == 0 else result
        if self.xp is not np:
            return self.xp.astype(result, getattr(self.xp, self.form))
        return result.astype(self.form, copy=False)[()]

    def _terms(self, p: Any, q: Any, *parameters: Any) -> Terms:
        scales, logs = parameters[: len(self._scales)], parameters[len(self._scales) :]
        p_scale, q_scale = scales[:2]

        def scaled_logs() -> tuple[Any, Any]:
            log_p, log_q = logs or (safe_log(p, self.xp), safe_log(q, self.xp))
            return log_p + self.xp.log(p_scale), log_q + self.xp.log(q_scale)

        def log_quotient() -> Any:
            xp, (log_p, log_q) = self.xp, scaled_logs()
            quotient = xp.where(q > 0, p, 0.0) / xp.where(q > 0, q, 1.0)
            normal = (quotient > 1e-300) & (quotient < 1e300)
            from_masses = xp.log(xp.where(normal, quotient, 1.0)) + xp.log(p_scale / q_scale)
            return xp.where(normal, from_masses, log_p - log_q)

        difference = self._difference(p, q, *scales)
        quotient = None if logs else log_quotient
        return Terms(p * p_scale, q * q_scale, difference, scaled_logs, self.xp, self._apart, None, quotient)
