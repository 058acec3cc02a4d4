"""The same quantities by scipy, torch and POT, each called the way its documentation says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import ot
import scipy.stats
import torch
import torch.nn.functional
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr
from torch.distributions import Categorical, kl_divergence

Function = Callable[..., Any]


def normalised(p: np.ndarray) -> np.ndarray:
    """For functions that don't divide by the mass."""
    return p / p.sum()


def rel_entr_sum(p: np.ndarray, q: np.ndarray) -> Any:
    """KL as the sum of scipy.special.rel_entr."""
    return rel_entr(normalised(p), normalised(q)).sum()


def torch_kl_div(p: np.ndarray, q: np.ndarray) -> Any:
    """KL by torch's loss, which takes the logarithm of q and then p."""
    first, second = torch.as_tensor(normalised(p)), torch.as_tensor(normalised(q))
    return torch.nn.functional.kl_div(second.log(), first, reduction="sum")


def torch_categorical(p: np.ndarray, q: np.ndarray) -> Any:
    """KL of two torch distributions."""
    return kl_divergence(*(Categorical(torch.as_tensor(x)) for x in (p, q)))


def scipy_js(p: np.ndarray, q: np.ndarray) -> Any:
    """The square of what scipy calls jensenshannon."""
    return jensenshannon(p, q) ** 2


MASSES: dict[str, dict[str, Function]] = {
    "kl": {
        "scipy `entropy`": scipy.stats.entropy,
        "scipy `rel_entr`, summed": rel_entr_sum,
        "torch `kl_div`": torch_kl_div,
        "torch `kl_divergence`": torch_categorical,
    },
    "js": {"scipy `jensenshannon`, squared": scipy_js},
    "js_distance": {"scipy `jensenshannon`": jensenshannon},
    "entropy": {
        "scipy `entropy`": lambda p, _: scipy.stats.entropy(p),
        "torch `Categorical`": lambda p, _: Categorical(torch.as_tensor(p)).entropy(),
    },
}

# Each takes x, the weights of x, y, the weights of y.
TRANSPORT: dict[str, Function] = {
    "scipy `wasserstein_distance`": lambda x, u, y, v: scipy.stats.wasserstein_distance(x, y, u, v),
    "POT `wasserstein_1d`": lambda x, u, y, v: ot.wasserstein_1d(x, y, u, v),
    "POT `emd2_1d`": lambda x, u, y, v: ot.emd2_1d(x, y, u, v, metric="euclidean"),
}
