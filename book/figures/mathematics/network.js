// A multilayer perceptron on batches: forward, backward, twice backward, and Adam; buffers are made once.
// x -> a(x W_1 + b_1) W_2 + b_2 ...; a row is an example, all parameters lie in one array: W_1, b_1, W_2, ...

import { uniformDraw } from "./random.js";

/**
 * A layer's place among the parameters, and for each row its input to a, a, a', and the loss's slopes:
 * by the input to a (delta), by a (up); `tangent` and `push` serve the penalty.
 * @typedef {{inputs: number, outputs: number, at: number, before: Float64Array, after: Float64Array,
 *   slope: Float64Array, delta: Float64Array, up: Float64Array, tangent: Float64Array, push: Float64Array}} Layer
 * @typedef {{widths: number[], activation: string, parameters: Float64Array, gradient: Float64Array, x: Float64Array,
 *   dx: Float64Array, tangent: Float64Array, layers: Layer[]}} Network
 * @typedef {{mean: Float64Array, square: Float64Array, steps: number}} Moments
 */

/** The slope of the piecewise linear activations below 0. @type {Record<string, number>} */
const NEGATIVE_SLOPES = { relu: 0, leakyRelu: 0.2 };

/** 1 / (1 + e^-t), with all digits of what is small. @param {number} t */
export function sigmoid(t) {
  const e = Math.exp(-Math.abs(t));
  return (t < 0 ? e : 1) / (1 + e);
}

/** log(1 + e^t). @param {number} t */
export const softplus = (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));

/** @param {number[]} widths */
export function parameterCount(widths) {
  let count = 0;
  for (let l = 1; l < widths.length; l++) count += (widths[l - 1] + 1) * widths[l];
  return count;
}

/**
 * With room for that many rows. Parameters in a Float64Array are shared, not copied.
 * @param {number[]} widths
 * @param {string} activation tanh, silu, relu or leakyRelu
 * @param {ArrayLike<number>} parameters
 * @param {number} rows
 * @returns {Network}
 */
export function network(widths, activation, parameters, rows) {
  if (parameters.length !== parameterCount(widths)) {
    throw new Error(`${parameters.length} parameters, but widths ${widths} need ${parameterCount(widths)}`);
  }
  const buffer = (/** @type {number} */ width) => new Float64Array(rows * width);
  let at = 0;
  const layers = widths.slice(1).map((outputs, l) => {
    const [before, after, slope, delta, up, tangent, push] = Array.from({ length: 7 }, () => buffer(outputs));
    const layer = { inputs: widths[l], outputs, at, before, after, slope, delta, up, tangent, push };
    at += (widths[l] + 1) * outputs;
    return layer;
  });
  const [x, dx, tangent] = [0, 1, 2].map(() => buffer(widths[0]));
  const gradient = new Float64Array(at);
  const own = parameters instanceof Float64Array ? parameters : Float64Array.from(parameters);
  return { widths, activation, parameters: own, gradient, x, dx, tangent, layers };
}

/**
 * Weights uniform with variance 2/inputs, biases with a sixth of it, as the last layer (He et al. 2015).
 * @param {import("./random.js").Chance} state
 * @param {number[]} widths
 */
export function initialParameters(state, widths) {
  const found = [];
  for (let l = 1; l < widths.length; l++) {
    const small = 1 / Math.sqrt(widths[l - 1]);
    const bound = l === widths.length - 1 ? small : small * Math.sqrt(6);
    for (let i = 0; i < (widths[l - 1] + 1) * widths[l]; i++) {
      found.push((i < widths[l - 1] * widths[l] ? bound : small) * (2 * uniformDraw(state) - 1));
    }
  }
  return found;
}

/**
 * out = rows W, and + b where `biased`.
 * @param {Float64Array} out
 * @param {Float64Array} rows
 * @param {Network} net
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 * @param {boolean} biased
 */
function applyWeights(out, rows, net, { inputs, outputs, at }, from, to, biased) {
  const weights = net.parameters;
  const bias = at + inputs * outputs;
  for (let r = from; r < to; r++) {
    for (let o = 0; o < outputs; o++) {
      let total = biased ? weights[bias + o] : 0;
      for (let i = r * inputs, w = at + o; w < bias; i++, w += outputs) total += rows[i] * weights[w];
      out[r * outputs + o] = total;
    }
  }
}

/**
 * out = delta W^T.
 * @param {Float64Array} out
 * @param {Network} net
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 */
function applyTransposed(out, net, { inputs, outputs, at, delta }, from, to) {
  const weights = net.parameters;
  for (let r = from; r < to; r++) {
    for (let i = 0; i < inputs; i++) {
      let total = 0;
      const row = at + i * outputs;
      for (let o = 0, k = r * outputs; o < outputs; o++, k++) total += weights[row + o] * delta[k];
      out[r * inputs + i] = total;
    }
  }
}

/**
 * Adds rows^T delta to the weights' gradient, and the sum of delta to the bias's where `biased`.
 * @param {Float64Array} rows
 * @param {Network} net
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 * @param {boolean} biased
 */
function gatherGradient(rows, net, { inputs, outputs, at, delta }, from, to, biased) {
  const gradient = net.gradient;
  for (let i = 0, k = at; i < (biased ? inputs + 1 : inputs); i++) {
    for (let o = 0; o < outputs; o++, k++) {
      let total = 0;
      if (i === inputs) for (let r = from; r < to; r++) total += delta[r * outputs + o];
      else for (let r = from; r < to; r++) total += rows[r * inputs + i] * delta[r * outputs + o];
      gradient[k] += total;
    }
  }
}

/**
 * a and a' at `before`.
 * @param {string} activation
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 */
function activate(activation, { before, after, slope }, from, to) {
  if (activation === "tanh") {
    for (let i = from; i < to; i++) {
      const a = (after[i] = Math.tanh(before[i]));
      slope[i] = 1 - a * a;
    }
  } else if (activation === "silu") {
    for (let i = from; i < to; i++) {
      const s = sigmoid(before[i]);
      after[i] = before[i] * s;
      slope[i] = s * (1 + before[i] * (1 - s));
    }
  } else {
    const below = NEGATIVE_SLOPES[activation];
    if (below === undefined) throw new Error(`no activation ${activation}: tanh, silu, relu, leakyRelu`);
    for (let i = from; i < to; i++) after[i] = before[i] * (slope[i] = before[i] > 0 ? 1 : below);
  }
}

/**
 * a'' at entry i.
 * @param {string} activation
 * @param {Layer} layer
 * @param {number} i
 */
function activationBend(activation, { before, after, slope }, i) {
  if (activation === "tanh") return -2 * after[i] * slope[i];
  if (activation !== "silu") return 0;
  const s = sigmoid(before[i]);
  return s * (1 - s) * (2 + before[i] * (1 - 2 * s));
}

/**
 * The outputs at the rows of net.x, in the last layer's `before`.
 * @param {Network} net
 * @param {number} from
 * @param {number} to
 */
export function forwardPass(net, from, to) {
  let rows = net.x;
  for (const [l, layer] of net.layers.entries()) {
    applyWeights(layer.before, rows, net, layer, from, to, true);
    if (l < net.layers.length - 1) activate(net.activation, layer, from * layer.outputs, to * layer.outputs);
    rows = layer.after;
  }
  return net.layers[net.layers.length - 1].before;
}

/**
 * After `forwardPass`: from the slopes by the outputs, in the last `delta`, those by the inputs into net.dx; where
 * `gathering`, those by the parameters are added to net.gradient. `pushing` adds each layer's `push` to its delta.
 * @param {Network} net
 * @param {number} from
 * @param {number} to
 * @param {boolean} gathering
 * @param {boolean} [pushing]
 */
export function backwardPass(net, from, to, gathering, pushing = false) {
  for (let l = net.layers.length - 1; l >= 0; l--) {
    const layer = net.layers[l];
    const below = net.layers[l - 1];
    if (gathering) gatherGradient(below ? below.after : net.x, net, layer, from, to, true);
    applyTransposed(below ? below.up : net.dx, net, layer, from, to);
    if (!below) return;
    for (let i = from * layer.inputs; i < to * layer.inputs; i++) {
      below.delta[i] = below.slope[i] * below.up[i] + (pushing ? below.push[i] : 0);
    }
  }
}

/**
 * After `forwardPass` of one output D: the sum over the rows of weight/2 |D'(x)|^2. Its slopes are added to net.gradient
 * and left in net.dx: with t = weight D'(x) held fixed they are those of t . D'(x), the tangent of D along t.
 * @param {Network} net
 * @param {number} weight
 * @param {number} from
 * @param {number} to
 */
export function slopePenalty(net, weight, from, to) {
  const last = net.layers[net.layers.length - 1];
  last.delta.fill(1, from, to);
  backwardPass(net, from, to, false);
  let value = 0;
  for (let i = from * net.widths[0]; i < to * net.widths[0]; i++) {
    value += (weight / 2) * net.dx[i] ** 2;
    net.tangent[i] = weight * net.dx[i];
  }
  let rows = net.tangent;
  for (const layer of net.layers) {
    gatherGradient(rows, net, layer, from, to, false);
    if (layer === last) break;
    const { tangent, push, up, slope, outputs } = layer;
    applyWeights(tangent, rows, net, layer, from, to, false);
    for (let i = from * outputs; i < to * outputs; i++) {
      push[i] = activationBend(net.activation, layer, i) * up[i] * tangent[i];
      tangent[i] *= slope[i];
    }
    rows = tangent;
  }
  last.delta.fill(0, from, to);
  backwardPass(net, from, to, true, true);
  return value;
}

/**
 * The outputs, their slopes and second derivatives in one input, of one input: left in the last layer's `before`,
 * `tangent` and `push`.
 * @param {Network} net
 * @param {number} rows
 */
export function jetsOf(net, rows) {
  forwardPass(net, 0, rows);
  let [slopes, bends] = [net.tangent.fill(1), net.dx.fill(0)];
  for (const layer of net.layers) {
    const { tangent, push, slope, outputs } = layer;
    applyWeights(tangent, slopes, net, layer, 0, rows, false);
    applyWeights(push, bends, net, layer, 0, rows, false);
    [slopes, bends] = [tangent, push];
    if (layer === net.layers[net.layers.length - 1]) break;
    for (let i = 0; i < rows * outputs; i++) {
      push[i] = slope[i] * push[i] + activationBend(net.activation, layer, i) * tangent[i] ** 2;
      tangent[i] *= slope[i];
    }
  }
}

/**
 * Where a piecewise linear network of one input may bend between two points, with these: layer by layer where a unit
 * crosses 0; the two points alone if its activation is smooth. `net` has room for one row.
 * @param {Network} net
 * @param {number} low
 * @param {number} high
 */
export function kinksOf(net, low, high) {
  let knots = [low, high];
  if (!(net.activation in NEGATIVE_SLOPES)) return knots;
  for (const { before } of net.layers.slice(0, -1)) {
    const values = knots.map((x) => {
      net.x[0] = x;
      forwardPass(net, 0, 1);
      return Array.from(before);
    });
    const found = new Set(knots);
    for (let k = 1; k < knots.length; k++) {
      values[k].forEach((to, unit) => {
        const from = values[k - 1][unit];
        if (from * to < 0) found.add(knots[k - 1] + ((knots[k] - knots[k - 1]) * from) / (from - to));
      });
    }
    knots = [...found].sort((a, b) => a - b);
  }
  return knots;
}

/** @param {number} size @returns {Moments} */
export const adamMoments = (size) => ({ mean: new Float64Array(size), square: new Float64Array(size), steps: 0 });

/**
 * A step of Adam along net.gradient, as torch takes it (Kingma and Ba 2015, algorithm 1).
 * @param {Network} net
 * @param {Moments} state
 * @param {number} rate
 * @param {number[]} betas
 * @param {number} eps
 */
export function adamStep({ parameters, gradient }, state, rate, [beta1, beta2], eps) {
  const { mean, square } = state;
  state.steps += 1;
  const size = rate / (1 - beta1 ** state.steps);
  const root = Math.sqrt(1 - beta2 ** state.steps);
  for (let i = 0; i < parameters.length; i++) {
    mean[i] += (gradient[i] - mean[i]) * (1 - beta1);
    square[i] += (gradient[i] * gradient[i] - square[i]) * (1 - beta2);
    parameters[i] -= (size * mean[i]) / (Math.sqrt(square[i]) / root + eps);
  }
}
