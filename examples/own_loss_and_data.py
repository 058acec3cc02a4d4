"""A loss and a data set of your own, checked and trained: `python examples/own_loss_and_data.py --alpha 3`.

The alpha-loss a/(a - 1) (1 - D^(1 - 1/a)) of Kurri, Sypherd and Sankar (2021); its best D has a log(p/g) as log-odds.
"""

import argparse

import numpy as np
import torch
from torch.nn.functional import logsigmoid

from ganmath.divergence import Density
from ganmath.gan import DATA, LOSSES, Config, Diagnosis, Loss, check_data, check_loss, train


def alpha_loss(a: float) -> Loss:
    """The alpha-loss, of scores; a > 1, so that it's finite everywhere."""

    def price(score):
        return -a / (a - 1) * torch.expm1((1 - 1 / a) * logsigmoid(score)).mean(-1)

    return Loss(
        d=lambda real, fake: price(real) + price(-fake),
        g=lambda real, fake: price(fake),
        best=lambda ratio: a * ratio,
        g_sees_real=False,
    )


class Logistic:
    """Density e^-x / (1 + e^-x)^2, so that the distribution function is the sigmoid."""

    dim = 1
    density = Density(
        lambda x: -abs(x) - 2 * np.log1p(np.exp(-abs(x))),
        landmarks=[-40, -20, -8, -3, -1, 0, 1, 3, 8, 20, 40],
        cdf=lambda x: np.exp(-np.logaddexp(0, -x)),
        sf=lambda x: np.exp(-np.logaddexp(0, x)),
    )

    def sample(self, size, generator, dtype=torch.float32):
        pair = torch.empty(2, size, 1, dtype=dtype).exponential_(generator=generator)
        return pair[0].log() - pair[1].log()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alpha", type=float, default=2.0, help="of the loss, above 1 (2)")
    parser.add_argument("--quick", action="store_true", help="train for a few steps only")
    given = parser.parse_args()

    LOSSES["mine"], DATA["logistic"] = alpha_loss(given.alpha), Logistic()
    print(check_loss(LOSSES["mine"]), check_data(DATA["logistic"]), sep="\n")
    steps = 50 if given.quick else 1000
    *_, last = train(Config(loss="mine", data="logistic", steps=steps))
    print(f"after {steps} steps: JS {Diagnosis(last).js:.4f}")


if __name__ == "__main__":
    main()
