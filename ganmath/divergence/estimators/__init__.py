"""Divergences of laws that are known by observations alone, each estimate with its interval."""

from ganmath.divergence.estimators.bins import histogram
from ganmath.divergence.estimators.estimating import estimate
from ganmath.divergence.estimators.result import Estimate

__all__ = ["Estimate", "estimate", "histogram"]
