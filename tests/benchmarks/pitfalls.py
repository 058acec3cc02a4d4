"""Inputs on which the peers are wrong in silence: what they give, what ours gives, and the truth."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
import ot
import scipy.stats
import torch
from scipy.special import rel_entr

from ganmath.divergence import Samples, js, kl, wasserstein
from tests.benchmarks import peers
from tests.benchmarks.table import Row, Table
from tests.divergence import exact

Call = Callable[[], Any]
REFUSED = "an error"


@dataclass(frozen=True)
class Pitfall:
    """An input, each peer's answer to it, ours, and the true one, which for nonsense is `REFUSED`."""

    inputs: str
    theirs: dict[str, Call]
    ours: Call
    truth: Any


def near(noise: float) -> tuple[np.ndarray, np.ndarray]:
    """p of a thousand outcomes, and p (1 + noise) over its sum."""
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(1000))
    q = p * (1 + noise * rng.standard_normal(1000))
    return p, q / q.sum()


def gradient_by(divergence: Callable[[Any, Any], Any]) -> Call:
    """The gradient in the logits of q, of which the third is -inf; its mass and p's are 0 there."""

    def call() -> Any:
        p = torch.tensor([0.5, 0.5, 0.0], dtype=torch.float64)
        masses = torch.tensor([0.9, 0.1, 0.0], dtype=torch.float64)
        logits = masses.log().requires_grad_()
        divergence(p, torch.softmax(logits, 0)).backward()
        return logits.grad

    return call


def of_masses() -> Iterator[Pitfall]:
    """KL and JS."""
    for exponent in ("1e-9", "1e-6"):
        p, q = near(float(exponent))
        yield Pitfall(
            f"KL of p and p (1 + {exponent} noise)",
            {
                "scipy `entropy`": lambda p=p, q=q: scipy.stats.entropy(p, q),
                "torch `kl_div`": lambda p=p, q=q: peers.torch_kl_div(p, q),
            },
            lambda p=p, q=q: kl(p, q),
            exact.kl(p, q),
        )
        yield Pitfall(
            f"JS of p and p (1 + {exponent} noise)",
            {"scipy `jensenshannon`, squared": lambda p=p, q=q: peers.scipy_js(p, q)},
            lambda p=p, q=q: js(p, q),
            exact.js(p, q),
        )
    subnormal = [1.0, 5e-324], [1.0, 0.0]
    yield Pitfall(
        "JS of [1, 5e-324] and [1, 0]",
        {"scipy `jensenshannon`, squared": lambda: peers.scipy_js(*map(np.asarray, subnormal))},
        lambda: js(*subnormal),
        exact.js(*subnormal),
    )
    huge = [1e308, 1e308], [1.0, 3.0]
    yield Pitfall(
        "KL of [1e308, 1e308] and [1, 3], normalised",
        {"scipy `entropy`": lambda: scipy.stats.entropy(*huge)},
        lambda: kl(*huge, normalize=True),
        exact.kl(*huge),
    )
    yield Pitfall(
        "JS of [1e308, 1e308] and [1, 3], normalised",
        {"scipy `jensenshannon`, squared": lambda: peers.scipy_js(*map(np.asarray, huge))},
        lambda: js(*huge, normalize=True),
        exact.js(*huge),
    )
    tiny = np.array([1.0, 1e-17]), np.array([1.0, 1e-20])
    yield Pitfall(
        "KL of [1, 1e-17] and [1, 1e-20]",
        {"torch `kl_divergence`": lambda: peers.torch_categorical(*tiny)},
        lambda: kl(*tiny),
        exact.kl(*tiny),
    )
    yield Pitfall(
        "KL of [.5, .5] and [1]",
        {
            "scipy `rel_entr`, summed": lambda: rel_entr([0.5, 0.5], [1.0]).sum(),
            "scipy `entropy`": lambda: scipy.stats.entropy([0.5, 0.5], [1.0]),
            "torch `kl_divergence`": lambda: peers.torch_categorical(np.array([0.5, 0.5]), np.array([1.0])),
        },
        lambda: kl([0.5, 0.5], [1.0]),
        REFUSED,
    )
    by_loss = gradient_by(lambda p, q: torch.nn.functional.kl_div(q.log(), p, reduction="sum"))
    yield Pitfall(
        "gradient of KL in the logits of q, of which one is -inf where p = 0",
        {"torch `kl_div`": by_loss},
        gradient_by(kl),
        [0.4, -0.4, 0.0],  # q - p
    )


def of_transport() -> Iterator[Pitfall]:
    """W1."""
    points, half = np.array([0.0, 1.0]), np.array([0.5, 0.5])
    lighter, negative = np.array([0.5, 0.1]), np.array([1.5, -0.5])
    yield Pitfall(
        "W1 on {0, 1} with the weights [.5, .5] and [.5, .1]",
        {"POT `wasserstein_1d`": lambda: ot.wasserstein_1d(points, points, half, lighter)},
        lambda: wasserstein(Samples(points, half), Samples(points, lighter)),
        REFUSED,
    )
    yield Pitfall(
        "W1 with a negative weight",
        {"POT `emd2`": lambda: ot.emd2(half, negative, ot.dist(points[:, None], points[:, None], "euclidean"))},
        lambda: wasserstein(Samples(points, half), Samples(points, negative)),
        REFUSED,
    )
    yield Pitfall(
        "W1 with a point that is NaN",
        {"POT `emd2`": lambda: ot.emd2(half, half, np.array([[np.nan, 1.0], [1.0, 0.0]]))},
        lambda: wasserstein(Samples([np.nan, 1.0]), Samples(points)),
        REFUSED,
    )


def said(call: Call) -> str:
    """What a call gives, to six digits, or what its error says before it comes to the remedy."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            value = call()
        except Exception as error:
            return f"{type(error).__name__}: {re.split('[;:] ', str(error))[0]}"
    return shown(value)


def shown(value: Any) -> str:
    """A number, or a list of them, to six digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, mpmath.mpf):
        return str(mpmath.nstr(value, 6, strip_zeros=True, min_fixed=-5, max_fixed=6))
    if hasattr(value, "tolist"):
        value = value.tolist()
    return f"[{', '.join(map(shown, value))}]" if isinstance(value, list) else f"{value + 0.0:.6g}"


def table(quick: bool = False) -> Table:
    """Each case by each peer; quick or not, it takes no time."""
    found = Table("What the peers get wrong", ("input", "peer", "gives", "ganmath gives", "truth"))
    for pitfalls in (of_masses(), of_transport()):
        for case in pitfalls:
            for peer, call in case.theirs.items():
                found.rows.append(Row((case.inputs, peer, said(call), said(case.ours), shown(case.truth))))
    return found
