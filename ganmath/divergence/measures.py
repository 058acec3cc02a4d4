"""What a distribution can be (masses, a density, observations), and `as_measure`, the one gate every input passes.

The dispatch is on what the thing *is*, done once, so that no divergence has a branch of its own for lists, tensors
or scipy's distributions.  A bare array is always a probability vector; observations say so: ``Samples(x)``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatch
from numbers import Number, Real
from typing import Any, TypedDict

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.densities import Density
from ganmath.divergence.gaussians import MultivariateGaussian
from ganmath.divergence.parameters import refuse_options
from ganmath.divergence.summation import blocked_sum


@dataclass(frozen=True, eq=False)
class Discrete:
    """Masses ``probs`` (..., n) on n outcomes, which ``support`` names where they have names or places.

    Two `Discrete` with supports are aligned by them: an outcome that one of them lacks has mass 0 there. Without
    supports the outcomes are matched by position, and there must be equally many.

    >>> from ganmath.divergence import total_variation
    >>> total_variation(Discrete([.5, .5], ["cat", "dog"]), Discrete([.5, .5], ["dog", "bird"]))
    0.5
    """

    probs: Any
    support: Any = None
    # Set by as_measure, once the masses are checked:
    mass: Any = field(default=None, repr=False)  # (...)
    log_probs: Any = field(default=None, repr=False)  # where an entry of probs underflowed, or logarithms were given
    dtype: str = field(default="float64", repr=False)  # of the input, "list" for a Python list
    in_logs: bool = field(default=False, repr=False)  # whether the input was log_probs, which then say more than probs


@dataclass(frozen=True, eq=False)
class Lattice:
    """Masses on integers given by their logarithm, such as scipy's Poisson; all but 1e-18 of it lies on ``bulk``.

    Kept as a function, since what it gives to the other measure's outcomes matters however small it is.
    """

    logpmf: Callable[[np.ndarray], np.ndarray]
    bulk: tuple[int, int]

    def on(self, outcomes: Sequence[Any]) -> Discrete:
        """The masses of these outcomes; 0 for those that are no integers."""
        integers = np.array([float(x) if isinstance(x, Real) and float(x).is_integer() else np.nan for x in outcomes])
        log_probs = np.where(np.isnan(integers), -np.inf, self.logpmf(np.nan_to_num(integers)))
        probs = np.exp(log_probs)
        return Discrete(probs, list(outcomes), np.sum(probs), log_probs, "list")


@dataclass(frozen=True, eq=False)
class Samples:
    """Observations ``points``, (n,) or (n, d), of the given ``weights`` (n,) or 1/n each: the empirical distribution.

    An f-divergence between two of these, or between one and a density, says nothing about the laws they came from:
    the functions refuse them with the reason.

    >>> from ganmath.divergence import js, wasserstein
    >>> wasserstein(Samples([0, 2], [.75, .25]), Samples([1]))
    1.0
    >>> js(Samples([0, 2]), [.5, .5])
    Traceback (most recent call last):
        ...
    TypeError: observations are not a density: the empirical distribution of a sample has JS log 2 and KL inf to any ...
    """

    points: Any
    weights: Any = None


Measure = Discrete | Density | Lattice | MultivariateGaussian | Samples


@dataclass(frozen=True)
class Reading:
    """How an input is to be read: the arguments that `as_measure` hands on."""

    name: str
    axis: int
    log: bool
    normalize: bool
    validate: bool


class Options(TypedDict, total=False):
    """The keyword arguments that every divergence takes beside its own.

    ``axis`` (-1) is the axis of the outcomes; the others are a batch. With ``log=True`` the entries are logarithms of
    masses, -inf for none: nothing underflows, and the relative error is up to 1e-16 times the largest of them. Masses
    that are off by more than rounding are divided by their sum with ``normalize=True``, which with ``log=True`` takes
    logits. ``validate=False`` skips the checks of values, for ``torch.func.vmap``, compile and hot loops.

    >>> from ganmath.divergence import js
    >>> logits = [[5., 0.], [0., 5.]]
    >>> js(logits[0], logits[1], log=True, normalize=True) == js(logits[1], logits[0], log=True, normalize=True)
    True
    >>> js([[1, 0], [0, 1]], [.5, .5], base=2).shape  # two rows against one
    (2,)
    """

    axis: int
    log: bool
    normalize: bool
    validate: bool


def as_measure(
    x: Any,
    *,
    name: str = "p",
    axis: int = -1,
    log: bool = False,
    normalize: bool = False,
    validate: bool = True,
    **unknown: Any,
) -> Measure:
    """The input as a measure, checked: the gate that both arguments of every divergence pass.

    Lists, arrays and tensors are masses, outcomes along ``axis`` (moved last); a dict or a pandas Series is masses on
    named outcomes; scipy's frozen and torch's distributions, and our classes, are themselves. Masses that are off by
    more than 1e-6 (1e-3 in float16, 1e-2 in bfloat16) are an error unless ``normalize=True``. With ``log=True`` the
    entries are the logarithms of the masses, -inf for none; with ``normalize=True`` too they may be logits.
    ``validate=False`` skips the checks of values, for vmap, compile and hot loops. ``name`` is what messages call the
    argument.

    Raises TypeError for what isn't a distribution and for an option that doesn't exist, ValueError for values that
    can't be one; all say what to type.

    >>> as_measure([.25, .75]).mass
    np.float64(1.0)
    >>> as_measure([.25, .7])
    Traceback (most recent call last):
        ...
    ValueError: p has mass 0.95, not 1 (within 1e-06); pass normalize=True to divide by the mass, ...
    """
    refuse_options(unknown, Options)
    measure = read_measure(x, Reading(name, axis, log, normalize, validate))
    if log and not isinstance(measure, Discrete):
        raise TypeError(
            f"log=True says that masses are given as logarithms, but {name} is a {type(x).__name__}; leave log out"
        )
    return measure


@singledispatch
def read_measure(x: Any, how: Reading) -> Measure:
    from ganmath.divergence import foreign  # here, since its registrations need this function

    if foreign.register_loaded():  # scipy.stats or pandas came in since the last look
        return read_measure(x, how)
    if array_api_compat.is_array_api_obj(x):
        return _masses(x, how)
    raise TypeError(
        f"{how.name} is a {type(x).__name__}, which isn't a distribution; give a probability vector (list, array, "
        "tensor), a dict of masses, a frozen scipy distribution (of one dimension, or multivariate_normal), a torch "
        "distribution, Discrete, Density or Gaussian"
    )


@read_measure.register
def _(x: np.ndarray, how: Reading) -> Measure:
    return _masses(x, how)


@read_measure.register(np.ma.MaskedArray)
def _(x: Any, how: Reading) -> Measure:
    raise TypeError(
        f"{how.name} is a masked array: say what the gaps mean, e.g. {how.name}.filled(0) for no mass there"
    )


@read_measure.register(np.matrix)
def _(x: Any, how: Reading) -> Measure:
    raise TypeError(
        f"{how.name} is a numpy matrix, which is always two-dimensional; give np.asarray({how.name}).ravel()"
    )


@read_measure.register(Iterator)
def _(x: Any, how: Reading) -> Measure:
    raise TypeError(f"{how.name} is a {type(x).__name__}, which can be read only once; give list({how.name})")


@read_measure.register(list)
@read_measure.register(tuple)
def _(x: Any, how: Reading) -> Measure:
    return _masses(arrays.from_list(x, how.name), how, dtype="list")


@read_measure.register
def _(x: Number, how: Reading) -> Measure:
    raise ValueError(f"{how.name} is a single number; a distribution is a vector, e.g. [{how.name}, 1 - {how.name}]")


@read_measure.register
def _(x: Mapping, how: Reading) -> Measure:
    return read_measure(Discrete(list(x.values()), list(x.keys())), how)


@read_measure.register(set)
@read_measure.register(frozenset)
def _(x: Any, how: Reading) -> Measure:
    raise TypeError(
        f"{how.name} is a set, which has no order and drops equal masses; give a list, or a dict outcome -> mass"
    )


@read_measure.register
def _(x: Discrete, how: Reading) -> Measure:
    masses = read_measure(x.probs, how)
    if not isinstance(masses, Discrete):
        raise TypeError(f"{how.name} is a Discrete whose probs are a {type(x.probs).__name__}; give a vector of masses")
    if x.support is None:
        return masses
    support = _outcomes(x.support, how.name)
    if len(support) != masses.probs.shape[-1]:
        raise ValueError(
            f"{how.name} has {masses.probs.shape[-1]} masses but a support of {len(support)}; name each outcome once"
        )
    return replace(masses, support=support)


@read_measure.register(Density)
@read_measure.register(Lattice)
@read_measure.register(MultivariateGaussian)
@read_measure.register(Samples)
def _(x: Any, how: Reading) -> Measure:
    return x  # type: ignore[no-any-return]


def _outcomes(support: Any, name: str) -> list[Any]:
    """The support as a list of distinct, hashable outcomes; points (rows of an array) become tuples."""
    listed = support.tolist() if hasattr(support, "tolist") else list(support)
    outcomes = [tuple(s) if isinstance(s, list | np.ndarray) else s for s in listed]
    try:
        count = Counter(outcomes)
    except TypeError as error:
        raise TypeError(f"the support of {name} can't name outcomes: {error}; use numbers, strings or tuples") from None
    repeated = next((outcome for outcome, times in count.items() if times > 1), None)
    if len(count) < len(outcomes):
        raise ValueError(f"{name} names the outcome {repeated!r} twice in its support; add their masses first")
    return outcomes


def _masses(x: Any, how: Reading, dtype: str | None = None) -> Discrete:
    xp = arrays.namespace_of(x)
    arrays.check_dtype(x, how.name, arrays.OF_MASSES)
    arrays.check_shape(x, how.name, how.axis)
    dtype = dtype or arrays.dtype_name(x)
    p = arrays.wide(xp.moveaxis(x, how.axis, -1) if how.axis not in (-1, x.ndim - 1) else x, xp)
    log_probs = None
    if how.log:
        if how.validate:
            arrays.check_logs(p, how.name, how.normalize, xp)
        log_probs = p
        p = xp.exp(p - arrays.log_scale(p, xp) if how.normalize else p)
    elif how.normalize:
        p, log_probs = arrays.scale_to_safety(p, xp)
    mass = blocked_sum(lambda block: block, p, xp=xp)
    if how.validate:
        arrays.check_values(p, mass, how.name, how.normalize, xp, dtype)
    return Discrete(p, None, mass, log_probs, dtype, how.log)
