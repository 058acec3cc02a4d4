// A GAN on the line that trains from a seed: all of it is a function of its settings and the number of steps.

import { gan, ganStep } from "./gan.js";
import { forwardPass, initialParameters, sigmoid } from "./network.js";
import { normalDraws, seeded } from "./random.js";
import { generatorDensity, mixtureLogDensity, mixtureSample, tabulate, truthOf, truthSpace } from "./truth.js";

/** As ganmath's DATA["mixture"]. */
export const LAB_DATA = { weights: [0.5, 0.5], means: [-2, 1.5], stds: [0.5, 0.8] };
export const LAB_KEPT = 20; // steps from one record to the next
const LAB_WIDTHS = [1, 16, 16, 1];
const LAB_BATCH = 64;

/**
 * @typedef {{loss: string, rate: number, label: number, r1: number, detach: boolean, seed: number}} LabSettings
 * @typedef {ReturnType<typeof lab>} Lab
 * @typedef {ReturnType<typeof labTruth>} LabTruth
 */

/**
 * Before the first step. G's parameters are drawn first, then D's.
 * @param {LabSettings} settings
 */
export function lab({ rate, seed, ...settings }) {
  const chance = seeded(seed);
  const [g, d] = [0, 1].map(() => ({
    widths: LAB_WIDTHS, activation: "silu", parameters: initialParameters(chance, LAB_WIDTHS),
  }));
  const game = gan({ ...settings, d, g, batch: LAB_BATCH, rates: [rate, rate], betas: [0, 0.9] });
  const [real, z, zG] = [0, 1, 2].map(() => new Float64Array(LAB_BATCH));
  const { dMoments, gMoments } = game;
  /** What a step changes, but for its number. @type {(number[] | Float64Array)[]} */
  const moved = [
    game.d.parameters, game.g.parameters, dMoments.mean, dMoments.square, gMoments.mean, gMoments.square, chance,
  ];
  /** @type {number[][][]} */
  const records = [];
  return { game, chance, step: 0, real, z, zG, moved, records, space: truthSpace(game.d, game.g) };
}

/** One round on fresh batches: real points, noise for D's step, noise for G's. @param {Lab} run */
export function labStep(run) {
  if (run.step % LAB_KEPT === 0) run.records[run.step / LAB_KEPT] ??= run.moved.map((part) => Array.from(part));
  mixtureSample(run.chance, LAB_DATA, run.real);
  normalDraws(run.chance, run.z);
  normalDraws(run.chance, run.zG);
  ganStep(run.game, run.real, run.z, run.zG);
  run.step += 1;
}

/**
 * Back to the last record that isn't after this step.
 * @param {Lab} run
 * @param {number} step
 */
export function labRewind(run, step) {
  const place = Math.floor(step / LAB_KEPT);
  run.records[place].forEach((part, i) => part.forEach((value, k) => (run.moved[i][k] = value)));
  run.step = run.game.dMoments.steps = run.game.gMoments.steps = place * LAB_KEPT;
}

/**
 * How it stands beside the truth: JS, W1, V(D), V(D*), and p, g, D and D* at points.
 * @param {Lab} run
 * @param {ArrayLike<number>} points
 */
export function labTruth({ step, space }, points) {
  const table = tabulate(space);
  const { js, w1, value, bestValue } = truthOf(space, LAB_DATA, table);
  const g = generatorDensity(table, points);
  const p = Array.from(points, (x) => Math.exp(mixtureLogDensity(LAB_DATA, x)));
  const d = Array.from(points, (x) => {
    space.d.x[0] = x;
    return sigmoid(forwardPass(space.d, 0, 1)[0]);
  });
  return { step, js, w1, value, bestValue, p, g, d, best: g.map((height, i) => 1 / (1 + height / p[i])) };
}

/**
 * Where a run is after so many steps, and how it stands there.
 * @param {LabSettings} settings
 * @param {number} steps
 * @param {ArrayLike<number>} points
 */
export function labAfter(settings, steps, points) {
  const run = lab(settings);
  while (run.step < steps) labStep(run);
  const [dParameters, gParameters] = run.moved.map((part) => Array.from(part));
  return { ...labTruth(run, points), dParameters, gParameters };
}
