// Steps of training of two perceptrons against each other, on batches that are given; one array a player.

import {
  adamMoments, adamStep, backwardPass, forwardPass, network, sigmoid, slopePenalty, softplus,
} from "./network.js";

/**
 * What a pair of scores, D's of a real and of a generated point before any squashing, costs D and G, with slopes:
 * both losses are the mean. `label` is what real points are labelled, 1 unless smoothed. G sees real points where
 * `pairs`. The names, the signs and the losses are those of ganmath.gan.LOSSES.
 * @typedef {{d: (real: number, fake: number, label: number) => number,
 *   dReal: (real: number, fake: number, label: number) => number, dFake: (real: number, fake: number) => number,
 *   g: (real: number, fake: number) => number, gFake: (real: number, fake: number) => number, pairs?: true}} PairLoss
 */

const crossEntropy = {
  d: (/** @type {number} */ r, /** @type {number} */ f, /** @type {number} */ label) =>
    softplus(-r) + (1 - label) * r + softplus(f),
  dReal: (/** @type {number} */ r, /** @type {number} */ _, /** @type {number} */ label) => 1 - label - sigmoid(-r),
  dFake: (/** @type {number} */ _, /** @type {number} */ f) => sigmoid(f),
};

/** @type {Record<string, PairLoss>} */
export const GAN_LOSSES = {
  minimax: { ...crossEntropy, g: (_, f) => -softplus(f), gFake: (_, f) => -sigmoid(f) },
  nonSaturating: { ...crossEntropy, g: (_, f) => softplus(-f), gFake: (_, f) => -sigmoid(-f) },
  wasserstein: { d: (r, f) => f - r, dReal: () => -1, dFake: () => 1, g: (_, f) => -f, gFake: () => -1 },
  relativistic: {
    d: (r, f) => softplus(f - r),
    dReal: (r, f) => -sigmoid(f - r),
    dFake: (r, f) => sigmoid(f - r),
    g: (r, f) => softplus(r - f),
    gFake: (r, f) => -sigmoid(r - f),
    pairs: true,
  },
};

/**
 * @typedef {{widths: number[], activation: string, parameters: ArrayLike<number>}} Player
 * @typedef {{loss: string, d: Player, g: Player, batch: number, rates?: number[], betas?: number[], eps?: number,
 *   label?: number, r1?: number, r2?: number, clip?: number, detach?: boolean}} GanConfig
 * @typedef {ReturnType<typeof gan>} Gan
 */

/**
 * A game before its first step; rows of D are `batch` generated points, then as many real ones. Settings left out:
 * Adam at `rates` (D's, G's) 1e-3 with `betas` (0.9, 0.999) and `eps` 1e-8; no penalty, nothing clipped.
 * @param {GanConfig} config
 */
export function gan({ loss, d, g, batch, rates, betas, eps, label, r1, r2, clip, detach }) {
  if (!GAN_LOSSES[loss]) throw new Error(`no loss ${loss}: ${Object.keys(GAN_LOSSES).join(", ")}`);
  return {
    loss,
    batch,
    d: network(d.widths, d.activation, d.parameters, 2 * batch),
    g: network(g.widths, g.activation, g.parameters, batch),
    dMoments: adamMoments(d.parameters.length),
    gMoments: adamMoments(g.parameters.length),
    rates: rates ?? [1e-3, 1e-3],
    betas: betas ?? [0.9, 0.999],
    eps: eps ?? 1e-8,
    label: label ?? 1,
    r1: r1 ?? 0,
    r2: r2 ?? 0,
    clip: clip ?? Infinity,
    detach: detach ?? true,
    dLoss: NaN,
    penalty: 0,
    gLoss: NaN,
  };
}

/**
 * G's points from the noise, into D's first rows.
 * @param {Gan} game
 * @param {ArrayLike<number>} z
 */
function generate({ d, g, batch }, z) {
  g.x.set(z);
  d.x.set(forwardPass(g, 0, batch));
}

/**
 * What D's inputs tell the generated points, on to G's parameters.
 * @param {Gan} game
 */
function passToGenerator({ d, g, batch }) {
  const { delta } = g.layers[g.layers.length - 1];
  for (let i = 0; i < delta.length; i++) delta[i] += d.dx[i];
  backwardPass(g, 0, batch, true);
}

/**
 * D takes a step, then G against the D that has moved; each minimises its loss, D with
 * r1/2 E_p |D'|^2 + r2/2 E_g |D'|^2 (Mescheder et al. 2018); then D's parameters are clipped to [-clip, clip].
 *
 * Without `detach` this is torch's loop that zeroes both gradients at its top and forgets fake.detach(): D's loss,
 * its penalty too, is differentiated through the generated points into G's gradient as well; D steps; then G's own
 * loss is added there, and G steps along the sum of both, half of which helps D. D's gradient is what it should be.
 * @param {Gan} game
 * @param {ArrayLike<number>} real
 * @param {ArrayLike<number>} z noise for D's step
 * @param {ArrayLike<number>} zG noise for G's step
 */
export function ganStep(game, real, z, zG) {
  const { d, g, batch: n, label } = game;
  const pair = GAN_LOSSES[game.loss];
  const scores = d.layers[d.layers.length - 1];
  const ofG = g.layers[g.layers.length - 1].delta;
  d.gradient.fill(0);
  g.gradient.fill(0);
  generate(game, z);
  d.x.set(real, n * d.widths[0]);
  forwardPass(d, 0, 2 * n);
  game.dLoss = game.penalty = game.gLoss = 0;
  ofG.fill(0);
  if (game.r1) game.penalty += slopePenalty(d, game.r1 / n, n, 2 * n);
  if (game.r2) {
    game.penalty += slopePenalty(d, game.r2 / n, 0, n);
    for (let i = 0; i < ofG.length; i++) ofG[i] = d.dx[i];
  }
  for (let i = 0; i < n; i++) {
    const [f, r] = [scores.before[i], scores.before[n + i]];
    game.dLoss += pair.d(r, f, label) / n;
    scores.delta[i] = pair.dFake(r, f) / n;
    scores.delta[n + i] = pair.dReal(r, f, label) / n;
  }
  backwardPass(d, 0, 2 * n, true);
  if (!game.detach) passToGenerator(game);
  adamStep(d, game.dMoments, game.rates[0], game.betas, game.eps);
  if (game.clip < Infinity) {
    for (let i = 0; i < d.parameters.length; i++) {
      d.parameters[i] = Math.min(Math.max(d.parameters[i], -game.clip), game.clip);
    }
  }
  generate(game, zG);
  forwardPass(d, 0, pair.pairs ? 2 * n : n);
  for (let i = 0; i < n; i++) {
    const [f, r] = [scores.before[i], scores.before[n + i]];
    game.gLoss += pair.g(r, f) / n;
    scores.delta[i] = pair.gFake(r, f) / n;
  }
  backwardPass(d, 0, n, false);
  ofG.fill(0);
  passToGenerator(game);
  adamStep(g, game.gMoments, game.rates[1], game.betas, game.eps);
}

/**
 * A whole game on given batches [real, z, zG]: of each step its losses and gradients, and the parameters in the end.
 * @param {GanConfig} config
 * @param {ArrayLike<number>[][]} batches
 */
export function trainOn(config, batches) {
  const game = gan(config);
  const steps = batches.map(([real, z, zG]) => {
    ganStep(game, real, z, zG);
    const { dLoss, penalty, gLoss, d, g } = game;
    return { dLoss, penalty, gLoss, dGradient: Array.from(d.gradient), gGradient: Array.from(g.gradient) };
  });
  return { steps, dParameters: Array.from(game.d.parameters), gParameters: Array.from(game.g.parameters) };
}
