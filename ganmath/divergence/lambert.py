"""Lambert's W of an exponential, over every namespace that a convex function is read by."""

from __future__ import annotations

from typing import Any

import numpy as np


def wright_omega(z: Any, xp: Any) -> Any:
    """The w > 0 with w + log w = z, which is Lambert's W(e^z) without the overflow of e^z."""
    if xp is np:
        from scipy.special import wrightomega

        return wrightomega(z)
    if hasattr(xp, "LambertW"):  # sympy
        return xp.LambertW(xp.exp(z))
    if hasattr(xp, "lambertw"):  # mpmath, and Arb's balls
        return xp.lambertw(xp.exp(z))
    # Halley's iteration for x + e^x = z with x = log w: from log z above 1 and z below, eight steps are enough.
    x = xp.where(z > 1, xp.log(xp.where(z > 1, z, 1.0)), z)
    for _ in range(8):
        e = xp.exp(x)
        f = x + e - z
        x = x - 2 * f * (1 + e) / (2 * (1 + e) ** 2 - f * e)
    return xp.exp(x)
