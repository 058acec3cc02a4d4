"""Train GANs on the line beside the truth, and draw the first: `python examples/train_a_gan.py --seeds 0 1 2`."""

import argparse
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch

from ganmath import plot
from ganmath.gan import DATA, LOSSES, Config, Diagnosis, progress, train


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    on_the_line = sorted(name for name, data in DATA.items() if data.dim == 1)
    parser.add_argument("--data", choices=on_the_line, default="mixture")
    parser.add_argument("--loss", choices=sorted(LOSSES), default="non_saturating")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="one GAN each, all trained at once")
    parser.add_argument("--folder", type=Path, default=Path(), help="where to put the pictures")
    parser.add_argument("--quick", action="store_true", help="too few steps to learn anything")
    given = parser.parse_args()
    torch.set_num_threads(1)  # networks as small as these lose time on more

    config = Config(
        data=given.data,
        loss=given.loss,
        penalty="gradient_penalty" if given.loss == "wasserstein" else "r1",
        seeds=tuple(given.seeds),
        generator_activation="leaky_relu",  # never flat: so it always has a density
        steps=20 if given.quick else 2000,
        every=10 if given.quick else 100,
    )
    snapshots = list(progress(train(config), config.steps))
    run = [Diagnosis(snapshot) for snapshot in snapshots]

    for member, seed in enumerate(config.seeds):
        truth = Diagnosis(snapshots[-1], member)
        losses = f"{truth.d_loss:.3f} and {truth.g_loss:.3f}"
        print(f"seed {seed}: exact JS {truth.js:.4f}, exact W1 {truth.w1:.4f}; the losses say {losses}")

    x = np.linspace(-5, 5, 601)
    given.folder.mkdir(parents=True, exist_ok=True)
    plot.stages([run[0], run[len(run) // 2], run[-1]], x)
    plt.savefig(given.folder / "stages.svg")
    plot.loss_and_distance([truth.row() for truth in run])
    plt.savefig(given.folder / "loss_and_distance.svg")
    (given.folder / "run.svg").write_text(plot.animated_svg(plot.animation(run, x)), "utf8")
    print(f"drawn: stages.svg, loss_and_distance.svg and run.svg, a film for a browser, in {given.folder.resolve()}")


if __name__ == "__main__":
    main()
