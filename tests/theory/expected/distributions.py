"""What the tests of the derivations expect of the family distributions."""

from ganmath.theory.proofs import inverse_transform, push_forward

WRONG_STEP = {  # where each false neighbour goes wrong first
    "inverse-transform": 1,
    "push-forward": 4,
}
SWAPPED_FUNCTIONS = (
    (inverse_transform.F, inverse_transform.F_inverse),
    (push_forward.T_up, push_forward.S_up),
    (push_forward.T_down, push_forward.S_down),
    (push_forward.T, push_forward.F),
    (push_forward.T_up.slope, push_forward.S_up.slope),
    (push_forward.T_down.slope, push_forward.S_down.slope),
)
