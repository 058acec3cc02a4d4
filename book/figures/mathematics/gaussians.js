// Two Gaussians on the line, p and g = N(mean, std^2): densities, D*, divergences.
import { jsTerm, klTerm } from "./divergences.js";
import { normalCdf, normalPdf } from "./normal.js";
import { panelNodes } from "./quadrature.js";
import { sum } from "./summing.js";

/**
 * @typedef {{mean: number, std: number}} Gaussian
 * @typedef {(p: Gaussian, g: Gaussian) => number} OfGaussians
 * @typedef {(x: number, p: Gaussian, g: Gaussian) => number} AtPoint
 */

/**
 * @param {number} x
 * @param {Gaussian} p
 */
export const pdf = (x, { mean, std }) => normalPdf((x - mean) / std) / std;

/** The logit of D*, log p(x) - log g(x). @type {AtPoint} */
export function optimalLogit(x, p, g) {
  const [u, v] = [(x - p.mean) / p.std, (x - g.mean) / g.std];
  const more = (u * (p.std - g.std) + p.mean - g.mean) / g.std; // v - u
  return (more * (v + u)) / 2 + Math.log(g.std / p.std);
}

/** D*(x) = p/(p + g), by the logit: also where both densities underflow. @type {AtPoint} */
export const optimalDiscriminatorOfGaussians = (x, p, g) => 1 / (1 + Math.exp(-optimalLogit(x, p, g)));

/** KL(p || g) = (r^2 - 1 - log r^2 + d^2)/2, r = s_p/s_g, d = (m_p - m_g)/s_g. @type {OfGaussians} */
export const klOfGaussians = (p, g) =>
  (klTerm(1, (p.std / g.std) ** 2) + ((p.mean - g.mean) / g.std) ** 2) / 2;

/** -log BC = d^2/(4 (s^2 + t^2)) + log((s^2 + t^2)/(2 s t))/2. @type {OfGaussians} */
const bhattacharyyaDistance = (p, g) =>
  (p.mean - g.mean) ** 2 / (4 * (p.std ** 2 + g.std ** 2)) +
  Math.log1p((p.std - g.std) ** 2 / (2 * p.std * g.std)) / 2;

/** BC, the integral of sqrt(p g). @type {OfGaussians} */
export const bhattacharyyaOfGaussians = (p, g) => Math.exp(-bhattacharyyaDistance(p, g));

/** H = sqrt(1 - BC). @type {OfGaussians} */
export const hellingerOfGaussians = (p, g) => Math.sqrt(-Math.expm1(-bhattacharyyaDistance(p, g)));

/**
 * Where p = g: at -(h + s)/(1/u^2 - 1) and (h^2 + 2 L)/(h + s) from the narrower mean towards the other.
 * The unit is the wider width, u the narrower one, h the distance of the means, L = -log u, and s and -s are
 * the slopes of the logit of D* there, s^2 = (h^2 + 2 (1 - u^2) L)/u^2.
 * @param {Gaussian} p
 * @param {Gaussian} g
 */
export function crossings(p, g) {
  const [narrow, wide] = p.std <= g.std ? [p, g] : [g, p];
  const u = narrow.std / wide.std;
  const [h, L] = [Math.abs(wide.mean - narrow.mean) / wide.std, -Math.log(u)];
  const s = Math.sqrt(h * h + 2 * (1 - u * u) * L) / u;
  if (s === 0) return [-Infinity, Infinity];
  const side = wide.mean < narrow.mean ? -wide.std : wide.std;
  const from = [-(h + s) / (1 / (u * u) - 1), (h * h + 2 * L) / (h + s)];
  return from.map((c) => narrow.mean + side * c).sort((a, b) => a - b);
}

/** TV: what one has more than the other between the crossings. @type {OfGaussians} */
export function totalVariationOfGaussians(p, g) {
  const [left, right] = crossings(p, g);
  const [a, b] = [p, g].map((q) => normalCdf((right - q.mean) / q.std) - normalCdf((left - q.mean) / q.std));
  return Math.abs(a - b);
}

/**
 * [x, weight] for integrals with both: panels end at the crossings, near which p + g has complex roots.
 * @param {Gaussian} p
 * @param {Gaussian} g
 */
export function nodesOfGaussians(p, g) {
  const ends = [p, g].flatMap(({ mean, std }) => [-11, -5, 0, 5, 11].map((z) => mean + std * z));
  const inside = crossings(p, g).filter((x) => x > Math.min(...ends) && x < Math.max(...ends));
  return panelNodes([...ends, ...inside].sort((a, b) => a - b));
}

/** JS(p, g), at most log 2. @type {OfGaussians} */
export function jsOfGaussians(p, g) {
  const terms = nodesOfGaussians(p, g).map(([x, w]) => w * jsTerm(pdf(x, p), pdf(x, g)));
  return Math.min(sum(terms), Math.LN2);
}

/** W1 = E|a + b Z|, a and b what the means and the widths differ by, Z standard. @type {OfGaussians} */
export function wasserstein1OfGaussians(p, g) {
  const [a, b] = [Math.abs(p.mean - g.mean), Math.abs(p.std - g.std)];
  return b === 0 ? a : a * (2 * normalCdf(a / b) - 1) + 2 * b * normalPdf(a / b);
}

/** W2^2 = a^2 + b^2, the same a and b. @type {OfGaussians} */
export const wasserstein2OfGaussians = (p, g) => Math.hypot(p.mean - g.mean, p.std - g.std);
