"""How fast the divergences are, as ratios to scipy and to plain numpy in the same run.

Large samples without weights are coarsened, not sorted. How long a sort takes depends on the machine: numpy's
vectorised one is slow with AVX-512 on Zen 4, where NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR" speeds it up
fourfold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import scipy.stats
import torch
from scipy.spatial.distance import jensenshannon

from ganmath.divergence import Samples, js, kl, wasserstein
from tests.benchmarks import mixtures, space
from tests.benchmarks.table import Row, Table, said, seconds
from tests.benchmarks.timing import Contest, Work, cpu_times


def naive_kl(p: Any, q: Any) -> Any:
    """The textbook's line, in numpy."""
    return np.sum(p * np.log(p / q))


def naive_js(p: Any, q: Any) -> Any:
    """The textbook's lines, in numpy."""
    m = (p + q) / 2
    return (naive_kl(p, m) + naive_kl(q, m)) / 2


def pmfs(*shape: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """p, an unrelated q, and a neighbour of p: p (1 + 1e-9 noise) over its sum."""
    rng = np.random.default_rng(0)
    p, q = rng.random(shape), rng.random(shape)
    p /= p.sum(-1, keepdims=True)
    q /= q.sum(-1, keepdims=True)
    near = rng.random(shape)
    near *= 1e-9
    near += 1
    near *= p
    near /= near.sum(-1, keepdims=True)
    return p, q, near


def long_vectors(n: int) -> Iterator[Contest]:
    """KL and JS of many outcomes."""
    p, q, near = pmfs(n)
    size, few = f"n = {power_of_ten(n)}", 5
    yield Contest(
        f"kl, {size}, p and q unrelated",
        lambda: kl(p, q),
        {"scipy `entropy`": (lambda: scipy.stats.entropy(p, q), 4), "plain numpy": (lambda: naive_kl(p, q), 1)},
        few,
    )
    yield Contest(
        f"kl, {size}, nearly equal",
        lambda: kl(p, near),
        {"scipy `entropy`": (lambda: scipy.stats.entropy(p, near), 1.5)},
        few,
    )
    yield Contest(
        f"js, {size}, p and q unrelated",
        lambda: js(p, q),
        {"scipy `jensenshannon`": (lambda: jensenshannon(p, q), 5), "plain numpy": (lambda: naive_js(p, q), 1)},
        few,
    )
    yield Contest(
        f"js, {size}, nearly equal",
        lambda: js(p, near),
        {"scipy `jensenshannon`": (lambda: jensenshannon(p, near), 3)},
        few,
    )


def short_vectors(rows: int) -> Iterator[Contest]:
    """KL and JS of few outcomes, and of a batch of them."""
    p, q, _ = pmfs(1000)
    yield Contest("kl, n = 1000", lambda: kl(p, q), {"scipy `entropy`": (lambda: scipy.stats.entropy(p, q), 3)})
    for n in (1000, 10):
        a, b, _ = pmfs(n)
        peer = partial(jensenshannon, a, b)
        yield Contest(f"js, n = {n}", partial(js, a, b), {"scipy `jensenshannon`": (peer, 1)})
    p, q, _ = pmfs(1000)
    yield Contest(
        "js, n = 1000, masses 1e-7 apart",
        lambda: js(p * (1 + 1e-7), q),
        {"scipy `jensenshannon`": (lambda: jensenshannon(p * (1 + 1e-7), q), None)},
    )
    a, b = torch.tensor(p), torch.tensor(q)
    yield Contest(
        "kl, n = 1000, tensors",
        lambda: kl(a, b),
        {"torch `kl_div`": (lambda: torch.nn.functional.kl_div(b.log(), a, reduction="sum"), None)},
    )
    many, others, _ = pmfs(rows, 100)
    yield Contest(
        f"js, {rows} rows of 100",
        lambda: js(many, others),
        {"scipy `jensenshannon(axis=1)`": (lambda: jensenshannon(many, others, axis=1), 3)},
    )


def transport(n: int) -> Iterator[Contest]:
    """W1 of two samples; its floor is the time of sorting both."""
    rng = np.random.default_rng(0)
    x, same, u, v = rng.normal(size=n), rng.normal(size=n), rng.random(n), rng.random(n)
    u, v, y, shorter = u / u.sum(), v / v.sum(), same + 0.1, slice(n - n // 7)
    scipy_w1 = scipy.stats.wasserstein_distance
    pairs = {
        "shifted, equal sizes": y,
        "shifted, unequal sizes": y[shorter],
        "one law, equal sizes": same,
        "one law, unequal sizes": same[shorter],
        "permuted": rng.permutation(x),  # what coarsening tries in vain
    }
    size = f"W1, n = {power_of_ten(n)}"
    for name, z in pairs.items():
        equal = len(z) == n
        peers: dict[str, tuple[Work, float | None]] = {
            "scipy `wasserstein_distance`": (lambda z=z: scipy_w1(x, z), 20 if equal else 2.5),
            "two sorts by numpy": (lambda z=z: (np.sort(x), np.sort(z)), 0.8 if equal else None),
        }
        yield Contest(f"{size}, {name}", lambda z=z: wasserstein(Samples(x), Samples(z)), peers)
    yield Contest(
        f"{size}, weighted",
        lambda: wasserstein(Samples(x, u), Samples(y, v)),
        {"scipy `wasserstein_distance`": (lambda: scipy_w1(x, y, u, v), 2.5)},
    )


def densities() -> Iterator[Contest]:
    """JS of densities, which is an integral."""
    (pair,) = mixtures.pairs(1)
    peers: dict[str, tuple[Work, float | None]] = {"scipy `quad`, to 1e-12": (partial(mixtures.by_quad, pair), None)}
    yield Contest("js of two Gaussian mixtures", partial(mixtures.ours, pair), peers)


def power_of_ten(n: int) -> str:
    """1e7 for ten millions."""
    return f"{n:.0e}".replace("e+0", "e")


def table(quick: bool = False) -> Table:
    """Every contest, ours beside each peer."""
    found = Table(
        "Speed: median CPU time of one thread, ours and the peer taken in turns",
        ("work", "ours", "peer", "its time", "times its speed", "goal", "met"),
    )
    contests = (
        long_vectors(20_000 if quick else 10**7),
        short_vectors(20 if quick else 10_000),
        transport(2000 if quick else 10**6),
        space.contests(30 if quick else 1000),
        densities(),
    )
    for contest in chain.from_iterable(contests):
        calls = [call for call, _ in contest.peers.values()]
        with np.errstate(invalid="ignore"):  # jensenshannon's root of a number below 0
            ours, *theirs = cpu_times(contest.ours, *calls, rounds=1 if quick else contest.rounds)
        for (peer, (_, goal)), time in zip(contest.peers.items(), theirs, strict=True):
            ratio = time / ours
            met = None if goal is None else ratio >= goal
            aim = "–" if goal is None else f"{goal:.2g}"
            cells = (contest.work, seconds(ours), peer, seconds(time), f"{ratio:.2f}", aim, said(met))
            found.rows.append(Row(cells, met, ratio < 1))
    return found
