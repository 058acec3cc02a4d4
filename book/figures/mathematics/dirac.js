// The smallest GANs, as in ganmath.gan.dynamics (Mescheder, Geiger and Nowozin 2018): data at 0, generator at theta,
// D(x) = psi x, positive on what is generated. With f(t) = -log(1 + e^-t), f'(t) = sigmoid(-t), theta descends f(psi theta), psi ascends.
// `strength` is that of what a method adds: a penalty's gamma, the noise's variance.

import { sigmoid } from "./network.js";

const HERMITE_ORDER = 40;

/**
 * Gauss's nodes and weights for N(0, 1), by Newton's method from the largest root of He_40 down, the roots
 * that are known divided out; a weight is 1 / sum of the squares of the orthonormal polynomials there.
 */
function gaussHermite() {
  const [nodes, weights] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let x = 2 * Math.sqrt(HERMITE_ORDER); nodes.length < HERMITE_ORDER; x = nodes[nodes.length - 1]) {
    let squares = 0;
    x -= nodes.length ? 1e-3 : 0;
    for (let tried = 0; tried < 60; tried++) {
      let [before, now] = [0, 1];
      squares = 0;
      for (let n = 0; n < HERMITE_ORDER; n++) {
        squares += now * now;
        [before, now] = [now, (x * now - Math.sqrt(n) * before) / Math.sqrt(n + 1)];
      }
      let slope = (Math.sqrt(HERMITE_ORDER) * before) / now;
      for (const node of nodes) slope -= 1 / (x - node);
      if (now === 0 || Math.abs(1 / slope) < 1e-15) break;
      x -= 1 / slope;
    }
    nodes.push(x);
    weights.push(1 / squares);
  }
  return { nodes, weights };
}

const { nodes: NOISE_NODES, weights: NOISE_WEIGHTS } = gaussHermite();

/** @typedef {(theta: number, psi: number, strength: number) => [number, number]} DiracField */

/** The velocities of theta and psi. @type {Record<string, DiracField>} */
export const DIRAC_FIELDS = {
  gan: (theta, psi) => [-psi * sigmoid(-psi * theta), theta * sigmoid(-psi * theta)],
  nonSaturating: (theta, psi) => [-psi * sigmoid(psi * theta), theta * sigmoid(-psi * theta)],
  wgan: (theta, psi) => [-psi, theta],
  wganGp: (theta, psi, gamma) => [-psi, theta - gamma * (psi - Math.sign(psi))],
  r1(theta, psi, gamma) {
    const push = sigmoid(-psi * theta);
    return [-psi * push, theta * push - gamma * psi];
  },
  instanceNoise(theta, psi, variance) {
    const spread = Math.sqrt(variance);
    let [down, up] = [0, 0];
    for (let i = 0; i < HERMITE_ORDER; i++) {
      const noise = spread * NOISE_NODES[i];
      const push = sigmoid(-psi * (theta + noise));
      down += push * NOISE_WEIGHTS[i];
      up += ((theta + noise) * push - noise * sigmoid(psi * noise)) * NOISE_WEIGHTS[i];
    }
    return [-psi * down, up];
  },
};

/**
 * @typedef {{method: string, h: number, strength?: number, alternating?: boolean, clip?: number}} DiracGame
 */

/**
 * Where the field pushes at a point.
 * @param {string} method
 * @param {number} theta
 * @param {number} psi
 * @param {number} [strength]
 */
export const diracField = (method, theta, psi, strength = 0) => DIRAC_FIELDS[method](theta, psi, strength);

/**
 * Where a step of size h leads: of both at once, or of theta first where alternating; then psi is clipped.
 * @param {DiracGame} game
 * @param {number} theta
 * @param {number} psi
 * @returns {[number, number]}
 */
export function diracStep({ method, h, strength = 0, alternating = false, clip = Infinity }, theta, psi) {
  const field = DIRAC_FIELDS[method];
  const [down, up] = field(theta, psi, strength);
  const moved = theta + h * down;
  const next = psi + h * (alternating ? field(moved, psi, strength)[1] : up);
  return [moved, Math.min(Math.max(next, -clip), clip)];
}

/**
 * The start and what each step leads to.
 * @param {DiracGame} game
 * @param {number} theta
 * @param {number} psi
 * @param {number} steps
 */
export function diracTrajectory(game, theta, psi, steps) {
  const points = [[theta, psi]];
  for (let i = 0; i < steps; i++) points.push(([theta, psi] = diracStep(game, theta, psi)));
  return points;
}

/**
 * The rows of the field's Jacobian at the equilibrium (0, 0); NaN where the field jumps there.
 * @param {string} method
 * @param {number} [strength]
 */
export function diracJacobian(method, strength = 0) {
  const turn = method.startsWith("wgan") ? 1 : 0.5;
  const jumps = method === "wganGp" && strength !== 0;
  const damping = jumps ? NaN : method === "r1" ? strength : method === "instanceNoise" ? strength / 2 : 0;
  return [[0, -turn], [turn, -damping]];
}

/**
 * The Jacobian of a step at the equilibrium: 1 + h J, or its two shears one after the other.
 * @param {DiracGame} game
 */
export function diracStepJacobian({ method, h, strength = 0, alternating = false }) {
  const [[a, b], [c, d]] = diracJacobian(method, strength);
  const [stay, pull] = [1 + h * a, h * b];
  return [[stay, pull], alternating ? [h * c * stay, 1 + h * d + h * c * pull] : [h * c, 1 + h * d]];
}

/**
 * Both eigenvalues of a real matrix, as [real part, imaginary part]; that with + first.
 * @param {number[][]} matrix
 */
export function eigenvalues([[a, b], [c, d]]) {
  const [mean, square] = [(a + d) / 2, ((a - d) / 2) ** 2 + b * c];
  const apart = Math.sqrt(Math.abs(square));
  return square < 0 ? [[mean, apart], [mean, -apart]] : [[mean + apart, 0], [mean - apart, 0]];
}

/**
 * Of the field at the equilibrium: the flow settles where real parts are below 0.
 * @param {string} method
 * @param {number} [strength]
 */
export const diracSpectrum = (method, strength = 0) => eigenvalues(diracJacobian(method, strength));

/** Of a step at the equilibrium. @param {DiracGame} game */
export const diracMultipliers = (game) => eigenvalues(diracStepJacobian(game));

/**
 * Whether steps settle there: both multipliers inside the unit circle, by more than a few roundings.
 * @param {DiracGame} game
 */
export const diracSettles = (game) =>
  diracMultipliers(game).every(([re, im]) => Math.hypot(re, im) < 1 - 16 * Number.EPSILON);

/**
 * The largest h up to which all steps settle: by Jury's conditions det < 1 and 1 + trace + det > 0 of a step, as the
 * field's Jacobian is (0, -b; b, -d).
 * @param {string} method
 * @param {number} [strength]
 * @param {boolean} [alternating]
 */
export function diracLargestStep(method, strength = 0, alternating = false) {
  const [[, b], [, d]] = diracJacobian(method, strength);
  if (!(d < 0)) return d === 0 ? 0 : NaN;
  const root = Math.sqrt(d * d + 4 * b * b);
  if (alternating) return 4 / (root - d);
  return d * d >= 4 * b * b ? 4 / (Math.sqrt(d * d - 4 * b * b) - d) : -d / (b * b);
}
