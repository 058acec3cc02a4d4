r"""A small generator goes down :math:`V(D^*, G) = 2\,\mathrm{JS}(p, g) - \log 4`, recorded to be replayed.

There is no sample and no trained discriminator in it: ``g = phi / |G'|`` is known at every :math:`x = G(z)`, so D* is
known too, and each step of Adam follows the exact gradient. The generator has 25 parameters, the data are
``DATA["mixture"]``. The book's first page replays
``python -m ganmath.experiments.descent book/figures/data/descent.json``.

References: Goodfellow et al. (2014), "Generative adversarial nets", theorem 1, for the value.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from ganmath.gan.data import DATA, Mixture
from ganmath.gan.learner import Learner
from ganmath.gan.networks import MLP
from ganmath.gan.threads import one_thread

SEED = 94  # G rises from the first step to the last with it, so that g is finite everywhere
FRAMES = 96
WIDTHS = (1, 8, 1)
ACTIVATION = "silu"
START = 3.0  # how far to the right G is moved before it begins
RATE = 0.03  # at first; it falls in equal steps to 0
DIGITS = 5


@one_thread()
def film(frames: int = FRAMES, seed: int = SEED) -> dict[str, Any]:
    """The parameters of G in each frame, k from 0 on, after about k**2 / 4 steps, and V(D*, G) over the frames.

    >>> kept = film(frames=2)
    >>> kept["steps"], len(kept["generators"][0])
    ([0, 1, 1], 25)
    """
    steps = [math.ceil(k * k / 4) for k in range(frames + 1)]
    generator = MLP(WIDTHS, ACTIVATION, [torch.Generator().manual_seed(seed)], dtype=torch.float64)
    with torch.no_grad():
        generator.biases[-1].add_(START)
    learner = Learner("the generator", generator, RATE, betas=(0.9, 0.999), decay=0.0)
    found: dict[int, tuple[list[float], float]] = {}
    for step in range(steps[-1] + 1):
        value = best_value(generator)
        found[step] = parameters_of(generator), round(value.item(), DIGITS)
        learner.descend(value, 1 - step / (steps[-1] + 1), step, seed)
    return {
        "widths": WIDTHS,
        "activation": ACTIVATION,
        "steps": steps,
        "values": [found[step][1] for step in steps],
        "generators": [found[step][0] for step in steps],
    }


def best_value(generator: MLP) -> Tensor:
    r"""V(D*, G) as a function of the generator's parameters, if G rises: both means over the noise z.

    With :math:`x = G(z)` and :math:`g(x) = \varphi(z) / G'(z)` it is
    :math:`\int (p \log \frac{p}{p + g} + g \log \frac{g}{p + g}) G'(z)\,dz`, here by the trapezoid rule.

    Raises ValueError if G doesn't rise.
    """
    z = torch.linspace(-7, 7, 701, dtype=torch.float64).requires_grad_()
    x = generator(z[None, :, None])[0, :, 0]
    (slope,) = torch.autograd.grad(x.sum(), z, create_graph=True)
    if bool((slope <= 0).any()):
        raise ValueError("G doesn't rise everywhere, so g isn't phi / G'; start from another seed")
    log_g = -(z**2) / 2 - math.log(2 * math.pi) / 2 - slope.log()
    data = cast(Mixture, DATA["mixture"])
    weights, means, stds = (torch.tensor(row, dtype=torch.float64) for row in (data.weights, data.means, data.stds))
    terms = weights.log() - stds.log() - math.log(2 * math.pi) / 2 - ((x[:, None] - means) / stds) ** 2 / 2
    log_p = terms.logsumexp(1)
    log_both = torch.logaddexp(log_p, log_g)
    integrand = log_p.exp() * (log_p - log_both) + log_g.exp() * (log_g - log_both)
    return torch.trapezoid(integrand * slope, z)


def parameters_of(generator: MLP) -> list[float]:
    """W_1, b_1, W_2, b_2, as `book/figures/mathematics/network.js` takes them."""
    return [round(number, DIGITS) for pair in generator.layers() for part in pair for number in part.flatten().tolist()]


def generator_of(kept: Mapping[str, Any], frame: int) -> MLP:
    """The generator of a frame of a record."""
    generator = MLP(kept["widths"], kept["activation"], [torch.Generator()], dtype=torch.float64)
    numbers = iter(kept["generators"][frame])
    with torch.no_grad():
        for pair in zip(generator.weights, generator.biases, strict=True):
            for part in pair:
                part.copy_(torch.tensor([next(numbers) for _ in range(part.numel())], dtype=part.dtype).view_as(part))
    return generator.frozen()


def main() -> None:
    parser = argparse.ArgumentParser(description="Record the generator that the book's first page replays.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--frames", type=int, default=FRAMES)
    given = parser.parse_args()
    given.file.write_text(json.dumps(film(given.frames), separators=(",", ":")) + "\n", "utf8")


if __name__ == "__main__":
    main()
