"""D* on a grid, and what another answer would lose: `python examples/optimal_discriminator_on_a_grid.py`."""

import argparse
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

from ganmath import plot
from ganmath.divergence import js
from ganmath.game import optimal_discriminator, value, value_gap


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--picture", type=Path, default=Path("optimal_discriminator.svg"), help="where to draw it")
    parser.add_argument("--quick", action="store_true", help="on a coarse grid")
    given = parser.parse_args()

    p, g = stats.norm(0, 1), stats.norm(1.3, 1)  # any frozen distribution, Density or Gaussian
    best = optimal_discriminator(p, g)
    grid = np.linspace(-4, 5, 10 if given.quick else 19)
    print("    x      p(x)      g(x)     D*(x)")
    for x, d in zip(grid, best(grid), strict=True):
        print(f"{x:5.1f} {p.pdf(x):9.5f} {g.pdf(x):9.5f} {d:9.5f}")

    def hesitant(x: np.ndarray) -> np.ndarray:
        """Halfway between D* and a shrug."""
        return (best(x) + 0.5) / 2

    print(f"\nV(D*) = {value(best, p, g):.6f} = -log 4 + 2 JS = {-np.log(4) + 2 * js(p, g):.6f}")
    print(f"a hesitant discriminator loses {value_gap(hesitant, p, g):.6f} of it")

    plot.value_curve(p, g, at=0.2, x=np.linspace(-4, 5, 400))
    plt.savefig(given.picture)
    print(f"drawn: {given.picture.resolve()}")


if __name__ == "__main__":
    main()
