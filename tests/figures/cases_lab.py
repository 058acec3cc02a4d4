"""The run of figure 4, once more: weights, batches and noise from the same draws, every step by torch in float64."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import torch

from ganmath.gan.data import DATA
from ganmath.gan.networks import MLP
from tests.figures.cases_gan import Game, flat, steps_of
from tests.figures.cases_random import Chance
from tests.figures.cases_truth import draws, truth_about
from tests.figures.golden import Case

WIDTHS = (1, 16, 16, 1)
BATCH = 64
STEPS = 20
SETTINGS = (
    {"loss": "nonSaturating", "rate": 0.005, "label": 1, "r1": 0, "detach": True, "seed": 3},
    {"loss": "minimax", "rate": 0.02, "label": 0.7, "r1": 0.4, "detach": True, "seed": 1},
    {"loss": "nonSaturating", "rate": 0.01, "label": 1, "r1": 0, "detach": False, "seed": 20},
)


def drawn(chance: Chance) -> MLP:
    """A network whose parameters are the next draws: of each layer the weights by rows, then the biases."""
    net = MLP(WIDTHS, "silu", [torch.Generator()], dtype=torch.float64)
    for layer, (inputs, outputs) in enumerate(pairwise(WIDTHS)):
        small = inputs**-0.5
        bound = small if layer == len(WIDTHS) - 2 else small * 6**0.5
        for tensor, reach, rows in ((net.weights[layer], bound, inputs), (net.biases[layer], small, 1)):
            values = [reach * (2 * chance.uniform() - 1) for _ in range(rows * outputs)]
            tensor.data.copy_(torch.tensor(values, dtype=torch.float64).view(1, rows, outputs))
    return net


def trained(settings: dict[str, Any], steps: int) -> tuple[MLP, MLP]:
    """D and G after so many steps."""
    chance = Chance(int(settings["seed"]))
    g, d = drawn(chance), drawn(chance)
    batches = [
        [
            torch.tensor(values, dtype=torch.float64).view(1, BATCH, 1)
            for values in (draws(chance, DATA["mixture"], BATCH), chance.normals(BATCH), chance.normals(BATCH))
        ]
        for _ in range(steps)
    ]
    game = Game(
        loss={"nonSaturating": "non_saturating"}.get(settings["loss"], settings["loss"]),
        label=float(settings["label"]),
        r1=float(settings["r1"]),
        detach=bool(settings["detach"]),
        betas=(0.0, 0.9),
        rates=(float(settings["rate"]),) * 2,
    )
    for _ in steps_of(game, d, g, batches):
        pass
    return d, g


def after(settings: dict[str, Any], steps: int, x: Any = ()) -> dict[str, Any]:
    """How the run stands beside the truth."""
    d, g = trained(settings, steps)
    x = np.asarray(x, dtype=float)
    found = truth_about(d, g, DATA["mixture"], x)
    return {
        "step": steps,
        **{key: found[key] for key in ("js", "w1", "value", "bestValue", "best")},
        "g": found["density"],
        "p": np.exp(DATA["mixture"].density.logpdf(x)).tolist(),
        "d": (1 / (1 + np.exp(-d.member(0).on_line(x)))).tolist(),
        "dParameters": flat(d.parameters()),
        "gParameters": flat(g.parameters()),
    }


def cases() -> Iterator[Case]:
    x = np.linspace(-4, 4, 31).tolist()  # farther out g is so small that D* loses digits, in the page too
    for settings in SETTINGS:
        for steps in (0, 1, STEPS):
            yield Case("lab", "labAfter", [settings, steps, x], after(settings, steps, x))
