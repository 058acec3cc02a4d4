"""What the tests of the derivations expect of the family dynamics."""

from ganmath.theory.proofs.dirac import gamma, h, psi, theta

WRONG_STEP = {  # where each false neighbour goes wrong first
    "dirac-gan": 7,
    "dirac-non-saturating": 5,
    "dirac-wgan": 7,
    "dirac-wgan-gp": 4,
    "step-size": 2,
    "dirac-r1": 12,
    "dirac-r1-r2": 0,
    "instance-noise": 4,
    "consensus": 1,
    "alternating": 3,
    "optimistic": 9,
    "implicit": 3,
    "extragradient": 4,
    "gan-jacobian": 4,
    "linear-quadratic": 0,
}
SWAPPED = ((theta, psi), (gamma, h))
CONJUGATES = "minus a conjugate pair without real parts is the same pair"
ABOVE = "what is above a bound is above a lower one"
BELOW = "what is below 1 is below 2"
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("dirac-gan", "sign", 5): CONJUGATES,
    ("dirac-gan", "sign", 13): ABOVE,
    ("dirac-non-saturating", "sign", 5): CONJUGATES,
    ("dirac-non-saturating", "sign", 13): ABOVE,
    ("dirac-wgan", "sign", 5): CONJUGATES,
    ("dirac-wgan", "sign", 13): ABOVE,
    ("step-size", "sign", 0): "-z and the conjugate of z have the modulus of z",
    ("step-size", "factor 2", 3): BELOW,
    ("step-size", "sign", 5): ABOVE,
    ("step-size", "sign", 8): ABOVE,
    ("consensus", "factor 2", 12): BELOW,
    ("consensus", "sign", 14): ABOVE,
    ("alternating", "sign", 11): ABOVE,
    ("alternating", "sign", 16): ABOVE,
    ("implicit", "factor 2", 8): BELOW,
    ("extragradient", "factor 2", 10): BELOW,
    ("extragradient", "sign", 12): ABOVE,
    ("extragradient", "sign", 13): ABOVE,
}
