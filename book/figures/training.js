// Figure 4: a GAN on the line that trains in the page, in a Worker, with the truth beside what training sees.

import { LAB_KEPT, lab, labRewind, labStep, labTruth } from "./mathematics/lab.js";
import { written } from "./plot.js";
import { standsStill } from "./stage.js";

const MOST_STEPS = 2000;
const VALUES = [-1.65, 0.05];
const DISTANCES = [0, 1.6];
const LAB_POINTS = Array.from({ length: 301 }, (_, i) => i / 30 - 5);

/**
 * @typedef {{id: number, settings: import("./mathematics/lab.js").LabSettings, steps: number, still: boolean}} Order
 * @typedef {{id: number, done: boolean, truth: import("./mathematics/lab.js").LabTruth, rows: number[][],
 *   speed: number}} Answer rows of step, minus D's loss on its batch, V(D), V(D*), JS, W1; steps a second, truth apart
 */

/** What the Worker does: it trains as far as it was last told, and tells of every LAB_KEPT-th step. */
function serveTraining() {
  let key = "";
  let idle = true;
  let [spent, taken, speed] = [0, 0, NaN]; // milliseconds and steps of this order, truth apart
  /** @type {import("./mathematics/lab.js").Lab} */
  let run;
  /** @type {number[][]} */
  let rows;
  /** @type {Order} */
  let order;

  function work() {
    const { id, settings, steps, still } = order;
    if (key !== JSON.stringify(settings)) {
      [key, run, rows] = [JSON.stringify(settings), lab(settings), []];
    } else if (steps < run.step) labRewind(run, steps);
    const begun = performance.now();
    const from = run.step;
    const isKnown = run.step % LAB_KEPT !== 0 || rows[run.step / LAB_KEPT] !== undefined;
    const till = isKnown ? Math.min(steps, LAB_KEPT * (Math.floor(run.step / LAB_KEPT) + 1)) : run.step;
    while (run.step < till) labStep(run);
    spent += performance.now() - begun;
    taken += run.step - from;
    if (taken) speed = (1000 * taken) / spent;
    const done = run.step === steps;
    const place = run.step / LAB_KEPT;
    if (!still || done || !rows[place]) {
      const truth = labTruth(run, LAB_POINTS);
      const { js, w1, value, bestValue } = truth;
      if (Number.isInteger(place)) rows[place] ??= [run.step, -run.game.dLoss, value, bestValue, js, w1];
      if (!still || done) postMessage({ id, done, truth, rows: rows.slice(0, place + 1), speed });
    }
    idle = done;
    if (!done) setTimeout(work);
  }

  globalThis.onmessage = ({ data }) => {
    order = data;
    spent = taken = 0;
    if (!idle) return;
    idle = false;
    work();
  };
}

/** @type {import("./stage.js").View} */
export const training = {
  name: "training",
  serve: serveTraining,
  controls: [
    { kind: "range", key: "steps", label: "Steps", min: 0, max: MOST_STEPS, step: 1, start: 400 },
    {
      kind: "choice", key: "loss", label: "G's loss", start: "nonSaturating",
      options: { nonSaturating: "non-saturating", minimax: "minimax" },
    },
    { kind: "range", key: "rate", label: "Learning rate, thousandths", min: 0.5, max: 20, step: 0.5, start: 5 },
    { kind: "range", key: "r1", label: "R1's weight γ", min: 0, max: 2, step: 0.1, start: 0 },
    { kind: "range", key: "label", label: "Label of real points", min: 0.5, max: 1, step: 0.05, start: 1 },
    { kind: "range", key: "seed", label: "Seed", min: 1, max: 20, step: 1, start: 3 },
    { kind: "toggle", key: "detach", label: "detach: D's loss doesn't reach G", start: true },
  ],
  numbers: {
    step: "step",
    value: "V(D)",
    bestValue: "V(D*)",
    js: "JS(p, g)",
    w1: "W₁(p, g)",
    speed: "steps a second",
  },
  create(stage) {
    const lines = stage.plot({
      label: "The densities p and g, the trained D and the optimal D*, between 0 and 1.",
      x: [-5, 5], y: [0, 1.2], xLabel: "x", // room for the names above D* = 1
    });
    const values = stage.plot({
      label: "V(D) and V(D*) over the steps; dotted, minus log 4.",
      x: [0, 1], y: VALUES, xLabel: "step",
    });
    const distances = stage.plot({
      label: "JS and W1 of p and g over the steps.", x: [0, 1], y: DISTANCES, xLabel: "step",
    });
    stage.plots.append(stage.numbers);
    for (const [i, look] of ["p", "g", "ink", "d"].entries()) {
      lines.write(look, 0.9 * i - 4.7, 1.09, ["p", "g", "D", "D*"][i], look);
    }
    const text = URL.createObjectURL(new Blob([`"use strict";(${/** @type {any} */ (globalThis).ganmathFigures})()`]));
    const worker = new Worker(text);
    /** @type {Order} */
    let order = { id: 0, settings: /** @type {any} */ (null), steps: -1, still: standsStill() };
    let at = 0;

    worker.onmessage = ({ data }) => {
      const { id, done, truth, rows, speed } = /** @type {Answer} */ (data);
      at = truth.step;
      const columns = [0, 1, 2, 3, 4, 5].map((i) => rows.map((row) => row[i]));
      for (const name of /** @type {const} */ (["p", "g"])) {
        lines.fill(name, LAB_POINTS, truth[name]);
        lines.line(name, LAB_POINTS, truth[name]);
      }
      lines.line("best", LAB_POINTS, truth.best, "d dashed");
      lines.line("trained", LAB_POINTS, truth.d, "ink");
      const end = Math.max(100, order.steps);
      values.range([0, end], VALUES);
      distances.range([0, end], DISTANCES);
      values.line("floor", [0, end], [-Math.log(4), -Math.log(4)], "quiet thin dashed");
      values.line("batch", columns[0], columns[1], "quiet thin faint");
      values.line("best", columns[0], columns[3], "d");
      values.line("trained", columns[0], columns[2], "ink");
      values.write("best", 0.98 * end, -0.2, "V(D*)", "d", "end");
      values.write("trained", 0.78 * end, -0.2, "V(D)", "ink", "end");
      values.write("floor", 0.98 * end, -1.56, "−log 4", "quiet", "end");
      distances.line("w1", columns[0], columns[5], "g");
      distances.line("js", columns[0], columns[4], "m");
      distances.write("js", 0.98 * end, 1.45, "JS", "m", "end");
      distances.write("w1", 0.86 * end, 1.45, "W₁", "g", "end");
      const { step, value, bestValue, js, w1 } = truth;
      stage.show({ step, value, bestValue, js, w1, speed });
      run.textContent = done ? "Run" : "Pause";
      if (id !== order.id) return;
      if (!done) return stage.say("Both are learning."); // what was said before is of other numbers
      stage.root.removeAttribute("aria-busy");
      stage.say(labVerdict(truth, order.settings.label));
    };
    stage.button("1 step", () => stage.set({ steps: at + 1 }));
    stage.button("100 steps", () => stage.set({ steps: at + 100 }));
    const run = stage.button("Run", () => stage.set({ steps: at < order.steps ? at : MOST_STEPS }));
    stage.button("From the start", () => stage.set({ steps: 0 }));

    return ({ steps, rate, ...chosen }) => {
      const settings = /** @type {any} */ ({ ...chosen, rate: rate / 1000 });
      if (steps === order.steps && JSON.stringify(settings) === JSON.stringify(order.settings)) return;
      order = { ...order, id: order.id + 1, settings, steps };
      stage.root.setAttribute("aria-busy", "true");
      worker.postMessage(order);
    };
  },
};

/**
 * @param {import("./mathematics/lab.js").LabTruth} truth
 * @param {number} label
 */
function labVerdict({ step, js, value, bestValue }, label) {
  const gap = `the best D's is ${written(Number((bestValue - value).toPrecision(2)))} higher.`;
  const aim = label < 1 ? ` (This D aims at ${written(label)} D*.)` : "";
  if (step === 0) return `Nobody has learned yet: ${gap}${aim}`;
  if (js < 0.02) return `g is close to p, and V near −log 4 is the truth: ${gap}${aim}`;
  if (value < 0.05 - Math.log(4)) return `V(D) is about −log 4, as if g were p. But it isn't: ${gap}${aim}`;
  return `D sees that g isn't p, but not all of it: ${gap}${aim}`;
}
