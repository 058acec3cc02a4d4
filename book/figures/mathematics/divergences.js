// Divergences of masses p and q on the same outcomes, in nats. All terms are >= 0, so that no digits cancel.
import { sum } from "./summing.js";

/** @typedef {(p: number[], q: number[]) => number} Divergence */

/**
 * The masses in the ratios of the weights, which may be of any size.
 * @param {number[]} weights
 */
export function normalised(weights) {
  weights.forEach((w, i) => {
    const what = Number.isNaN(w) ? "not a number" : w < 0 ? "negative" : w === Infinity ? "infinite" : "";
    if (what) throw new RangeError(`weight ${i + 1} (${w}) is ${what}: give numbers from 0 on`);
  });
  const largest = Math.max(0, ...weights);
  if (largest === 0) throw new RangeError("no weight is above 0: give at least one");
  const scaled = weights.map((w) => w / largest);
  const total = sum(scaled);
  return scaled.map((w) => w / total);
}

/** atanh z - z, with its digits near 0. @param {number} z */
function atanhExcess(z) {
  if (Math.abs(z) > 0.25) return Math.atanh(z) - z;
  let series = 0;
  for (let k = 25; k > 1; k -= 2) series = series * z * z + 1 / k;
  return series * z ** 3;
}

/**
 * a log(a/b) - a + b, the integrand of KL: with z = (a - b)/(a + b) it is (a + b)((1 + z) atanh z - z).
 * @param {number} a
 * @param {number} b
 */
export function klTerm(a, b) {
  if (a === 0 || b === 0) return a === 0 ? b : Infinity;
  const z = (a - b) / (a + b);
  if (Math.abs(z) < 0.9) return (a + b) * (z * Math.atanh(z) + atanhExcess(z));
  return a * (Math.log(a) - Math.log(b)) - a + b;
}

/**
 * The integrand of JS, (a log(a/m) + b log(b/m))/2 with m = (a + b)/2.
 * @param {number} a
 * @param {number} b
 */
export function jsTerm(a, b) {
  if (a === 0 || b === 0) return ((a + b) / 2) * Math.LN2;
  const z = (a - b) / (a + b);
  if (Math.abs(z) < 0.5) return ((a + b) / 2) * (z * Math.atanh(z) + Math.log1p(-z * z) / 2);
  const log = Math.log((a + b) / 2);
  return (a * (Math.log(a) - log) + b * (Math.log(b) - log)) / 2;
}

/**
 * @param {number[]} p
 * @param {number[]} q
 * @param {(a: number, b: number) => number} term
 */
function sumOver(p, q, term) {
  if (p.length !== q.length) throw new RangeError(`${p.length} and ${q.length} masses: give as many to both`);
  return sum(p.map((a, i) => term(a, q[i])));
}

/** KL(p || q) = sum p log(p/q); infinite where q = 0 < p. @type {Divergence} */
export const kl = (p, q) => sumOver(p, q, klTerm);

/** JS(p, q) = (KL(p || m) + KL(q || m))/2 with m = (p + q)/2; at most log 2. @type {Divergence} */
export const js = (p, q) => sumOver(p, q, jsTerm);

/** TV = sum |p - q| / 2. @type {Divergence} */
export const totalVariation = (p, q) => sumOver(p, q, (a, b) => Math.abs(a - b)) / 2;

/** BC = sum sqrt(p q). @type {Divergence} */
export const bhattacharyyaCoefficient = (p, q) => sumOver(p, q, (a, b) => Math.sqrt(a) * Math.sqrt(b));

/** H with H^2 = 1 - BC = sum (sqrt p - sqrt q)^2 / 2. @type {Divergence} */
export const hellinger = (p, q) =>
  Math.sqrt(sumOver(p, q, (a, b) => (a === b ? 0 : (a - b) ** 2 / (Math.sqrt(a) + Math.sqrt(b)) ** 2)) / 2);

/**
 * D* = p/(p + g) at each outcome; NaN where neither has mass, as any D is best there.
 * @param {number[]} p
 * @param {number[]} g
 */
export const optimalDiscriminator = (p, g) => p.map((a, i) => a / (a + g[i]));

/**
 * V(D, g) = sum p log D + g log(1 - D) (Goodfellow et al. 2014, equation 1); D counts where there is mass.
 * @param {number[]} D
 * @param {number[]} p
 * @param {number[]} g
 */
export function value(D, p, g) {
  const real = sumOver(p, D, (a, d) => (a === 0 ? 0 : a * Math.log(d)));
  return real + sumOver(g, D, (b, d) => (b === 0 ? 0 : b * Math.log1p(-d)));
}

/** V(D*, g) = max V(D, g) = 2 JS(p, g) - log 4. @param {number} divergence JS(p, g) */
export const optimalValue = (divergence) => 2 * divergence - 2 * Math.LN2;
