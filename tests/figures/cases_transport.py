from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ganmath.divergence import Discrete, wasserstein, wasserstein_dual
from tests.figures import cases_divergences
from tests.figures.golden import Case


def cases() -> Iterator[Case]:
    random = np.random.default_rng(1)
    for p, g in cases_divergences.pairs(5):
        default = np.arange(float(len(p)))
        x, y = (np.sort(random.standard_normal(len(p)) * 10.0 ** random.integers(-2, 3)) for _ in range(2))
        for order in (1, 2):
            name = f"wasserstein{order}"
            yield Case("transport", name, [p, g], wasserstein(p, g, support=default, order=order))
            yield Case("transport", name, [p, g, x], wasserstein(p, g, support=x, order=order))
            yield Case("transport", name, [p, g, x, y], wasserstein(Discrete(p, x), Discrete(g, y), order=order))
        order = float(random.uniform(1, 4))
        yield Case("transport", "wasserstein", [order, p, g, x], wasserstein(p, g, support=x, order=order))
        best = wasserstein_dual(Discrete(p, x), Discrete(g, x))
        yield Case("transport", "monotonePlan", [p, g], best.plan)
        yield Case("transport", "planCost", [best.plan, x], best.primal)
        if (abs(np.cumsum(np.subtract(p, g))[:-1]) > 1e-13).all():  # else rounding gives the slope its sign
            yield Case("transport", "bestPotential", [p, g, x], best.potential(x))
        yield Case("transport", "dualValue", [best.on_p, p, g], best.dual)
        f = random.standard_normal(len(p))
        yield Case("transport", "dualValue", [f, p, g], f @ (np.array(p) - g))
        plan = np.outer(p, g)
        yield Case("transport", "independentPlan", [p, g], plan)
        yield Case("transport", "planCost", [plan, x, y], (plan * abs(x[:, None] - y)).sum())
        slopes = abs(np.diff(f) / np.diff(default))
        steep = {"steepest": max([0, *slopes]), "breaks": np.flatnonzero(slopes > 1)}
        yield Case("transport", "steepness", [f], steep)
        i, j, k, m = random.integers(len(p), size=4).tolist()
        most = 0 if i == k or j == m else min(plan[i, j], plan[k, m])
        yield Case("transport", "mostExchanged", [plan, i, j, k, m], most)
        moved, mass = plan.copy(), most * random.random()
        for a, b, more in ((i, j, -mass), (k, m, -mass), (i, m, mass), (k, j, mass)):
            moved[a, b] += more
        yield Case("transport", "exchanged", [plan, i, j, k, m, mass], moved)
    for _ in range(150):  # tenths: where the distribution functions meet, the critic is level, whatever was rounded
        p, g = random.multinomial(10, np.full(5, 0.2), 2)
        f = np.append(0, np.cumsum(-np.sign(np.cumsum(p - g)[:-1])))
        yield Case("transport", "bestPotential", [p / 10, g / 10], f - f.min())
