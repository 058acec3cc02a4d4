// The first page's picture: a recorded generator goes down V(D*, G) by its exact gradient; its densities and numbers.

import { LAB_DATA } from "./mathematics/lab.js";
import { generatorDensity, mixtureLogDensity, tabulate, truthOf, truthSpace } from "./mathematics/truth.js";
import { written } from "./plot.js";

const DESCENT_POINTS = Array.from({ length: 221 }, (_, i) => i / 20 - 5);
const DESCENT_DATA = DESCENT_POINTS.map((x) => Math.exp(mixtureLogDensity(LAB_DATA, x)));
const DESCENT_LAST = 96;
const DESCENT_FLOOR = -Math.log(4);

/**
 * @typedef {{widths: number[], activation: string, steps: number[], values: number[], generators: number[][]}} Descent
 *   by ganmath.experiments.descent
 */

/** @type {import("./stage.js").View} */
export const descent = {
  name: "descent",
  controls: [{ kind: "range", key: "frame", label: "Frame", min: 0, max: DESCENT_LAST, step: 1, start: 12 }],
  numbers: {
    step: "step",
    bestValue: "V(D*) = 2 JS − log 4",
    js: "JS(p, g)",
    w1: "W₁(p, g)",
  },
  create(stage) {
    /** @type {Descent} */
    const { widths, activation, steps, values, generators } = JSON.parse(
      stage.root.querySelector("script")?.textContent ?? "",
    );
    const lines = stage.plot({
      label: "The densities p of the data and g of the generator, and the best discriminator D* for them.",
      x: [-5, 6], y: [0, 1.18], xLabel: "x", width: 360, height: 250,
    });
    const fall = stage.plot({
      label: "V(D*) over the frames: it falls towards minus log 4.",
      x: [0, DESCENT_LAST], y: [-1.5, -0.4], xLabel: "frame", width: 360, height: 250,
    });
    fall.line("floor", [0, DESCENT_LAST], [DESCENT_FLOOR, DESCENT_FLOOR], "ink thin dashed");
    fall.write("floor", 94, -1.46, "−log 4", "ink", "end");
    fall.line("values", values.map((_, frame) => frame), values, "d thin faint");
    fall.write("name", 94, -0.52, "V(D*)", "d", "end");
    lines.fill("p", DESCENT_POINTS, DESCENT_DATA);
    lines.line("p", DESCENT_POINTS, DESCENT_DATA);
    for (const [i, [look, name]] of [["p", "p: data"], ["g", "g: generator"], ["d", "D*"]].entries()) {
      lines.write(look, [-4.8, -2.4, 1.4][i], 1.06, name, look, "start");
    }
    const nobody = { widths: [1, 1, 1], activation, parameters: new Float64Array(4) }; // D* needs no D to be trained
    const space = truthSpace(nobody, { widths, activation, parameters: Float64Array.from(generators[0]) });
    stage.player("frame", 110, true);

    return ({ frame }) => {
      space.g.parameters.set(generators[frame]);
      const table = tabulate(space);
      const { bestValue, js, w1 } = truthOf(space, LAB_DATA, table);
      const g = generatorDensity(table, DESCENT_POINTS);
      lines.fill("g", DESCENT_POINTS, g);
      lines.line("g", DESCENT_POINTS, g);
      lines.line("d", DESCENT_POINTS, g.map((height, i) => 1 / (1 + height / DESCENT_DATA[i])), "d dashed");
      fall.line("fallen", values.slice(0, frame + 1).map((_, i) => i), values.slice(0, frame + 1), "d");
      fall.handle("now", frame, bestValue, (x) => stage.set({ frame: x }), "d");
      stage.show({ step: steps[frame], bestValue, js, w1 });
      stage.say(
        js > 0.1
          ? "Where D* is near 0 the generator is found out. It moves to where D* is high."
          : js > 0.02
            ? "g has found both hills. The flatter D*, the less is left to learn from it."
            : `D* is nearly 1/2 wherever there are data, and V(D*) is only ${written(
              Number((bestValue - DESCENT_FLOOR).toPrecision(2)))} above −log 4.`,
      );
    };
  },
};
