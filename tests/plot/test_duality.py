"""The picture of f-GAN duality shows tangents that stay below f, and bounds that stay below KL."""

import math

import numpy as np
import pytest

from ganmath import plot
from ganmath.divergence import Gaussian, kl
from tests.plot.test_plot import P, X, lines


def test_tangents_lie_below_f_and_the_bounds_meet_kl_at_one() -> None:
    g = Gaussian(1, 1.2)
    above, below = plot.tangents(P, g, X, touching=(0.5, 2.0))
    u, f = lines(above)["$f$"]
    assert f == pytest.approx(u * np.log(u))
    drawn = [line for line in above.lines if str(line.get_label()).startswith("$t")]
    for line, ratio in zip(drawn, (0.5, 2.0), strict=True):
        (start, end), t = line.get_ydata(), math.log(ratio) + 1
        assert start == pytest.approx(-math.exp(t - 1))  # less the conjugate
        assert (start + (end - start) * u / u[-1] <= f + 1e-12).all()
        assert start + (end - start) * ratio / u[-1] == pytest.approx(ratio * math.log(ratio))
    (a, f_gan), (_, donsker_varadhan), (_, whole) = (lines(below)[name] for name in ("f-GAN", "Donsker-Varadhan", "KL"))
    assert set(whole) == {kl(P, g)}
    assert (f_gan <= donsker_varadhan + 1e-12).all()
    assert (donsker_varadhan <= kl(P, g) + 1e-9).all()
    for bound in (f_gan, donsker_varadhan):
        assert a[bound.argmax()] == pytest.approx(1)
        assert bound.max() == pytest.approx(kl(P, g), abs=1e-9)
        assert bound[a == 0] == pytest.approx([0], abs=1e-9)
