"""The Jacobian of any GAN where g = p and D = 0 (Nagarajan and Kolter 2017)."""

from __future__ import annotations

from typing import Any

import numpy as np


def nagarajan_kolter(weights: Any, p: Any, of_g: Any, of_d: Any, *, slope: float = 0.5, bend: float = -0.25) -> Any:
    r"""The Jacobian (a + b, a + b) of the field of :math:`V = E_p f(D) + E_g f(-D)`, theta's a coordinates first.

    .. math::
        J &= \begin{pmatrix} 0 & f'(0) K_{DG}^T \\ -f'(0) K_{DG} & 2 f''(0) K_{DD} \end{pmatrix}, \\
        K_{DG} &= \int \nabla_\psi D \, (\nabla_\theta g)^T, \\
        K_{DD} &= E_p \nabla_\psi D \, (\nabla_\psi D)^T

    The integrals are sums over n points of quadrature with their ``weights`` (n,). There ``p`` (n,) is the density of
    the data, ``of_g`` (n, a) the gradient of g's density in theta, ``of_d`` (n, b) that of D, positive on the real, in
    psi; ``slope`` and ``bend`` are f'(0) and f''(0), by default those of the GAN's f(t) = -log(1 + e^-t).

    Raises ValueError where the lengths differ.

    References: Nagarajan and Kolter (2017), "Gradient descent GAN optimization is locally stable".

    >>> x, weights = np.polynomial.hermite_e.hermegauss(9)  # of N(0, 1), whose density is in the weights
    >>> nagarajan_kolter(weights / weights.sum(), np.ones(9), x[:, None], x[:, None]).round(12).tolist()
    [[0.0, 0.5], [-0.5, -0.5]]
    """
    weights, p, of_g, of_d = (np.asarray(x, dtype=float) for x in (weights, p, of_g, of_d))
    if weights.ndim != 1 or of_g.ndim != 2 or of_d.ndim != 2 or {len(p), len(of_g), len(of_d)} != {len(weights)}:
        raise ValueError(
            f"weights {weights.shape}, p {p.shape}, of_g {of_g.shape} and of_d {of_d.shape} don't fit: give (n,), "
            "(n,), (n, a) and (n, b)"
        )
    k_dg, k_dd = of_d.T @ (weights[:, None] * of_g), of_d.T @ ((weights * p)[:, None] * of_d)
    alone = np.zeros((of_g.shape[1], of_g.shape[1]))
    return np.block([[alone, slope * k_dg.T], [-slope * k_dg, 2 * bend * k_dd]])
