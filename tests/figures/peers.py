"""What Python computes for the numbers that each figure of the page shows, given the state of its controls."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import expit

from ganmath.divergence import (
    Discrete,
    Gaussian,
    bhattacharyya_coefficient,
    entropy,
    hellinger,
    js,
    kl,
    total_variation,
    wasserstein,
    wasserstein_dual,
)
from ganmath.experiments.descent import generator_of
from ganmath.experiments.ring_film import points_of
from ganmath.game import bce, optimal_discriminator
from ganmath.gan import DATA, count_modes, dynamics, modes_of
from tests.figures import cases_dirac, cases_lab, cases_truth
from tests.figures.node import FIGURES

State = dict[str, Any]


def dirac_gan(state: State) -> dict[str, float]:
    method = cases_dirac.METHODS[state["method"]]
    strength = 0.0 if state["method"] in cases_dirac.STRENGTHLESS else state["strength"]
    game = {"method": state["method"], "h": state["h"], "strength": strength, "alternating": state["alternating"]}
    if method == "wgan":
        game["clip"] = state["clip"]
    theta, psi = cases_dirac.path(game, float(state["theta"]), float(state["psi"]), int(state["steps"]))[-1]
    update = "alternating" if state["alternating"] else "simultaneous"
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


def numbers_typed(text: str) -> list[float]:
    """Numbers and fractions, as `mathematics/reading.js` takes them; ValueError for what it refuses."""
    found = []
    for word in re.split(r"[\s,;]+", text.strip(" \n\t,;")):
        above, slash, below = word.replace("\N{MINUS SIGN}", "-").partition("/")
        if slash and float(below) == 0:
            raise ValueError(f"{word} divides by 0")
        found.append(float(above) / float(below or 1))
    return found


def weights_typed(text: str) -> np.ndarray:
    weights = np.array(numbers_typed(text))
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.max() > 0):
        raise ValueError(f"no weights: {text}")
    return weights / weights.max() / math.fsum(weights / weights.max())


def mean_gradients(p: Gaussian, g: Gaussian) -> dict[str, float]:
    """Over g, by the trapezoid rule: on an analytic integrand that fades it converges geometrically."""
    centre, reach = (p.mean + g.mean) / 2, abs(p.mean - g.mean) / 2 + 12 * max(p.std, g.std)
    x = np.linspace(centre - reach, centre + reach, 60_001)
    logit = optimal_discriminator(p, g, logits=True)(x)
    slope = (x - g.mean) / g.std**2 - (x - p.mean) / p.std**2
    density = stats.norm.pdf(x, g.mean, g.std)

    def mean(gradient: Any) -> float:
        return float(np.trapezoid(density * gradient, x))

    narrower = p.std - g.std  # G - F changes its sign where the standardised x agree
    if narrower == 0:
        share = float(np.sign(g.mean - p.mean))
    else:
        crossing = (g.mean * p.std - p.mean * g.std) / narrower
        share = np.sign(narrower) * (1 - 2 * stats.norm.sf((crossing - g.mean) / g.std))
    return {"saturating": mean(-expit(logit) * slope), "nonSaturating": mean(-expit(-logit) * slope), "wgan": share}


def two_distributions(state: State) -> dict[str, float]:
    p: Any
    g: Any
    if state["masses"]:
        try:
            u, v = weights_typed(state["p"]), weights_typed(state["g"])
        except ValueError:
            return {}
        if len(u) != len(v):
            return {}
        p, g = (Discrete(masses, range(len(masses))) for masses in (u, v))
    else:
        p, g = Gaussian(state["a"], state["s"]), Gaussian(state["b"], state["t"])
    found = {
        "klpg": kl(p, g),
        "klgp": kl(g, p),
        "js": js(p, g),
        "best": 2 * js(p, g) - math.log(4),
        "bc": bhattacharyya_coefficient(p, g),
        "h": hellinger(p, g),
        "tv": total_variation(p, g),
        "w1": wasserstein(p, g),
        "w2": wasserstein(p, g, order=2),
    }
    if state["masses"] or state["panel"] == "js":
        return found
    if state["panel"] == "gradients":
        return found | mean_gradients(p, g)
    answer = float(optimal_discriminator(p, g)(state["x"]))
    return found | {"answer": answer, "worth": -float(entropy([answer, 1 - answer]))}


def sent_along(plan: np.ndarray, i: int, to: int, share: float) -> np.ndarray:
    """More from i to another place: a share of what the largest other masses of the row and the column exchange."""

    def largest_but(masses: np.ndarray, without: int) -> int:
        others = np.array([-1.0 if k == without else mass for k, mass in enumerate(masses)])
        return int(np.argmax(others >= others.max() - 1e-9))

    j, k = largest_but(plan[i], to), largest_but(plan[:, to], i)
    mass = share * min(plan[i, j], plan[k, to])
    moved = plan.copy()
    moved[i, j] -= mass
    moved[k, to] -= mass
    moved[i, to] += mass
    moved[k, j] += mass
    return moved


def transport(state: State) -> dict[str, float]:
    points = np.arange(7.0)
    try:
        if state["source"] == "samples":
            samples = [np.array(numbers_typed(state[key])) for key in ("samplesOfP", "samplesOfG")]
            points = np.unique(np.concatenate(samples))
            u, v = (np.mean(points[:, None] == values, axis=1) for values in samples)
        elif state["source"] == "masses":
            u, v = weights_typed(state["weightsOfP"]), weights_typed(state["weightsOfG"])
            points = np.arange(float(len(u)))
        else:
            u, v = (np.array([state[f"{key}{i}"] for i in range(7)]) for key in "pg")
            u, v = u / math.fsum(u), v / math.fsum(v)
    except ValueError:
        return {}
    if len(u) != len(v) or not 2 <= len(points) <= 7:
        return {}
    best = wasserstein_dual(Discrete(u, points), Discrete(v, points))
    plan, last = best.plan if state["plan"] == "best" else np.outer(u, v), len(points) - 1
    for i, to, share in re.findall(r"(\d+)>(\d+)x([\d.]+)", state["moves"]):
        plan = sent_along(plan, int(i), int(to), float(share))
    plan = sent_along(plan, min(int(state["from"]), last), min(int(state["to"]), last), state["share"])
    if state["best"]:
        gain, steepest = best.dual, float(np.abs(np.cumsum(u - v)[:-1]).max() > 1e-14)
    else:
        slopes = np.array([state[f"slope{i}"] for i in range(last)])
        heights = np.concatenate([[0.0], np.cumsum(slopes * np.diff(points))])
        gain, steepest = float(heights @ (u - v)), float(np.abs(slopes).max())
    cost = float((plan * np.abs(points[:, None] - points)).sum())
    return {"cost": cost, "w1": best.primal, "gain": gain, "steepest": steepest}


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


def descent(state: State) -> dict[str, float]:
    kept = json.loads((FIGURES / "data" / "descent.json").read_text("utf8"))
    frame = int(state["frame"])
    generator = generator_of(kept, frame)
    found = cases_truth.truth_about(generator, generator, DATA["mixture"], [])  # D* needs no D
    return {"step": kept["steps"][frame], **{key: found[key] for key in ("bestValue", "js", "w1")}}


def loss_bowls(state: State) -> dict[str, float]:
    d, eta = state["d"], state["eta"]
    mean = eta * bce(d, 1) + (1 - eta) * bce(d, 0)
    return {
        "one": bce(d, 1),
        "zero": bce(d, 0),
        "mean": mean,
        "least": entropy([eta, 1 - eta]),
        "excess": kl([eta, 1 - eta], [d, 1 - d]),
    }


@dataclass(frozen=True)
class Peer:
    """Python's numbers for a figure, how its controls stand when they are compared, and what has no such number."""

    numbers: Callable[[State], dict[str, float]]
    held: State = field(default_factory=dict)  # where rounding would grow, or Python take too long
    apart: frozenset[str] = frozenset()


# Settings that sliders alone don't reach from the start.
ELSEWHERE = [
    ("two-distributions", "panel=gradients"),
    ("two-distributions", "panel=d&a=0&b=0&s=2&t=2"),
    ("transport-plan", "moves=0%3E3x0.5+2%3E1x1&from=5&to=1&share=0.6"),
    ("transport-plan", "hand=critic&best=0&slope3=1.5"),
    ("transport-plan", "hand=masses"),
    ("transport-plan", "plan=independent&moves=0%3E3x0.5&from=6&to=4&share=0.3"),
    ("transport-plan", "source=masses&weightsOfP=1+1%2F3+0+2&weightsOfG=0+0+1+1&from=1&to=0&share=1"),
    ("transport-plan", "source=samples&hand=critic&best=0&samplesOfP=-1+2+2.5&samplesOfG=7+100+2"),
]

PEERS: dict[str, Peer] = {
    "descent": Peer(descent),
    "loss-bowls": Peer(loss_bowls),
    "two-distributions": Peer(two_distributions),
    "dirac-gan": Peer(dirac_gan),
    "transport-plan": Peer(transport),
    "mode-collapse": Peer(mode_collapse),
    "training": Peer(training, held={"steps": 20}, apart=frozenset({"speed"})),
}
