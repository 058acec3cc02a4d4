"""What Python computes for the numbers that each figure of the page shows, given the state of its controls."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ganmath.experiments.ring_film import points_of
from ganmath.gan import DATA, count_modes, dynamics, modes_of
from tests.figures import cases_lab
from tests.figures.node import FIGURES

State = dict[str, Any]
METHODS = {
    "gan": "gan",
    "nonSaturating": "non_saturating",
    "wgan": "wgan",
    "wganGp": "wgan_gp",
    "r1": "r1",
    "instanceNoise": "instance_noise",
}


def dirac_gan(state: State) -> dict[str, float]:
    method = METHODS[state["method"]]
    strength = state["strength"] if method in ("wgan_gp", "r1", "instance_noise") else 0.0
    clip = state["clip"] if method == "wgan" else math.inf
    update = "alternating" if state["alternating"] else "simultaneous"
    theta, psi = float(state["theta"]), float(state["psi"])
    for _ in range(int(state["steps"])):
        theta, psi = dynamics.step(method, theta, psi, state["h"], strength=strength, update=update)
        psi = min(max(psi, -clip), clip)
    found = {"theta": theta, "psi": psi, "distance": math.hypot(theta, psi)}
    if method == "wgan_gp" and strength:  # the field jumps at the equilibrium
        return found | dict.fromkeys(("real", "imaginary", "modulus", "largest"), math.nan)
    turning = dynamics.spectrum(method, strength=strength)[0]
    multipliers = dynamics.multipliers(method, state["h"], strength=strength, update=update)
    return found | {
        "real": turning.real,
        "imaginary": turning.imag,
        "modulus": float(np.abs(multipliers).max()),
        "largest": dynamics.largest_step(method, strength=strength, update=update),
    }


def training(state: State) -> dict[str, float]:
    found = cases_lab.after(state | {"rate": state["rate"] / 1000}, int(state["steps"]))
    return {key: found[key] for key in ("step", "value", "bestValue", "js", "w1")}


def mode_collapse(state: State) -> dict[str, float]:
    kept = json.loads((FIGURES / "data" / "mode_collapse.json").read_text("utf8"))
    frame = int(state["frame"])
    found: dict[str, float] = {"step": frame * kept["every"]}
    for run, side in enumerate(("left", "right")):
        counts = count_modes(modes_of(DATA["ring"]), points_of(kept, run, frame))
        found |= {f"{side}Modes": counts.covered, f"{side}Good": counts.high_quality}
    return found


@dataclass(frozen=True)
class Peer:
    """Python's numbers for a figure, how its controls stand when they are compared, and what has no such number."""

    numbers: Callable[[State], dict[str, float]]
    held: State = field(default_factory=dict)  # where rounding would grow, or Python take too long
    apart: frozenset[str] = frozenset()


PEERS: dict[str, Peer] = {
    "dirac-gan": Peer(dirac_gan),
    "mode-collapse": Peer(mode_collapse),
    "training": Peer(training, held={"steps": 20}, apart=frozenset({"speed"})),
}
