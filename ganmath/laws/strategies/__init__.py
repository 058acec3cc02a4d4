"""Where inputs are drawn from: public hypothesis strategies for distributions, usable in anyone's tests.

Each draws plain lists of floats, so that any implementation can take them. Weights are small integers before they are
divided by their sum: a counterexample shrinks to something like ``[0, 1]``. `solved_pairs`, `solved_gaussians` and
`solved_samples` draw a problem together with its exact answer. `STRATEGIES` has those that laws name, by their names.

>>> from hypothesis import given, settings
>>> from ganmath.divergence import js  # or your own
>>> from ganmath.laws.strategies import near_pairs
>>> @settings(deadline=None)
... @given(near_pairs())
... def test_symmetric(pair):
...     p, q = pair
...     assert js(p, q) == js(q, p)
>>> test_symmetric()
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ganmath.laws.strategies.channels import (
    kernels,
    mixtures_and_powers,
    mixtures_and_shares,
    pairs_and_cells,
    pairs_and_kernels,
    pairs_and_powers,
    pairs_and_scales,
    pairs_and_two_kernels,
    pairs_and_two_powers,
    pairs_and_two_shares,
    pairs_and_weights,
    pairs_kernels_and_powers,
    pmfs_and_kernels,
    positive_pairs_and_cells,
    positive_pairs_and_directions,
    ratios,
    ratios_and_scores,
    scores,
    several,
    several_and_kernels,
    single,
    triples_and_weights,
    two_pairs,
    two_pairs_and_powers,
    two_pairs_and_weights,
)
from ganmath.laws.strategies.distributions import (
    counts_and_probabilities,
    disjoint_pairs,
    extreme_logits_and_labels,
    logits_and_labels,
    near_pairs,
    near_triples,
    pairs,
    pairs_and_logits,
    pairs_and_orders,
    pairs_and_probabilities,
    pmfs,
    probabilities_and_labels,
    stress_pairs,
    triples,
)
from ganmath.laws.strategies.dynamics import points_and_steps, strengths, strengths_and_shares
from ganmath.laws.strategies.lessons import (
    critics_and_points,
    line_maps_and_samples,
    points_around_modes,
    sides_and_kernels,
)
from ganmath.laws.strategies.observations import (
    equal_sample_pairs,
    gaussian_pairs,
    gaussian_pairs_and_lines,
    gaussians,
    normals_and_bends,
    normals_and_lines,
    placed_masses,
    placed_masses_and_levels,
    placed_masses_and_lines,
    placed_masses_and_points,
    sample_pairs,
    sample_pairs_and_numbers,
    sample_pairs_and_orders,
    sample_triples,
    samples,
    samples_and_levels,
    weighted_sample_pairs,
)
from ganmath.laws.strategies.payoffs import (
    matrix_games,
    matrix_games_and_mixtures,
    matrix_games_and_numbers,
    matrix_games_and_orders,
    matrix_games_of_two_moves,
)
from ganmath.laws.strategies.points import (
    cloud_pairs,
    cloud_pairs_and_heights,
    cloud_pairs_and_moves,
    cloud_pairs_and_orders,
    cloud_pairs_and_regularizations,
    cloud_triples,
    commuting_covariances,
    covariance_pairs,
    covariance_triples,
    equal_cloud_pairs,
    mass_pairs_in_the_plane,
    sample_pairs_and_stretches,
    weighted_cloud_pairs,
)
from ganmath.laws.strategies.solved import solved_gaussians, solved_pairs, solved_samples

STRATEGIES: dict[str, st.SearchStrategy[tuple[Any, ...]]] = {
    strategy.__name__: strategy()
    for strategy in (
        pairs, triples, near_pairs, near_triples, stress_pairs, disjoint_pairs, single,
        pairs_and_orders, pairs_and_logits, pairs_and_probabilities, counts_and_probabilities,
        logits_and_labels, extreme_logits_and_labels, probabilities_and_labels,
        pmfs_and_kernels, pairs_and_kernels, pairs_and_two_kernels, pairs_and_cells, pairs_and_weights,
        pairs_and_two_shares, pairs_and_scales, triples_and_weights, two_pairs_and_weights, two_pairs,
        several, several_and_kernels,
        pairs_and_powers, pairs_and_two_powers, two_pairs_and_powers, pairs_kernels_and_powers, mixtures_and_powers,
        mixtures_and_shares, positive_pairs_and_cells, positive_pairs_and_directions, ratios, ratios_and_scores, scores,
        sample_pairs, sample_triples, equal_sample_pairs, sample_pairs_and_numbers, weighted_sample_pairs,
        sample_pairs_and_orders, placed_masses, placed_masses_and_levels, placed_masses_and_points,
        placed_masses_and_lines, samples_and_levels,
        gaussian_pairs, gaussian_pairs_and_lines, normals_and_lines, normals_and_bends,
        cloud_pairs, cloud_triples, equal_cloud_pairs, cloud_pairs_and_moves, cloud_pairs_and_orders,
        cloud_pairs_and_heights, cloud_pairs_and_regularizations, weighted_cloud_pairs, mass_pairs_in_the_plane,
        sample_pairs_and_stretches, covariance_pairs, covariance_triples, commuting_covariances,
        strengths, strengths_and_shares, points_and_steps,
        matrix_games, matrix_games_and_numbers, matrix_games_and_orders, matrix_games_and_mixtures,
        matrix_games_of_two_moves,
        line_maps_and_samples, critics_and_points, points_around_modes, sides_and_kernels,
    )
}  # fmt: skip


def inputs_of(names: tuple[str, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    """The inputs that a law is tried on: any of the strategies it names."""
    return st.one_of([STRATEGIES[name] for name in names])


__all__ = [
    "STRATEGIES", "disjoint_pairs", "gaussians", "inputs_of", "kernels", "near_pairs", "pmfs", "samples",
    "solved_gaussians", "solved_pairs", "solved_samples", "stress_pairs",
]  # fmt: skip
