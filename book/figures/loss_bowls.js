// Chapter 3's picture: what an answer d is charged for either label, and the mean where the label is 1 with a share eta.

import { value } from "./mathematics/divergences.js";
import { written } from "./plot.js";

const ANSWERS = Array.from({ length: 401 }, (_, i) => i / 400);

/**
 * The mean of -log d where the label is 1, and of -log(1 - d) where it is 0.
 * @param {number} d
 * @param {number} eta
 */
const meanLoss = (d, eta) => -value([d], [eta], [1 - eta]);

/** @type {import("./stage.js").View} */
export const lossBowls = {
  name: "loss-bowls",
  controls: [
    { kind: "range", key: "d", label: "Answer d", min: 0.005, max: 0.995, step: 0.005, start: 0.5 },
    { kind: "range", key: "eta", label: "Share η of the label 1", min: 0, max: 1, step: 0.01, start: 0.7 },
  ],
  numbers: {
    one: "loss if y = 1",
    zero: "loss if y = 0",
    mean: "mean loss",
    least: "least: the entropy h(η)",
    excess: "excess: KL of the coins",
  },
  create(stage) {
    const plot = stage.plot({
      label: "The losses of both labels and their mean, over the answer d from 0 to 1.",
      x: [0, 1], y: [0, 3], xLabel: "answer d", yLabel: "loss", width: 360, height: 260,
    });
    plot.line("one", ANSWERS, ANSWERS.map((d) => meanLoss(d, 1)), "p thin");
    plot.line("zero", ANSWERS, ANSWERS.map((d) => meanLoss(d, 0)), "g thin");
    plot.write("one", 0.12, 2.5, "y = 1", "p", "start");
    plot.write("zero", 0.88, 2.5, "y = 0", "g", "end");
    return ({ d, eta }) => {
      plot.line("mean", ANSWERS, ANSWERS.map((other) => meanLoss(other, eta)), "m");
      const mean = meanLoss(d, eta);
      const least = meanLoss(eta, eta);
      plot.dots("least", [eta], [least], 5, "d");
      plot.line("excess", [d, d], [least, mean], "ink thin dashed");
      plot.handle("answer", d, mean, (x) => stage.set({ d: x }), "m");
      const excess = mean - least;
      stage.show({ one: meanLoss(d, 1), zero: meanLoss(d, 0), mean, least, excess });
      stage.say(
        Math.abs(d - eta) < 1e-9
          ? `At d = η = ${written(eta)} the mean loss is least, and it isn't 0: it is the entropy, ${written(least)}.`
          : `The bowl is lowest at d = η = ${written(eta)}. The answer ${written(d)} costs ${written(excess)} more.`,
      );
    };
  },
};
