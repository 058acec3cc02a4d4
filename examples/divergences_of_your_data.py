"""Compare two sets of numbers: `python examples/divergences_of_your_data.py mine.txt yours.txt`.

Each file holds numbers, separated by blanks or lines. Without files it compares two samples of its own.
"""

import argparse
from pathlib import Path

import numpy as np

from ganmath.divergence import Samples, hellinger, histogram, js, kl, total_variation, wasserstein


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="two files of numbers")
    parser.add_argument("--bins", type=int, default=30, help="bins of the histograms (30)")
    parser.add_argument("--quick", action="store_true", help="with small samples")
    given = parser.parse_args()
    if len(given.files) not in (0, 2):
        parser.error(f"{len(given.files)} files given; give two, or none")
    rng = np.random.default_rng(0)
    if given.files:
        x, y = (np.array(path.read_text("utf8").split(), dtype=float) for path in given.files)
    else:
        size = 200 if given.quick else 20_000
        x, y = rng.normal(0, 1, size), rng.normal(0.5, 1.2, size)

    # Observations have no density. The Wasserstein distance needs none; the others compare shares in bins.
    print(f"W1 of the samples, in their own units: {wasserstein(Samples(x), Samples(y)):.4f}")
    p, q = histogram(x, y, given.bins)
    # Two halves of one sample differ too: what is below that is noise.
    halves = histogram(*np.array_split(rng.permutation(x), 2), given.bins)
    print(f"\n{given.bins} bins             x and y   two halves of x")
    for name, divergence in (("JS", js), ("KL(x || y)", kl), ("TV", total_variation), ("Hellinger", hellinger)):
        print(f"{name:14} {divergence(p, q):12.4f} {divergence(*halves):17.4f}")
    print("\nKL is infinite where a bin has x and no y. All in nats, but TV and Hellinger, which have no unit.")


if __name__ == "__main__":
    main()
