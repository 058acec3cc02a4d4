r"""From noise to data on the line: the inverse transform, and the density of what a map makes of a random number.

A generator is such a map T, and its distribution the push-forward of the noise: by change of variables
:math:`q(y) = \sum_{T(x) = y} p(x) / |T'(x)|`, a sum over the pieces on which T is monotone.
"""

from ganmath.transform.change_of_variables import push_forward
from ganmath.transform.inverse_transform import inverse_cdf, sample_by_inverse
from ganmath.transform.monotone_pieces import MonotonePieces
from ganmath.transform.piecewise_linear import PiecewiseLinear

__all__ = ["MonotonePieces", "PiecewiseLinear", "inverse_cdf", "push_forward", "sample_by_inverse"]
