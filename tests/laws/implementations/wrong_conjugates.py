"""Conjugates f*(t) = sup_u (u t - f(u)) as they go wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.implementations.mutant import Mutants

WRONG_KL = Mutants("kl_conjugate")  # exp(t - 1), of u log u
WRONG_JS = Mutants("js_conjugate")  # -log(2 - exp(2 t))/2, where JS has its 1/2
WRONG_OTHERS = {
    name: Mutants(f"{name}_conjugate")
    for name in ("reverse_kl", "squared_hellinger", "total_variation", "chi2", "neyman_chi2", "jeffreys")
}


@WRONG_KL.add("wrong base", at=(), says="")
def kl_base_two(t):
    return 2 ** (t - 1)


@WRONG_KL.add("factor 2", at=(), says="")
def kl_doubled(t):
    return 2 * math.exp(t - 1)


@WRONG_KL.add("factor 2", at=(), says="")
def kl_halved(t):
    return np.exp(t - 1) / 2


@WRONG_KL.add("root", at=(), says="")
def kl_rooted(t):
    return math.sqrt(math.exp(t - 1))


@WRONG_KL.add("swapped arguments", at=(), says="")
def kl_of_the_reverse(t):
    return -1 - math.log(-t) if t < 0 else math.inf


@WRONG_KL.add("swapped arguments", at=(), says="")
def kl_itself(t):
    return t * math.log(t) if t > 0 else 0.0


@WRONG_KL.add("dropped normalisation", at=(), says="")
def kl_one_left_out(t):
    return math.exp(t)


@WRONG_KL.add("dropped normalisation", at=(), says="")
def kl_of_another_f(t):
    """That of u log u - u + 1."""
    return math.exp(t) - 1


@WRONG_KL.add("dropped normalisation", at=(), says="")
def kl_wrong_shift(t):
    return math.exp(t + 1)


@WRONG_KL.add("missing abs", at=(), says="")
def kl_wrong_sign(t):
    return -math.exp(t - 1)


@WRONG_KL.add("missing abs", at=(), says="")
def kl_sign_of_t(t):
    return math.exp(-t - 1)


@WRONG_KL.add("NaN at 0", at=(), says="")
def kl_undefined_at_zero(t):
    return math.exp(t - 1) * t / t


def kl_negative_t_clipped(t):
    return math.exp(max(t, 0) - 1)


@WRONG_KL.add("wrong axis", at=(), says="")
def kl_as_a_pair(t):
    return np.array([t, math.exp(t - 1)])


@WRONG_KL.add("rounding", at=(), says="")
def kl_three_digits(t):
    return round(math.exp(t - 1), 3)


@WRONG_KL.add("rounding", at=(), says="")
def kl_taylor(t):
    return sum((t - 1) ** k / math.factorial(k) for k in range(8))


@WRONG_KL.add("capped value", at=(), says="")
def kl_at_most_one(t):
    return min(math.exp(t - 1), 1.0)


@WRONG_JS.add("wrong base", at=(), says="")
def js_base_two(t):
    return -math.log2(2 - math.exp(2 * t)) / 2


@WRONG_JS.add("factor 2", at=(), says="")
def js_of_the_paper(t):
    """That of an f twice as large, as the f-GAN paper has it."""
    return -math.log(2 - math.exp(t)) if math.exp(t) < 2 else math.inf


@WRONG_JS.add("factor 2", at=(), says="")
def js_half_left_out(t):
    return -math.log(2 - math.exp(2 * t))


@WRONG_JS.add("factor 2", at=(), says="")
def js_two_left_out(t):
    return -math.log(2 - math.exp(t)) / 2 if math.exp(t) < 2 else math.inf


@WRONG_JS.add("missing abs", at=(), says="")
def js_wrong_sign(t):
    return math.log(2 - math.exp(2 * t)) / 2


@WRONG_JS.add("dropped normalisation", at=(), says="")
def js_log_two_left_out(t):
    """-log(1 - e^t): that of the GAN's own game, without log 2."""
    return -np.log(1 - np.exp(2 * t)) / 2


@WRONG_JS.add("rounding", at=(), says="")
def js_two_digits(t):
    return round(-math.log(2 - math.exp(2 * t)) / 2, 2)


@WRONG_JS.add("capped value", at=(), says="")
def js_at_most(t):
    return min(-math.log(2 - math.exp(2 * t)) / 2, 0.1)


@WRONG_JS.add("smoothing", at=(), says="")
def js_epsilon(t):
    return -math.log(2 - math.exp(2 * t) + 1e-6) / 2


@WRONG_OTHERS["reverse_kl"].add("missing abs", at=(), says="")
def reverse_kl_sign_of_t(t):
    return -1 - np.log(t)


@WRONG_OTHERS["reverse_kl"].add("dropped normalisation", at=(), says="")
def reverse_kl_one_left_out(t):
    return -math.log(-t)


@WRONG_OTHERS["reverse_kl"].add("swapped arguments", at=(), says="")
def reverse_kl_of_the_other(t):
    return math.exp(t - 1)


@WRONG_OTHERS["squared_hellinger"].add("factor 2", at=(), says="")
def squared_hellinger_of_the_paper(t):
    return t / (1 - t) if t < 1 else math.inf


@WRONG_OTHERS["squared_hellinger"].add("missing abs", at=(), says="")
def squared_hellinger_sign(t):
    return t / (1 + 2 * t) if t != -0.5 else math.inf


@WRONG_OTHERS["total_variation"].add("missing abs", at=(), says="")
def total_variation_absolute(t):
    return abs(t)


@WRONG_OTHERS["chi2"].add("clipped zeros", at=(), says="")
def chi2_of_every_u(t):
    """The sup over u < 0 too."""
    return t + t * t / 4


@WRONG_OTHERS["chi2"].add("factor 2", at=(), says="")
def chi2_half_for_quarter(t):
    return t + t * t / 2 if t >= -2 else -1.0


@WRONG_OTHERS["chi2"].add("dropped normalisation", at=(), says="")
def chi2_without_shift(t):
    return t * t / 4


@WRONG_OTHERS["neyman_chi2"].add("factor 2", at=(), says="")
def neyman_chi2_factor(t):
    return 1 - math.sqrt(1 - t)


@WRONG_OTHERS["neyman_chi2"].add("root", at=(), says="")
def neyman_chi2_root_left_out(t):
    return 2 - 2 * (1 - t)


@WRONG_OTHERS["jeffreys"].add("swapped arguments", at=(), says="")
def jeffreys_of_kl(t):
    return math.exp(t - 1)


WRONG = [*WRONG_KL, *WRONG_JS, *(one for family in WRONG_OTHERS.values() for one in family)]
