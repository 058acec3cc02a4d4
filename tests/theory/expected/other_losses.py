"""What the tests of the derivations expect of the family other_losses."""

from ganmath.theory.proofs import relativistic

WRONG_STEP = {  # where each false neighbour goes wrong first
    "lsgan": 1,
    "lsgan-labels": 1,
    "lsgan-frozen": 6,
    "hinge": 2,
    "hinge-gradient": 2,
    "ebgan": 1,
    "relativistic": 1,
}
SWAPPED = (
    (relativistic.P, relativistic.Q),
    (relativistic.p_x, relativistic.p_y),
    (relativistic.g_x, relativistic.g_y),
)
TRUE_ALL_THE_SAME = {  # what isn't a mistake: the changed derivation is true
    ("lsgan", "sign", 3): "what is at least p g is at least -p g",
    ("lsgan", "swap", 8): "(p - g)^2 is symmetric",
    ("lsgan", "swap", 9): "(p - g)^2 is symmetric",
    ("lsgan", "swap", 10): "p and g are equally far from their mixture",
    ("lsgan-labels", "swap", 2): "p and g are equally far from their mixture",
    ("lsgan-frozen", "swap", 0): "the density that moves is called p",
    ("lsgan-frozen", "swap", 5): "(p - g)^2 is symmetric",
    ("lsgan-frozen", "swap", 6): "the slope is -2 p g/(p + g)^2 and a constant: symmetric",
    ("lsgan-frozen", "swap", 7): "the slope is -2 p g/(p + g)^2 and a constant: symmetric",
    ("hinge", "swap", 4): "TV is symmetric",
    ("hinge", "swap", 5): "the sign turns round with p - g, and so does the loss",
    ("hinge", "swap", 7): "p and g have the same mass",
    ("hinge-gradient", "swap", 0): "the density that moves is called p",
    ("ebgan", "swap", 4): "TV is symmetric",
    ("ebgan", "swap", 5): "the sign turns round with p - g, and so does the loss",
    ("relativistic", "swap", 4): "JS is symmetric",
}
