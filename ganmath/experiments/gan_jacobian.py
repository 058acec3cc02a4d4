r"""The Jacobian of two networks' game where g = p and D = 0: torch's own against that of the formula, entry by entry.

The generator is w z + b at w = 1, b = 0, so that g = N(0, 1) = p, with the density's gradient ((x^2 - 1) g, x g). The
discriminator is a network of tanh with a last layer of zeros: D = 0 everywhere, and its gradient is the hidden layer,
and 1. V is a sum by the trapezoid rule on [-10, 10], of step .02, over the data and the noise. For functions that are
analytic as far as :math:`\pi / 2 w` from the line, w the largest weight, the rule's error is about
:math:`e^{-\pi^2 / .02 w}`, and the tails hold :math:`10^{-22}`: what is left is rounding, of sums of 1000 terms.

References: Nagarajan and Kolter (2017), "Gradient descent GAN optimization is locally stable", theorem 3.1.
"""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor
from torch.func import functional_call, jacrev
from torch.nn.functional import logsigmoid

from ganmath.gan import MLP
from ganmath.gan.dynamics import nagarajan_kolter
from ganmath.theory.observation import Measurement, Result

X = torch.linspace(-10, 10, 1001, dtype=torch.float64)
STEP = 0.02
ROUNDING = 1001 * float(np.finfo(float).eps)


def run(seed: int = 0, quick: bool = True) -> Result:
    """A discriminator of 4 hidden units, or of 32 where not `quick`.

    >>> run().ok
    True
    """
    begun, random = time.perf_counter(), torch.Generator().manual_seed(seed)
    net = MLP((1, 4 if quick else 32, 1), "tanh", [random], torch.float64)
    with torch.no_grad():
        net.weights[-1].zero_()
        net.biases[-1].zero_()
    seen, formula = _jacobian(net, 0.0), _formula(net)
    size = float(abs(formula).max())
    tolerance, why = ROUNDING * max(size, 1.0), "rounding of 1000 terms"

    def apart(what: str, one: np.ndarray, other: np.ndarray) -> Measurement:
        return Measurement(what, float(abs(one - other).max()), 0.0, tolerance, why=why)

    measurements = (
        apart("Jacobian less the formula's, largest entry", seen, formula),
        apart("its two cross blocks, summed", seen[:2, 2:], -seen[2:, :2].T),
        apart("its block in theta alone", seen[:2, :2], np.zeros((2, 2))),
        Measurement("largest real part of its eigenvalues", float(np.linalg.eigvals(seen).real.max()), 0.0,
                    ROUNDING**0.5, "<=", why="a root of a rounding, of double eigenvalues 0"),
    )  # fmt: skip
    one_sided = formula.copy()
    one_sided[2:, 2:] /= 2
    symmetric = formula.copy()
    symmetric[2:, :2] *= -1
    negation = (
        apart("Jacobian less the formula's, of data alone in K_DD", seen, one_sided),
        apart("Jacobian less the formula's, the sign lost", seen, symmetric),
        apart("Jacobian less the formula's, at b = .5, where g isn't p", _jacobian(net, 0.5), formula),
    )
    return Result("gan-jacobian", seed, quick, measurements, negation, time.perf_counter() - begun)


def _jacobian(net: MLP, shift: float) -> np.ndarray:
    """That of (-grad V in (w, b), grad V in D's parameters), by torch."""
    parts = {name: part.detach() for name, part in net.named_parameters()}
    ends = np.cumsum([2, *(part.numel() for part in parts.values())]).tolist()
    mass = STEP * torch.exp(-X.square() / 2) / (2 * torch.pi) ** 0.5

    def value(both: Tensor) -> Tensor:
        now = {
            name: both[start:end].reshape(part.shape)
            for (name, part), (start, end) in zip(parts.items(), pairwise(ends), strict=True)
        }
        real, fake = (functional_call(net, now, (x[None, :, None],))[0, :, 0] for x in (X, both[0] * X + both[1]))
        total: Tensor = mass @ (logsigmoid(real) + logsigmoid(-fake))
        return total

    at = torch.cat([torch.tensor([1.0, shift], dtype=torch.float64), *(part.flatten() for part in parts.values())])
    signs = torch.ones_like(at)
    signs[:2] = -1
    field: np.ndarray = (signs[:, None] * jacrev(jacrev(value))(at)).numpy()
    return field


def _formula(net: MLP) -> np.ndarray:
    """By K_DG and K_DD: D's gradient is 0 in the hidden layer's parameters, for the last layer is 0."""
    with torch.no_grad():
        hidden = torch.tanh(X[:, None] * net.weights[0][0] + net.biases[0][0])
    of_d = torch.cat([torch.zeros_like(hidden), hidden, torch.zeros_like(hidden), torch.ones_like(X[:, None])], 1)
    p = torch.exp(-X.square() / 2) / (2 * torch.pi) ** 0.5
    of_g = torch.stack([(X.square() - 1) * p, X * p], 1)
    found: np.ndarray = nagarajan_kolter(np.full(len(X), STEP), p.numpy(), of_g.numpy(), of_d.numpy())
    return found
