// What a sample x tells the generator by three losses, the best D or critic held still; and the means.
import { nodesOfGaussians, optimalLogit, pdf } from "./gaussians.js";
import { normalCdf, normalPdf } from "./normal.js";
import { sum } from "./summing.js";

/**
 * @typedef {import("./gaussians.js").Gaussian} Gaussian
 * @typedef {import("./gaussians.js").AtPoint} AtPoint
 */

/** The slope a' of the logit a of D*. @type {AtPoint} */
const logitSlope = (x, p, g) => (x - g.mean) / g.std ** 2 - (x - p.mean) / p.std ** 2;

/** d/dx log(1 - D*(x)) = -D* a'. @type {AtPoint} */
export const saturatingGradient = (x, p, g) =>
  -logitSlope(x, p, g) / (1 + Math.exp(-optimalLogit(x, p, g)));

/** d/dx -log D*(x) = -(1 - D*) a'. @type {AtPoint} */
export const nonSaturatingGradient = (x, p, g) =>
  -logitSlope(x, p, g) / (1 + Math.exp(optimalLogit(x, p, g)));

/** -f'(x) of the best critic f, sign(F - G) of the distribution functions. @type {AtPoint} */
export const wganGradient = (x, p, g) => Math.sign((x - p.mean) / p.std - (x - g.mean) / g.std);

/**
 * Their means over g in its mean and log-width, which move x by 1 and x - mean: the slopes of 2 JS(p, g), of
 * KL(g || p) - 2 JS(p, g), and of W1(p, g) in closed form.
 * @param {Gaussian} p
 * @param {Gaussian} g
 */
export function expectedGradients(p, g) {
  const points = nodesOfGaussians(p, g).map(([x, w]) => [x, w * pdf(x, g)]);
  const expected = (/** @type {AtPoint} */ gradient) => {
    const terms = points.map(([x, w]) => w && w * gradient(x, p, g));
    return { mean: sum(terms), logWidth: sum(terms.map((term, i) => term * (points[i][0] - g.mean))) };
  };
  const [a, b] = [g.mean - p.mean, g.std - p.std];
  const z = a === 0 ? 0 : a / Math.abs(b);
  const wgan = { mean: 2 * normalCdf(z) - 1, logWidth: 2 * g.std * Math.sign(b) * normalPdf(z) };
  return { saturating: expected(saturatingGradient), nonSaturating: expected(nonSaturatingGradient), wgan };
}
