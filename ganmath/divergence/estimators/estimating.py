r"""`estimate`: one call for all estimators, a table of methods behind it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence import f_divergences
from ganmath.divergence.convex import F
from ganmath.divergence.estimators.bins import by_bins
from ganmath.divergence.estimators.classifiers import by_classifier
from ganmath.divergence.estimators.kernels import by_kernels
from ganmath.divergence.estimators.neighbours import VALUES, by_neighbours
from ganmath.divergence.estimators.observations import two_samples
from ganmath.divergence.estimators.ratios import EXCHANGED
from ganmath.divergence.estimators.result import Estimate, Findings
from ganmath.divergence.parameters import whole_number


@dataclass(frozen=True)
class Method:
    """A way to estimate: what does it, for which divergences, of how many observations at least.

    ``run(f, x, y, **options)``; it is also given ``rng`` and ``bar`` (a progress bar's wrapper) if it takes them.
    """

    run: Callable[..., Findings]
    divergences: tuple[str, ...]
    fewest: int = 2

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.run).parameters

    @property
    def options(self) -> dict[str, Any]:
        """What a caller may set, with the values that hold unless they do."""
        return {p.name: p.default for p in self.parameters.values() if p.default is not inspect.Parameter.empty}


METHODS: dict[str, Method] = {
    "histogram": Method(by_bins, tuple(F)),
    "kde": Method(by_kernels, tuple(EXCHANGED), fewest=3),
    "nearest_neighbour": Method(by_neighbours, tuple(VALUES)),
    "classifier": Method(by_classifier, tuple(EXCHANGED)),
}


def estimate(
    divergence: Callable[..., Any],
    x: Any,
    y: Any,
    method: str,
    *,
    seed: int = 0,
    progress: bool = False,
    **options: Any,
) -> Estimate:
    r"""An estimate of a divergence of the laws that the observations x (n,) or (n, d) and y (m, d) come from.

    ``divergence`` is the function itself, such as `js`; x and y are arrays, lists, tensors or `Samples`. In nats. The
    ``interval`` is one of 95 %, within what the divergence can be; the ``value`` isn't cut to that, and may lie a
    little below 0. But for neighbours, its standard error is taken for at least what one observation more would change.
    The same ``seed`` gives the same estimate of the same arrays. JS by neighbours and all by the classifier deal the
    observations out, so that their order counts, and for JS which of them are x: by .012 and .001 in the mean of eight
    draws of 1000 and 1000 from N(0, 1) and N(1, 1.5^2). JS by bins or kernels depends on neither, but for rounding.
    ``progress=True`` shows a bar. The methods, their options, and what the interval promises:

    - ``"histogram"`` (``bins``, see `histogram`; d <= 2): the divergence of the shares in common bins, less its bias by
      the jackknife, which also gives the interval. It is about the laws *in these bins*, at most as far apart as the
      laws themselves. Total variation has a kink where p = q, for which no correction is known: its bias is left in.
    - ``"kde"`` (``bandwidth``, a factor of Scott's rule): the ratio of two Gaussian kernel estimates, each without the
      observation it is taken at, in the bound :math:`D_f \ge \mathbb{E}_p f'(u) - \mathbb{E}_q f^*(f'(u))`, in which an
      error of the ratio u enters by its square. The interval is that of the two means. Ratios are cut to a tenth of
      the number of all observations: of 20 and 20 no JS above .47 is found.
    - ``"nearest_neighbour"`` (``k``): :math:`\widehat{\mathrm{KL}} = \frac dn \sum_i \log \frac{\nu_k(i)}{\rho_k(i)}
      + \log \frac m{n-1}`, nu and rho the distances of x_i to its k-th neighbour in y and in the rest of x. JS is the
      mean of two KL to a sample of the mixture, which is made of observations that serve for nothing else. Any d; no
      ties. The interval is by estimates from ten disjoint parts of the data.
    - ``"classifier"`` (``classifier``, ``folds``): the odds of a classifier, on folds that it did not see, in the same
      bound: a *lower bound* in the mean, whatever the classifier. For JS it is log 2 less the cross-entropy. The
      interval is that of the bound; its lower end is a 97.5 % limit for the divergence itself. Any d. Unless given, the
      classifier is a logistic regression on squares, exact for two Gaussians and blind to much else: then give
      one, as scikit-learn's ``HistGradientBoostingClassifier()``.

    Measured, as the share of 200 intervals that held the truth, with 1000 observations of each (the book's chapter on
    estimation has the table; the long tests repeat it with other seeds). JS of three pairs of Gaussians on the line,
    .011, .099 and .527: histogram .94 to .97, neighbours .96 to .98, classifier .92 to .96, kernels .89, .92 and .92.
    KL of two of them, .045 and .35: .93 to .99, kernels .88 and .92. JS in five dimensions, .11: neighbours .99,
    classifier .86, kernels .47. *KL with heavy tails of p/q is missed by all*: for N(0, 1) against N(3, 1), where it is
    4.5, the means are 3.9 by kernels and classifier and 3.4 by neighbours, and at most .25 of the intervals hold it; at
    .72, of N(1, 1.5^2) against N(0, 1), they are .91 by the classifier, .79 by kernels and .13 by neighbours. Total
    variation of equal laws is .075 by 20 bins. Of few observations trust the histogram alone: from 5 to 8 of each its
    intervals held JS in .93 to 1 of 400 trials, from 4 in .82 to 1.

    Raises ValueError for an unknown method, NaN, too few observations, dimensions that differ, bins or ties that leave
    a divergence infinite, coordinates that follow from others (kernels, neighbours) and options out of their range;
    TypeError for a divergence that the method doesn't estimate, for what are no observations and for unknown options;
    ImportError without scikit-learn (the extra ``gan``) where its classifier is needed.

    References: Wang, Kulkarni and Verdu (2009), "Divergence estimation for multidimensional densities via
    k-nearest-neighbor distances"; Nguyen, Wainwright and Jordan (2010), "Estimating divergence functionals and the
    likelihood ratio by convex risk minimization", for the bound; Paninski (2003), "Estimation of entropy and mutual
    information", for the bias of shares; Politis, Romano and Wolf (1999), "Subsampling".

    >>> from ganmath.divergence import js
    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.normal(0, 1, 500), rng.normal(1, 1.5, 400)
    >>> estimate(js, x, y, "histogram")
    Estimate(js = ...)
    """
    chosen = METHODS.get(method) if isinstance(method, str) else None
    if chosen is None:
        shown = f"method={method!r}" if isinstance(method, str) else f"method is a {type(method).__name__}"
        raise ValueError(f"{shown}; the methods are {', '.join(map(repr, METHODS))}")
    name = next((name for name in F if getattr(f_divergences, name) is divergence), None)
    if name is None or name not in chosen.divergences:
        kind = repr(divergence) if isinstance(divergence, str) else type(divergence).__name__
        given = getattr(divergence, "__name__", kind)
        raise TypeError(
            f"there is no estimator of {given} by {method}; it estimates {', '.join(chosen.divergences)}: give the "
            f"function itself, estimate({chosen.divergences[0]}, x, y, {method!r})"
        )
    unknown = [key for key in options if key not in chosen.options]
    if unknown:
        known = ", ".join(f"{key}={value!r}" for key, value in chosen.options.items())
        raise TypeError(f"method {method!r} has no option {unknown[0]!r}; it has {known}")
    a, b = two_samples(x, y, chosen.fewest)
    given = {"rng": np.random.default_rng(whole_number("seed", seed, 0)), "bar": _bar(progress)}
    found = chosen.run(F[name], a, b, **{key: given[key] for key in given if key in chosen.parameters}, **options)
    # No truth lies outside [0, supremum]. The value may, so that the mean of many is what it is; the interval is about
    # the nearest value that the divergence can have.
    largest = F[name].supremum
    centre, reach = min(max(found.value, 0.0), largest), found.quantile * found.error
    low, high = max(centre - reach, 0.0), min(centre + reach, largest)
    return Estimate(name, found.value, (low, high), method, (len(a), len(b)), found.how)


def _bar(progress: bool) -> Callable[..., Any]:
    from tqdm import tqdm

    return lambda steps: tqdm(steps, disable=not progress)
