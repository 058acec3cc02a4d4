"""What optimal transport obeys in the plane: the metric, duality, the Bures distance, entropic and sliced transport."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from ganmath.divergence import Gaussian, Samples, bures, total_variation, wasserstein
from ganmath.laws.law import EXACT, LP, ROOT, Law
from ganmath.laws.statements.names import law

VILLANI = "Villani (2003), theorem 7.3"
DUALITY = "Kantorovich and Rubinstein (1958); Villani (2003), theorem 1.14"
BHATIA = "Bhatia, Jain and Lim (2019)"
FEYDY = "Feydy et al. (2019), theorem 1"

Points = Sequence[tuple[float, float]]


def _of(f: Callable[..., Any], x: Sequence[Any], y: Sequence[Any], *rest: Any, **options: Any) -> Any:
    return f(Samples(list(x)), Samples(list(y)), *rest, **options)


def _moved(x: Points, by: tuple[float, float], factor: float = 1.0) -> list[tuple[float, float]]:
    return [(factor * a + by[0], factor * b + by[1]) for a, b in x]


def _mean_gap(x: Points, y: Points) -> float:
    return math.dist(np.mean(x, axis=0), np.mean(y, axis=0))


def _covariance(x: Points) -> np.ndarray:
    centred = np.array(x) - np.mean(x, axis=0)
    s = centred.T @ centred / len(x)
    symmetric: np.ndarray = (s + s.T) / 2
    return symmetric


def _along(x: Points) -> list[float]:
    """The projections on the direction (3, 4)/5."""
    return [0.6 * a + 0.8 * b for a, b in x]


def _cheapest_matching(x: Points, y: Points, power: int) -> float:
    """The least mean distance^power over all ways to pair the points off."""
    costs = (math.fsum(math.dist(a, b) ** power for a, b in zip(x, z, strict=True)) for z in permutations(y))
    return min(costs) / len(x)


def _independent_cost(x: Points, y: Points, order: float) -> float:
    return math.fsum(math.dist(a, b) ** order for a in x for b in y) / (len(x) * len(y))


def _soft_minimum(x: Points, y: Points, eps: float, order: float) -> float:
    """-log E exp(-cost/eps), also where eps is so large that nearly all of it cancels."""
    costs = [math.dist(a, b) ** order / eps for a in x for b in y]
    least = float(min(costs))
    return least - math.log1p(math.fsum(math.expm1(least - cost) for cost in costs) / len(costs))


def _bures_of_two(s: Sequence[Sequence[float]], t: Sequence[Sequence[float]]) -> float:
    """Of 2 by 2 covariances, a variance being one with a row of zeros: what is under the roots is exact.

    A root R of M has (tr R)^2 = tr M + 2 det R.
    """
    (a, b, d), (e, f, h) = ((m[0][0], m[0][1], m[1][1]) if len(m) == 2 else (m[0][0], 0.0, 0.0) for m in (s, t))
    determinants = (a * d - b * b) * (e * h - f * f)
    return a + d + e + h - 2 * math.sqrt(a * e + 2 * b * f + d * h + 2 * math.sqrt(determinants))


def _gain(x: Points, y: Points, heights: Sequence[float]) -> float:
    """E f(X) - E f(Y) for the 1-Lipschitz f(z) = min_j |z - z_j| + heights_j."""
    places = [*x, *y]

    def f(z: tuple[float, float]) -> float:
        return min(math.dist(z, place) + height for place, height in zip(places, heights, strict=True))

    return math.fsum(map(f, x)) / len(x) - math.fsum(map(f, y)) / len(y)


def _steepest(best: Any, x: Points, y: Points) -> float:
    """The largest slope of the potential between two of the points and a few others."""
    z = np.array([*x, *y, (0.1, 0.2), (-7.0, 3.0), (9.0, -9.0)])
    heights = best.potential(z)
    apart = np.sqrt(np.sum((z[:, None] - z) ** 2, axis=-1))
    return float(np.max(abs(heights[:, None] - heights) / np.where(apart > 0, apart, 1.0)))


def _plane(key: str, statement: str, source: str, inputs: str, sides: Callable[..., Any], **rest: Any) -> Law:
    return law(f"plane-{key}", "wasserstein", statement, source, inputs, sides, **rest)


def _bounds_by_total_variation(f: Callable[..., Any], p: Any, q: Any, places: Points) -> tuple[Any, float, float]:
    apart = [math.dist(a, b) for i, a in enumerate(places) for b in places[:i]]
    tv = total_variation(p, q)
    return f(p, q, support=places), min(apart) * tv, max(apart) * tv


LAWS: list[Law] = [
    _plane("identity", "W_2(p, p) = 0", VILLANI, "cloud_pairs_and_orders",
           lambda f, x, y, order, times: (_of(f, [x[i] for i in order], x * times, order=2), 0.0),
           relation="==", tolerance=EXACT),
    _plane("separates", r"p \ne q \Rightarrow W_1(p, q) > 0", VILLANI, "equal_cloud_pairs",
           lambda f, x, y: (0.0, _of(f, x, y)), relation="<", tolerance=EXACT,
           given=lambda x, y: sorted(x) != sorted(y)),
    _plane("symmetric", "W_1(p, q) = W_1(q, p)", VILLANI, "cloud_pairs",
           lambda f, x, y: (_of(f, x, y), _of(f, y, x)), relation="==", tolerance=EXACT),
    _plane("triangle", r"W_1(p, r) \le W_1(p, q) + W_1(q, r)", VILLANI, "cloud_triples",
           lambda f, x, y, z: (_of(f, x, z), _of(f, x, y) + _of(f, y, z))),
    _plane("translation", "W_1(X + c, Y + c) = W_1(X, Y)", VILLANI, "cloud_pairs_and_moves",
           lambda f, x, y, c, k: (_of(f, _moved(x, c), _moved(y, c)), _of(f, x, y)), relation="=="),
    _plane("scaling", r"W_1(k X, k Y) = |k| \, W_1(X, Y)", VILLANI, "cloud_pairs_and_moves",
           lambda f, x, y, c, k: (_of(f, _moved(x, (0, 0), k), _moved(y, (0, 0), k)), abs(k) * _of(f, x, y)),
           relation="=="),
    _plane("shift", "W_2(X, X + c) = |c|", "Villani (2003), theorem 2.12: x + c is the gradient of a convex function",
           "cloud_pairs_and_moves", lambda f, x, y, c, k: (_of(f, x, _moved(x, c), order=2), math.hypot(*c)),
           relation="=="),
    _plane("mean-gap", r"|\mathrm{E} X - \mathrm{E} Y| \le W_1(X, Y)", DUALITY, "cloud_pairs",
           lambda f, x, y: (_mean_gap(x, y), _of(f, x, y))),
    _plane("orders", r"W_1(p, q) \le W_2(p, q)", "Jensen's inequality; Villani (2003), section 7.1.2", "cloud_pairs",
           lambda f, x, y: (_of(f, x, y), _of(f, x, y, order=2))),
    *(
        _plane(f"{name}-matching",
               rf"W_{power}(p, q)^{power} = \min_\sigma \frac1n \sum_i |x_i - y_{{\sigma(i)}}|^{power}",
               "Birkhoff (1946); Villani (2003), introduction", "equal_cloud_pairs",
               lambda f, x, y, power=power: (_of(f, x, y, order=power) ** power, _cheapest_matching(x, y, power)),
               relation="==")
        for name, power in (("cheapest", 1), ("cheapest-squared", 2))
    ),
    _plane("replication",
           r"W_1 \text{ depends on the empirical distributions alone: order and repetition don't matter}",
           "by definition", "cloud_pairs_and_orders",
           lambda f, x, y, order, times: (_of(f, [x[i] for i in order], y * times), _of(f, x, y)), relation="=="),
    _plane("projection", r"W_1(\theta \cdot X, \theta \cdot Y) \le W_1(X, Y) \quad (|\theta| = 1)",
           "the plan projected is a plan", "cloud_pairs",
           lambda f, x, y: (_of(f, _along(x), _along(y)), _of(f, x, y))),
    _plane("gelbrich", r"|m - n|^2 + d(S, T)^2 \le W_2(p, q)^2 \quad \text{(means m, n; covariances S, T)}",
           "Gelbrich (1990)", "cloud_pairs",
           lambda f, x, y: (math.hypot(_mean_gap(x, y), bures(_covariance(x), _covariance(y))), _of(f, x, y, order=2)),
           tolerance=ROOT),
    _plane("total-variation-lower", r"d_{\min} \mathrm{TV}(p, q) \le W_1(p, q)", "Gibbs and Su (2002)",
           "mass_pairs_in_the_plane",
           lambda f, p, q, places: _bounds_by_total_variation(f, p, q, places)[1::-1]),
    _plane("total-variation-upper", r"W_1(p, q) \le \mathrm{diam} \, \mathrm{TV}(p, q)",
           "Gibbs and Su (2002)", "mass_pairs_in_the_plane",
           lambda f, p, q, places: _bounds_by_total_variation(f, p, q, places)[::2]),
    _plane("lipschitz", r"\mathrm{E} f(X) - \mathrm{E} f(Y) \le W_1(X, Y) \quad (f \text{ 1-Lipschitz})", DUALITY,
           "cloud_pairs_and_heights", lambda f, x, y, heights: (_gain(x, y, heights), _of(f, x, y))),
    law("gap", "wasserstein_dual", r"\min_\pi \mathrm{E} |X - Y| = \max_f \mathrm{E} f(X) - \mathrm{E} f(Y)", DUALITY,
        "cloud_pairs", lambda f, x, y: (_of(f, x, y).primal, _of(f, x, y).dual), relation="==", tolerance=LP),
    law("squared-gap", "wasserstein_dual",
        r"\min_\pi \mathrm{E} |X - Y|^2 = \max \mathrm{E} \varphi(X) + \mathrm{E} \psi(Y)",
        "Villani (2003), theorem 1.3", "weighted_cloud_pairs",
        lambda f, x, u, y, v: ((best := f(Samples(x, u), Samples(y, v), order=2)).primal, best.dual),
        relation="==", tolerance=LP),
    law("value", "wasserstein_dual", r"\max_f \mathrm{E} f(X) - \mathrm{E} f(Y) = W_1(X, Y)", DUALITY, "cloud_pairs",
        lambda f, x, y: (_of(f, x, y).dual, _of(wasserstein, x, y)), relation="==", tolerance=LP),
    law("lipschitz", "wasserstein_dual", r"|f(z) - f(w)| \le |z - w| \text{ for the best critic}", DUALITY,
        "cloud_pairs",
        lambda f, x, y: (_steepest(_of(f, x, y), x, y), 1.0), tolerance=LP),
    law("identity", "bures", "d(S, S) = 0", BHATIA, "covariance_pairs", lambda f, s, t: (f(s, s), 0.0),
        relation="==", tolerance=ROOT),
    law("separates", "bures", r"S \ne T \Rightarrow d(S, T) > 0", BHATIA, "covariance_pairs",
        lambda f, s, t: (0.0, f(s, t)), relation="<", tolerance=EXACT, given=lambda s, t: s != t),
    law("symmetric", "bures", "d(S, T) = d(T, S)", BHATIA, "covariance_pairs",
        lambda f, s, t: (f(s, t), f(t, s)), relation="==", tolerance=EXACT),
    law("triangle", "bures", r"d(S, R) \le d(S, T) + d(T, R)", BHATIA, "covariance_triples",
        lambda f, s, t, r: (f(s, r), f(s, t) + f(t, r)), tolerance=ROOT),
    law("commuting", "bures", r"d(S, T) = |S^{1/2} - T^{1/2}|_F \quad (S T = T S)", BHATIA, "commuting_covariances",
        lambda f, s, t, a, b: (f(s, t), math.hypot(a, b)), relation="==", tolerance=ROOT),
    law("formula", "bures",
        r"d(S, T)^2 = \mathrm{tr}\, S + \mathrm{tr}\, T - 2\, \mathrm{tr} (S^{1/2} T S^{1/2})^{1/2} ",
        BHATIA, "covariance_pairs", lambda f, s, t: (f(s, t) ** 2, _bures_of_two(s, t)), relation="==",
        tolerance=ROOT, given=lambda s, t: len(s) <= 2),
    law("traces", "bures", r"d(S, T)^2 \ge (\sqrt{\mathrm{tr}\, S} - \sqrt{\mathrm{tr}\, T})^2", BHATIA,
        "covariance_pairs", lambda f, s, t: (abs(math.sqrt(np.trace(s)) - math.sqrt(np.trace(t))), f(s, t)),
        tolerance=ROOT),
    law("gaussians", "bures", r"d(S + I, T + I) = W_2(N(0, S + I), N(0, T + I))", "Givens and Shortt (1984)",
        "covariance_pairs",
        lambda f, s, t: (
            f(s + np.eye(len(s)), t + np.eye(len(s))),
            wasserstein(*(Gaussian(np.zeros(len(s)), covariance=m + np.eye(len(s))) for m in (s, t)), order=2),
        ), relation="==", tolerance=ROOT),
    law("below", "sliced_wasserstein", r"SW_2(p, q) \le W_2(p, q)", "Bonnotte (2013)", "cloud_pairs",
        lambda f, x, y: (_of(f, x, y, projections=8).value, _of(wasserstein, x, y, order=2))),
    law("rises", "sinkhorn", r"\varepsilon \le \varepsilon' \Rightarrow OT_\varepsilon \le OT_{\varepsilon'}",
        "the entropy's term is at least 0", "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (_of(f, x, y, eps, order=order), _of(f, x, y, more, order=order))),
    law("independent", "sinkhorn", r"OT_\varepsilon(p, q) \le \mathrm{E} |X - Y|^r \text{ of independent X, Y}",
        "the independent plan has no entropy's term", "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (_of(f, x, y, more, order=order), _independent_cost(x, y, order))),
    law("soft-minimum", "sinkhorn",
        r"-\varepsilon \log \mathrm{E}\, e^{-|X - Y|^r / \varepsilon} \le OT_\varepsilon(p, q) "
        r"\text{ for independent X, Y, so } OT_\varepsilon \to \mathrm{E} |X - Y|^r \text{ as } \varepsilon \to \infty",
        "Donsker and Varadhan (1975)", "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (_soft_minimum(x, y, eps, order), _of(f, x, y, eps, order=order) / eps)),
    law("transport", "sinkhorn", r"W_1(p, q) \le OT_\varepsilon(p, q) \quad (r = 1)",
        "the entropy's term is at least 0", "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (_of(wasserstein, x, y), _of(f, x, y, eps, order=1))),
    law("limit", "sinkhorn", r"OT_\varepsilon(p, q) \le W_1(p, q) + \varepsilon \log \min(n, m) \quad (r = 1)",
        "KL of a plan to the product is at most the smaller entropy", "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (
            _of(f, x, y, eps, order=1), _of(wasserstein, x, y) + eps * math.log(min(len(x), len(y)))
        )),
    law("nonnegative", "sinkhorn_divergence", r"S_\varepsilon(p, q) \ge 0 \quad (0 < r \le 2)", FEYDY,
        "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (0.0, _of(f, x, y, eps, order=order)), tolerance=EXACT),
    law("identity", "sinkhorn_divergence", r"S_\varepsilon(p, p) = 0", FEYDY, "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (_of(f, x, x, eps, order=order), 0.0), relation="==", tolerance=EXACT),
    law("symmetric", "sinkhorn_divergence", r"S_\varepsilon(p, q) = S_\varepsilon(q, p)", FEYDY,
        "cloud_pairs_and_regularizations",
        lambda f, x, y, eps, more, order: (_of(f, x, y, eps, order=order), _of(f, y, x, eps, order=order)),
        relation="==", tolerance=EXACT),
    law("translation", "sinkhorn_divergence", r"S_\varepsilon(X, X + c) = |c|^2 \quad (r = 2)",
        "the cross term of |x - y - c|^2 has the same mean under every plan", "cloud_pairs_and_moves",
        lambda f, x, y, c, k: (_of(f, x, _moved(x, c), 1.0), c[0] ** 2 + c[1] ** 2), relation="==", tolerance=ROOT),
]  # fmt: skip
