"""What Python computes for the numbers that each figure of the page shows, given the state of its controls."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ganmath.gan import dynamics
from tests.figures import cases_lab

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


@dataclass(frozen=True)
class Peer:
    """Python's numbers for a figure, how its controls stand when they are compared, and what has no such number."""

    numbers: Callable[[State], dict[str, float]]
    held: State = field(default_factory=dict)  # where rounding would grow, or Python take too long
    apart: frozenset[str] = frozenset()


PEERS: dict[str, Peer] = {
    "dirac-gan": Peer(dirac_gan),
    "training": Peer(training, held={"steps": 20}, apart=frozenset({"speed"})),
}
