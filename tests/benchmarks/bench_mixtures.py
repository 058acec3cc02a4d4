"""How fast the JS of two Gaussian mixtures is, as ratios to scipy.integrate.quad in the same run, and how accurate.

Run it as ``OMP_NUM_THREADS=1 python -m tests.benchmarks.bench_mixtures [pairs]``. CPU time, medians over pairs of two
to five components. The call includes the gate; a second figure adds the making of the mixtures from numbers, a third is
from scipy's own ``stats.Mixture``. quad gets the plain formula with numpy's scalars, and all means as break points.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.integrate
import scipy.stats

from ganmath.divergence import Gaussian, Mixture, js, kl, total_variation
from tests.divergence.exact_mixtures import Parameters, integral, js_term, relative_error

ROUNDS = 9


def cpu_time(work: Callable[[], object]) -> float:
    """Median CPU seconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def by_quad(p: Parameters, q: Parameters) -> float:
    """JS as a user of scipy writes it."""

    def pdf(x: float, parameters: Parameters) -> float:
        w, m, s = (np.asarray(values) for values in parameters)
        return float((w / s * np.exp(-(((x - m) / s) ** 2) / 2)).sum() / math.sqrt(2 * math.pi))

    def integrand(x: float) -> float:
        a, b = pdf(x, p), pdf(x, q)
        m = (a + b) / 2
        return ((a * math.log(a / m) if a > 0 else 0.0) + (b * math.log(b / m) if b > 0 else 0.0)) / 2

    low, high = (float(end(m + side * 12 * s for _, ms, ss in (p, q) for m, s in zip(ms, ss, strict=True)))
                 for end, side in ((min, -1), (max, 1)))  # fmt: skip
    return float(scipy.integrate.quad(integrand, low, high, points=[*p[1], *q[1]], limit=200)[0])


def ours(parameters: Parameters) -> Mixture:
    return Mixture([Gaussian(m, s) for m, s in zip(parameters[1], parameters[2], strict=True)], parameters[0])


def scipys(parameters: Parameters) -> Any:
    normals = [scipy.stats.Normal(mu=m, sigma=s) for m, s in zip(parameters[1], parameters[2], strict=True)]
    return scipy.stats.Mixture(normals, weights=parameters[0])


def main(count: int) -> None:
    rng = np.random.default_rng(0)

    def draw() -> Parameters:
        k = int(rng.integers(2, 6))
        return rng.dirichlet(np.ones(k)), rng.uniform(-5, 5, k), rng.uniform(0.3, 2, k)

    pairs = [(draw(), draw()) for _ in range(count)]
    rows = []
    for p, q in pairs:
        a, b, c, d = ours(p), ours(q), scipys(p), scipys(q)
        works: list[Callable[[], object]] = [
            lambda a=a, b=b: js(a, b),
            lambda p=p, q=q: js(ours(p), ours(q)),
            lambda c=c, d=d: js(c, d),
            lambda p=p, q=q: by_quad(p, q),
            lambda a=a, b=b: kl(a, b),
            lambda a=a, b=b: total_variation(a, b),
        ]
        exact = integral(js_term, p, q)
        errors = relative_error(js(a, b), exact), relative_error(by_quad(p, q), exact)
        rows.append([*(cpu_time(work) for work in works), *errors])
    mixture, made, from_scipy, quad, of_kl, of_tv, _, _ = (
        statistics.median(column) for column in zip(*rows, strict=True)
    )
    error, quads_error = (max(column) for column in list(zip(*rows, strict=True))[-2:])
    for name, taken in (
        ("js of two Mixtures", mixture),
        ("with making them", made),
        ("from scipy's stats.Mixture", from_scipy),
        ("kl of two Mixtures", of_kl),
        ("total variation, whose kinks need panels", of_tv),
    ):
        print(f"{name}: {taken * 1e3:.2f} ms, {quad / taken:.0f}x the speed of quad's js ({quad * 1e3:.1f} ms)")
    print(f"largest relative error of js over {count} pairs: {error:.1e}; of quad {quads_error:.1e}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
