// The distribution of x = G(z), z from N(0, 1), on the line, by the change of variables, and what it is worth
// beside a mixture of Gaussians p: g(x) = sum over G(z) = x of phi(z) / |G'(z)|, D* = p / (p + g), JS, W1,
// V(D). G becomes a table of cells: exact pieces where it is piecewise linear, else quintics with G, G', G''
// of 1280 cells and a cell's end at each turn, beside which G(z) - G(turn) is s^2 (...), so that nothing
// cancels. What it is worth is good to 1e-10, g and D* to 1e-9, where weights are up to 2.5 times as large as
// they are drawn.

import { optimalValue } from "./divergences.js";
import { forwardPass, jetsOf, kinksOf, network, softplus } from "./network.js";
import { normalCdf, normalPdf } from "./normal.js";
import { normalDraws, uniformDraw } from "./random.js";

const FARTHEST_NOISE = 8;
const TABLE_CELLS = 1280;
const CROSSING_LOOKS = 6; // between two marks, for a place where the distribution functions cross
const ROOT_TAU = Math.sqrt(2 * Math.PI);

/**
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./gan.js").Player} Player
 * @typedef {{weights: number[], means: number[], stds: number[]}} LineMixture
 * @typedef {{first: number, last: number, sign: number}} Piece from one edge to another; rising or falling
 * @typedef {{z: number[], x: number[], below: number[], cells: Float64Array, pieces: Piece[],
 *   isLinear: boolean}} Table edges z, G and Phi there; of each cell its anchor, its width, five coefficients
 */

/**
 * log p at x.
 * @param {LineMixture} mixture
 * @param {number} x
 */
export function mixtureLogDensity({ weights, means, stds }, x) {
  let [most, total] = [-Infinity, 0];
  for (let k = 0; k < weights.length; k++) {
    const term = Math.log(weights[k] / (stds[k] * ROOT_TAU)) - ((x - means[k]) / stds[k]) ** 2 / 2;
    total = term > most ? total * Math.exp(most - term) + 1 : total + Math.exp(term - most);
    most = Math.max(most, term);
  }
  return most + Math.log(total);
}

/**
 * Fills an array with draws from the mixture.
 * @template {Float64Array | number[]} A
 * @param {import("./random.js").Chance} state
 * @param {LineMixture} mixture
 * @param {A} out
 */
export function mixtureSample(state, { weights, means, stds }, out) {
  normalDraws(state, out);
  for (let i = 0; i < out.length; i++) {
    let [k, left] = [0, uniformDraw(state)];
    while (k < weights.length - 1 && left >= weights[k]) left -= weights[k++];
    out[i] = means[k] + stds[k] * out[i];
  }
  return out;
}

/**
 * Room for the truth about two networks, made once: of those of a game it follows the parameters.
 * @param {Player} d
 * @param {Player} g
 */
export function truthSpace(d, g) {
  const table = network(g.widths, g.activation, g.parameters, TABLE_CELLS + 1);
  return {
    d: network(d.widths, d.activation, d.parameters, 1),
    g: table,
    one: network(g.widths, g.activation, table.parameters, 1),
  };
}

/**
 * Between two edges at which G' has two signs: where it is 0, by Newton's method in a bracket.
 * @param {Network} one
 * @param {number} low
 * @param {number} high
 * @param {number} sign that of G' at `low`
 */
function turnBetween(one, low, high, sign) {
  const { before, tangent, push } = one.layers[one.layers.length - 1];
  let z = (low + high) / 2;
  for (let tried = 0; tried < 60; tried++) {
    one.x[0] = z;
    jetsOf(one, 1);
    if (tangent[0] * sign > 0) low = z;
    else high = z;
    const next = z - tangent[0] / push[0];
    const step = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(step - z) <= 1e-16 * (1 + Math.abs(z))) break;
    z = step;
  }
  return { z, x: before[0], bend: push[0] };
}

/**
 * @param {{g: Network, one: Network}} space
 * @returns {Table}
 */
export function tabulate({ g, one }) {
  const knots = kinksOf(one, -FARTHEST_NOISE, FARTHEST_NOISE);
  const isLinear = knots.length > 2;
  const count = isLinear ? knots.length : TABLE_CELLS + 1;
  for (let i = 0; i < count; i++) {
    const share = (2 * i) / TABLE_CELLS - 1; // five times as close at 0, where trained generators leap
    g.x[i] = isLinear ? knots[i] : (FARTHEST_NOISE * share * (1 + 4 * share * share)) / 5;
  }
  jetsOf(g, count);
  const { before, tangent, push } = g.layers[g.layers.length - 1];
  const [z, x, slopes, bends] = [0, 0, 0, 0].map(() => /** @type {number[]} */ ([]));
  const add = (/** @type {number[]} */ ...edge) =>
    [z, x, slopes, bends].forEach((list, i) => list.push(edge[i]));
  for (let i = 0; i < count; i++) {
    if (!isLinear && i && tangent[i] * tangent[i - 1] < 0) {
      const turn = turnBetween(one, g.x[i - 1], g.x[i], tangent[i - 1]);
      add(turn.z, turn.x, 0, turn.bend);
    }
    const last = x[x.length - 1]; // which rounding alone moves where G is level
    const isLevel = isLinear && Math.abs(before[i] - last) <= 1e-15 * (1 + Math.abs(last));
    add(g.x[i], isLevel ? last : before[i], tangent[i], push[i]);
  }
  const cells = new Float64Array(7 * (z.length - 1));
  /** @type {Piece[]} */
  const pieces = [];
  for (let i = 0; i < z.length - 1; i++) {
    const [from, to] = !isLinear && slopes[i + 1] === 0 && slopes[i] !== 0 ? [i + 1, i] : [i, i + 1];
    const [h, rise] = [z[to] - z[from], x[to] - x[from]];
    const [c1, c2] = isLinear ? [rise, 0] : [h * slopes[from], (h * h * bends[from]) / 2];
    const [a, b, c] = isLinear
      ? [0, 0, 0]
      : [rise - c1 - c2, h * slopes[to] - c1 - 2 * c2, h * h * bends[to] - 2 * c2];
    cells.set([from, h, c1, c2, 10 * a - 4 * b + c / 2, 7 * b - 15 * a - c, 6 * a - 3 * b + c / 2], 7 * i);
    const sign = isLinear ? Math.sign(x[i + 1] - x[i]) : Math.sign(slopes[i] || slopes[i + 1]);
    const piece = pieces[pieces.length - 1];
    if (piece && (sign === piece.sign || sign === 0)) piece.last = i + 1;
    else pieces.push({ first: i, last: i + 1, sign: sign || 1 });
  }
  return { z, x, below: z.map(normalCdf), cells, pieces, isLinear };
}

const solved = { z: 0, slope: 0 };

/**
 * The z of a piece at which G is base + offset, which lies on it, and G' there, into `solved`.
 * @param {Table} table
 * @param {Piece} piece
 * @param {number} base
 * @param {number} offset
 */
function solvePiece({ z, x, cells }, { first, last, sign }, base, offset) {
  while (last - first > 1) {
    const middle = (first + last) >> 1;
    if (sign * (base - x[middle] + offset) >= 0) first = middle;
    else last = middle;
  }
  const at = 7 * first;
  const [from, h, c1, c2] = [cells[at], cells[at + 1], cells[at + 2], cells[at + 3]];
  const [c3, c4, c5] = [cells[at + 4], cells[at + 5], cells[at + 6]];
  const target = base - x[from] + offset;
  const share = target / (c1 + c2 + c3 + c4 + c5) || 0;
  let t = Math.min(Math.max(c1 === 0 ? Math.sqrt(Math.abs(share)) : share, 0), 1);
  let slope = 0;
  for (let tried = 0; tried < 20; tried++) {
    slope = c1 + t * (2 * c2 + t * (3 * c3 + t * (4 * c4 + t * 5 * c5)));
    const miss = t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5)))) - target;
    const step = slope === 0 ? 0 : miss / slope;
    t = Math.min(Math.max(t - step, 0), 1);
    if (Math.abs(step) <= 1e-13 * t) break;
  }
  solved.z = z[from] + h * t;
  solved.slope = slope / h;
}

/**
 * log p, g and F_g - F_p (`above`) at x = base + offset.
 * @param {Table} table
 * @param {LineMixture} mixture
 * @param {number} base
 * @param {number} offset
 */
function pointOf(table, mixture, base, offset) {
  const { x, below, pieces } = table;
  let [g, above] = [0, 0];
  for (const piece of pieces) {
    const { first, last, sign } = piece;
    const whole = below[last] - below[first];
    if (sign * (base - x[first] + offset) <= 0) above += sign > 0 ? 0 : whole;
    else if (sign * (base - x[last] + offset) >= 0) above += sign > 0 ? whole : 0;
    else {
      solvePiece(table, piece, base, offset);
      const till = normalCdf(solved.z);
      above += sign > 0 ? till - below[first] : below[last] - till;
      if (solved.slope !== 0) g += normalPdf(solved.z) / Math.abs(solved.slope);
    }
  }
  const at = base + offset;
  for (let k = 0; k < mixture.weights.length; k++) {
    above -= mixture.weights[k] * normalCdf((at - mixture.means[k]) / mixture.stds[k]);
  }
  return { logP: mixtureLogDensity(mixture, at), g, above };
}

/**
 * g at points.
 * @param {Table} table
 * @param {ArrayLike<number>} points
 */
export const generatorDensity = (table, points) =>
  Array.from(points, (x) => pointOf(table, { weights: [], means: [], stds: [] }, x, 0).g);

// Kronrod's 15 nodes with their weights, and those of Gauss among them.
const KRONROD = [
  [0.9914553711208126, 0.02293532201052922, 0],
  [0.9491079123427585, 0.06309209262997856, 0.1294849661688697],
  [0.8648644233597691, 0.10479001032225019, 0],
  [0.7415311855993945, 0.14065325971552592, 0.27970539148927664],
  [0.5860872354676911, 0.1690047266392679, 0],
  [0.4058451513773972, 0.19035057806478542, 0.3818300505051189],
  [0.20778495500789848, 0.20443294007529889, 0],
  [0, 0.20948214108472782, 0.4179591836734694],
].flatMap(([t, ...weights]) => (t ? [[t, ...weights], [-t, ...weights]] : [[t, ...weights]]));
const RULES_AGREE = 1e-10; // of their difference: beside a kink the finer one may be no closer, else it is
const DEEPEST_HALVING = 40;

/**
 * Adds the integrals over [a, b] of functions of t, halved until both rules agree; `at` puts their values
 * into one.
 * @param {(t: number, into: Float64Array) => void} at
 * @param {number} a
 * @param {number} b
 * @param {Float64Array} totals
 * @param {number} [depth]
 */
function integrateAll(at, a, b, totals, depth = 0) {
  const [fine, coarse, values] = [0, 0, 0].map(() => new Float64Array(totals.length));
  for (const [node, weight, gauss] of KRONROD) {
    at((a + b) / 2 + ((b - a) / 2) * node, values);
    for (let i = 0; i < values.length; i++) {
      fine[i] += (weight * values[i] * (b - a)) / 2;
      coarse[i] += (gauss * values[i] * (b - a)) / 2;
    }
  }
  if (depth < DEEPEST_HALVING && fine.some((value, i) => Math.abs(value - coarse[i]) > RULES_AGREE)) {
    integrateAll(at, a, (a + b) / 2, totals, depth + 1);
    integrateAll(at, (a + b) / 2, b, totals, depth + 1);
  } else for (let i = 0; i < totals.length; i++) totals[i] += fine[i];
}

/**
 * JS(p, g), W1(p, g), V(D) and V(D*) = -log 4 + 2 JS, and the mass of g in single points, where G is level.
 * @param {ReturnType<typeof truthSpace>} space
 * @param {LineMixture} mixture
 * @param {Table} [table]
 */
export function truthOf(space, mixture, table = tabulate(space)) {
  const { d } = space;
  const { means, stds } = mixture;
  const score = d.layers[d.layers.length - 1].before;
  const reach = means.flatMap((mean, k) => [mean - 9 * stds[k], mean + 9 * stds[k]]);
  const { x, pieces, isLinear } = table;
  const ends = isLinear ? x : pieces.flatMap(({ first, last }) => [x[first], x[last]]);
  const [low, high] = [Math.min(...reach, ...ends), Math.max(...reach, ...ends)];
  const near = means.flatMap((mean, k) => [mean - 3 * stds[k], mean, mean + 3 * stds[k]]);
  const marks = [...new Set([...reach, ...ends, ...near, ...kinksOf(d, low, high)])].sort((a, b) => a - b);
  const breaks = [low];
  for (let k = 1; k < marks.length; k++) {
    const width = marks[k] - marks[k - 1];
    let before = pointOf(table, mixture, marks[k - 1], 1e-9 * width).above;
    for (let look = 1; look <= CROSSING_LOOKS; look++) {
      let [from, to] = [(width * (look - 1)) / CROSSING_LOOKS, (width * look) / CROSSING_LOOKS];
      const after = pointOf(table, mixture, marks[k - 1], to).above;
      if (before * after < 0) {
        for (let tried = 0; tried < 24; tried++) {
          const middle = (from + to) / 2;
          if (pointOf(table, mixture, marks[k - 1], middle).above * before > 0) from = middle;
          else to = middle;
        }
        breaks.push(marks[k - 1] + from);
      }
      before = after;
    }
    breaks.push(marks[k]);
  }
  const totals = new Float64Array(3);
  for (let k = 1; k < breaks.length; k++) {
    const [from, to] = [breaks[k - 1], breaks[k]];
    const half = (to - from) / 2;
    // x = base + length t^4 makes the inverse square roots and logarithms at turns smooth.
    const isSingular = !isLinear && (ends.includes(from) || ends.includes(to));
    const power = isSingular ? 4 : 1;
    for (const [base, length] of isSingular ? [[from, half], [to, -half]] : [[from, to - from]]) {
      integrateAll((t, into) => {
        const weight = Math.abs(length) * power * t ** (power - 1);
        const { logP, g, above } = pointOf(table, mixture, base, length * t ** power);
        const p = Math.exp(logP);
        const logMean = Math.log((p + g) / 2);
        d.x[0] = base + length * t ** power;
        forwardPass(d, 0, 1);
        into[0] = (weight / 2) * ((p && p * (logP - logMean)) + (g && g * (Math.log(g) - logMean)));
        into[1] = weight * Math.abs(above);
        into[2] = -weight * (p * softplus(-score[0]) + g * softplus(score[0]));
      }, 0, 1, totals);
    }
  }
  let atoms = 0;
  for (let i = 1; i < x.length; i++) {
    if (isLinear && x[i] === x[i - 1]) atoms += table.below[i] - table.below[i - 1];
  }
  const [continuous, w1, value] = totals;
  const js = continuous + (atoms * Math.LN2) / 2;
  return { js, w1, value, bestValue: optimalValue(js), atoms };
}

/**
 * The truth about two networks whose parameters come from elsewhere, with g and D* at points.
 * @param {Player} d
 * @param {Player} g
 * @param {LineMixture} mixture
 * @param {ArrayLike<number>} points
 */
export function truthAbout(d, g, mixture, points) {
  const space = truthSpace(d, g);
  const table = tabulate(space);
  const density = generatorDensity(table, points);
  const best = density.map((g, i) => 1 / (1 + g / Math.exp(mixtureLogDensity(mixture, points[i]))));
  return { ...truthOf(space, mixture, table), density, best };
}
