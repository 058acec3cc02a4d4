"""The smallest GANs: fields, steps, walks of 30 and 500 steps, and how steps settle, by `ganmath.gan.dynamics`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from ganmath.gan.dynamics import FIELDS, largest_step, multipliers, spectrum
from ganmath.gan.dynamics.paths import velocity
from ganmath.gan.dynamics.updates import UPDATES, jacobian
from tests.figures.golden import Case

METHODS = {
    "gan": "gan",
    "nonSaturating": "non_saturating",
    "wgan": "wgan",
    "wganGp": "wgan_gp",
    "r1": "r1",
    "instanceNoise": "instance_noise",
}
STRENGTHLESS = ("gan", "nonSaturating", "wgan")
EXTREMES = (0.0, 1e-300, 1e-9, 0.5, -30.0, 40.0, 800.0)
SHORT = 1e-8  # a strength whose largest step is shorter than ganmath looks for
EXACT, PATHS = 1e-12, 1e-10
ROUNDINGS = 16 * np.finfo(float).eps


def cases() -> Iterator[Case]:
    chance = np.random.default_rng(12)
    for name, method in METHODS.items():
        points = [*chance.normal(0, 3, (60, 2)).tolist(), *((x, y) for x in EXTREMES for y in EXTREMES)]
        for theta, psi in points:
            strength = 0.0 if name in STRENGTHLESS else float(chance.exponential())
            expected = [float(v) for v in FIELDS[method](theta, psi, strength)]
            yield Case("dirac", "diracField", [name, theta, psi, strength], expected, EXACT)
        for i in range(84):
            strength = 0.0 if name in STRENGTHLESS else float(chance.exponential())
            game = {"method": name, "h": float(chance.uniform(0.02, 0.6)), "strength": strength}
            game["alternating"] = bool(i % 2)
            if name == "wgan" and i % 4 > 1:
                game["clip"] = float(chance.uniform(0.1, 1))
            theta, psi = chance.normal(0, 1, 2).tolist()
            steps = 500 if i < 8 else 30
            yield Case("dirac", "diracTrajectory", [game, theta, psi, steps], path(game, theta, psi, steps), PATHS)
        yield from settling(name, method, chance)


def path(game: dict[str, Any], theta: float, psi: float, steps: int) -> list[list[float]]:
    """By ganmath's updates; it has no clipping, which is put after each step."""
    field, bound = velocity(METHODS[game["method"]], game["strength"]), game.get("clip", math.inf)
    update = UPDATES["alternating" if game["alternating"] else "simultaneous"]
    points = [[theta, psi]]
    for _ in range(steps):
        theta, psi = (float(x) for x in update.advance(field, (theta, psi), game["h"]))
        psi = min(max(psi, -bound), bound)
        points.append([theta, psi])
    return points


def settling(name: str, method: str, chance: np.random.Generator) -> Iterator[Case]:
    strengths = [0.0] if name in STRENGTHLESS else [0.0, SHORT, 0.3, 0.999, 1.001, 30.0, *chance.exponential(1, 160)]
    for strength in map(float, strengths):
        jumps = name == "wganGp" and strength != 0
        if not jumps:
            rows = [[float(entry) for entry in row] for row in jacobian(velocity(method, strength), (0.0, 0.0))]
            yield Case("dirac", "diracJacobian", [name, strength], rows, EXACT)
        nothing = [[math.nan, 0.0]] * 2
        found = nothing if jumps else parts(spectrum(method, strength=strength))
        yield Case("dirac", "diracSpectrum", [name, strength], found, EXACT)
        for update in ("simultaneous", "alternating"):
            alternating = update == "alternating"
            largest = math.nan if jumps else largest_step(method, strength=strength, update=update)
            if strength != SHORT:
                yield Case("dirac", "diracLargestStep", [name, strength, alternating], largest, 1e-9)
            for h in (0.1, 1.0, 3.9, float(chance.uniform(0, 5))):
                game = {"method": name, "h": h, "strength": strength, "alternating": alternating}
                found = None if jumps else multipliers(method, h, strength=strength, update=update)
                told = nothing if found is None else parts(found)
                yield Case("dirac", "diracMultipliers", [game], told, EXACT)
                settles = found is not None and bool((abs(found) < 1 - ROUNDINGS).all())
                yield Case("dirac", "diracSettles", [game], settles)


def parts(values: np.ndarray) -> list[list[float]]:
    return [[float(value.real), float(value.imag)] for value in values]
