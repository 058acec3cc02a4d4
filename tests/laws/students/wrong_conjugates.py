"""Conjugates f*(t) = sup_u (u t - f(u)) as they go wrong."""

from __future__ import annotations

import math

import numpy as np

from tests.laws.students.mutant import Mutants

WRONG_KL = Mutants("kl_conjugate")  # exp(t - 1), of u log u
WRONG_JS = Mutants("js_conjugate")  # -log(2 - exp(2 t))/2, where JS has its 1/2
WRONG_OTHERS = {
    name: Mutants(f"{name}_conjugate")
    for name in ("reverse_kl", "squared_hellinger", "total_variation", "chi2", "neyman_chi2", "jeffreys")
}


@WRONG_KL.add("wrong base", at=(0.0,), says="not the right value")
def kl_base_two(t):
    return 2 ** (t - 1)


@WRONG_KL.add("factor 2", at=(0.0,), says="twice the right value: is a 1/2 missing?")
def kl_doubled(t):
    return 2 * math.exp(t - 1)


@WRONG_KL.add("factor 2", at=(0.0,), says="half of the right value: is a 1/2 too many?")
def kl_halved(t):
    return np.exp(t - 1) / 2


@WRONG_KL.add("root", at=(0.0,), says="the square root of the right value: a root too many?")
def kl_rooted(t):
    return math.sqrt(math.exp(t - 1))


@WRONG_KL.add("swapped arguments", at=(0.0,), says="not the right value")
def kl_of_the_reverse(t):
    return -1 - math.log(-t) if t < 0 else math.inf


@WRONG_KL.add("swapped arguments", at=(0.0,), says="this is f, not its conjugate f*")
def kl_itself(t):
    return t * math.log(t) if t > 0 else 0.0


@WRONG_KL.add("dropped normalisation", at=(0.0,), says="the right value at t + 1: is a -1 missing?")
def kl_one_left_out(t):
    return math.exp(t)


@WRONG_KL.add("dropped normalisation", at=(0.0,), says="not the right value")
def kl_of_another_f(t):
    """That of u log u - u + 1."""
    return math.exp(t) - 1


@WRONG_KL.add("dropped normalisation", at=(0.0,), says="too large")
def kl_wrong_shift(t):
    return math.exp(t + 1)


@WRONG_KL.add("missing abs", at=(0.0,), says="this is -f*(t): the sign is wrong")
def kl_wrong_sign(t):
    return -math.exp(t - 1)


@WRONG_KL.add("missing abs", at=(0.25,), says="not the right value")
def kl_sign_of_t(t):
    return math.exp(-t - 1)


@WRONG_KL.add("NaN at 0", at=(0.0,), says="raises ZeroDivisionError: float division by zero")
def kl_undefined_at_zero(t):
    return math.exp(t - 1) * t / t


def kl_negative_t_clipped(t):
    return math.exp(max(t, 0) - 1)


@WRONG_KL.add("wrong axis", at=(0.0,), says="returns an array of shape (2,), not a number")
def kl_as_a_pair(t):
    return np.array([t, math.exp(t - 1)])


@WRONG_KL.add("rounding", at=(0.0,), says="the right value rounded to 3 decimal places")
def kl_three_digits(t):
    return round(math.exp(t - 1), 3)


@WRONG_KL.add("rounding", at=(0.0,), says="too small")
def kl_taylor(t):
    return sum((t - 1) ** k / math.factorial(k) for k in range(8))


@WRONG_KL.add("capped value", at=(1.25,), says="never above 1: is the value capped?")
def kl_at_most_one(t):
    return min(math.exp(t - 1), 1.0)


@WRONG_JS.add("wrong base", at=(0.05860388034055084,), says="the right value in bits")
def js_base_two(t):
    return -math.log2(2 - math.exp(2 * t)) / 2


@WRONG_JS.add("factor 2", at=(0.05860388034055084,), says="that is for f scaled by 2, as the f-GAN paper has some")
def js_of_the_paper(t):
    """That of an f twice as large, as the f-GAN paper has it."""
    return -math.log(2 - math.exp(t)) if math.exp(t) < 2 else math.inf


@WRONG_JS.add("factor 2", at=(0.05860388034055084,), says="twice the right value: is a 1/2 missing?")
def js_half_left_out(t):
    return -math.log(2 - math.exp(2 * t))


@WRONG_JS.add("factor 2", at=(0.05860388034055084,), says="not the right value")
def js_two_left_out(t):
    return -math.log(2 - math.exp(t)) / 2 if math.exp(t) < 2 else math.inf


@WRONG_JS.add("missing abs", at=(0.05860388034055084,), says="this is -f*(t): the sign is wrong")
def js_wrong_sign(t):
    return math.log(2 - math.exp(2 * t)) / 2


@WRONG_JS.add("dropped normalisation", at=(-0.0,), says="too large")
def js_log_two_left_out(t):
    """-log(1 - e^t): that of the GAN's own game, without log 2."""
    return -np.log(1 - np.exp(2 * t)) / 2


@WRONG_JS.add("rounding", at=(0.05860388034055084,), says="the right value rounded to 2 decimal places")
def js_two_digits(t):
    return round(-math.log(2 - math.exp(2 * t)) / 2, 2)


@WRONG_JS.add("capped value", at=(0.10953509818991931,), says="never above 0.1: is the value capped?")
def js_at_most(t):
    return min(-math.log(2 - math.exp(2 * t)) / 2, 0.1)


@WRONG_JS.add("smoothing", at=(-0.0,), says="too small")
def js_epsilon(t):
    return -math.log(2 - math.exp(2 * t) + 1e-6) / 2


@WRONG_OTHERS["reverse_kl"].add("missing abs", at=(-1.0,), says="NaN")
def reverse_kl_sign_of_t(t):
    return -1 - np.log(t)


@WRONG_OTHERS["reverse_kl"].add("dropped normalisation", at=(-1.0,), says="too large")
def reverse_kl_one_left_out(t):
    return -math.log(-t)


@WRONG_OTHERS["reverse_kl"].add("swapped arguments", at=(-1.0,), says="this is kl_conjugate")
def reverse_kl_of_the_other(t):
    return math.exp(t - 1)


@WRONG_OTHERS["squared_hellinger"].add("factor 2", at=(0.11059960846429756,), says="that is for f scaled by 2, as the")
def squared_hellinger_of_the_paper(t):
    return t / (1 - t) if t < 1 else math.inf


@WRONG_OTHERS["squared_hellinger"].add("missing abs", at=(0.11059960846429756,), says="not the right value")
def squared_hellinger_sign(t):
    return t / (1 + 2 * t) if t != -0.5 else math.inf


@WRONG_OTHERS["total_variation"].add("missing abs", at=(-0.12245933120185457,), says="the absolute value of the right")
def total_variation_absolute(t):
    return abs(t)


@WRONG_OTHERS["chi2"].add("clipped zeros", at=(-2.25,), says="too large")
def chi2_of_every_u(t):
    """The sup over u < 0 too."""
    return t + t * t / 4


@WRONG_OTHERS["chi2"].add("factor 2", at=(0.25,), says="too large")
def chi2_half_for_quarter(t):
    return t + t * t / 2 if t >= -2 else -1.0


@WRONG_OTHERS["chi2"].add("dropped normalisation", at=(0.25,), says="not the right value")
def chi2_without_shift(t):
    return t * t / 4


@WRONG_OTHERS["neyman_chi2"].add("factor 2", at=(0.22119921692859512,), says="half of the right value")
def neyman_chi2_factor(t):
    return 1 - math.sqrt(1 - t)


@WRONG_OTHERS["neyman_chi2"].add("root", at=(0.22119921692859512,), says="not the right value")
def neyman_chi2_root_left_out(t):
    return 2 - 2 * (1 - t)


@WRONG_OTHERS["jeffreys"].add("swapped arguments", at=(0.0,), says="this is kl_conjugate")
def jeffreys_of_kl(t):
    return math.exp(t - 1)


WRONG = [*WRONG_KL, *WRONG_JS, *(one for family in WRONG_OTHERS.values() for one in family)]
