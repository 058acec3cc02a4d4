"""Closed forms of two Gaussians."""

from ganmath.theory.proofs import gaussian_plane, gaussians
from ganmath.theory.theorem import Theorem

OF_TWO = r", \quad p = N(m, s^2),\ g = N(n, t^2)"

THEOREMS = (
    Theorem(
        key="gaussian-kl",
        title="KL of two Gaussians",
        statement=r"\mathrm{KL}(p \,\|\, g) = \log \frac{t}{s} + \frac{s^2 + (m - n)^2}{2 t^2} - \frac12" + OF_TWO,
        source="Kullback (1959)",
        page="bounds",
        derivation=gaussians.gaussian_kl,
        false_neighbour=gaussians.with_the_variances_exchanged,
        laws=("kl-gaussians", "kl-affine"),
        certificate="gaussian-kl",
    ),
    Theorem(
        key="gaussian-kl-plane",
        title="KL of two Gaussians in the plane",
        statement=r"\mathrm{KL}(p \,\|\, g) = \frac12 \left(\mathrm{tr}(T^{-1} S) - 2 + \delta^\top T^{-1} \delta "
        r"+ \log \frac{\det T}{\det S}\right), \quad p = N(\mu, S),\ g = N(\mu + \delta, T)",
        source="Kullback (1959)",
        page="bounds",
        derivation=gaussian_plane.gaussian_kl_plane,
        false_neighbour=gaussian_plane.without_the_dimension,
    ),
    Theorem(
        key="gaussian-bc",
        title="The Bhattacharyya coefficient of two Gaussians",
        statement=r"\mathrm{BC}(p, g) = \sqrt{\frac{2 s t}{s^2 + t^2}}\, e^{-(m - n)^2 / 4 (s^2 + t^2)}" + OF_TWO,
        source="Nielsen & Boltz (2011)",
        page="bounds",
        derivation=gaussians.gaussian_bc,
        false_neighbour=gaussians.with_half_the_exponent,
        laws=("bhattacharyya-gaussians", "squared-hellinger-gaussians"),
        certificate="gaussian-bc",
    ),
    Theorem(
        key="gaussian-chi2",
        title="Chi-squared of two Gaussians",
        statement=r"1 + \chi^2(p \,\|\, g) = \frac{t^2}{s k}\, e^{(m - n)^2 / k^2}, "
        r"\quad k^2 = 2 t^2 - s^2 > 0" + OF_TWO,
        source="Nielsen & Nock (2014)",
        page="bounds",
        derivation=gaussians.gaussian_chi2,
        false_neighbour=gaussians.with_equal_variances,
        laws=("chi2-gaussians",),
        certificate="gaussian-chi2",
    ),
    Theorem(
        key="gaussian-tv",
        title="Total variation of two Gaussians of one variance",
        statement=r"\mathrm{TV}(p, g) = \operatorname{erf} \frac{|m - n|}{2 \sqrt2\, s}, "
        r"\quad p = N(m, s^2),\ g = N(n, s^2)",
        source="Fukunaga (1990), the Bayes error of two Gaussians of one variance",
        page="bounds",
        derivation=gaussians.gaussian_tv,
        false_neighbour=gaussians.with_the_whole_way,
        laws=("total-variation-gaussians",),
        certificate="gaussian-tv",
    ),
)
