// Figure 1: two distributions, what tells them apart, what D* answers, and what a generator learns.

import {
  bhattacharyyaCoefficient, hellinger, js, jsTerm, kl, normalised, optimalDiscriminator, optimalValue, totalVariation,
  value,
} from "./mathematics/divergences.js";
import {
  bhattacharyyaOfGaussians,
  hellingerOfGaussians,
  jsOfGaussians,
  klOfGaussians,
  optimalDiscriminatorOfGaussians,
  pdf,
  totalVariationOfGaussians,
  wasserstein1OfGaussians,
  wasserstein2OfGaussians,
} from "./mathematics/gaussians.js";
import { expectedGradients, nonSaturatingGradient, saturatingGradient, wganGradient } from "./mathematics/gradients.js";
import { readTwoWeights, UNREAD } from "./mathematics/reading.js";
import { wasserstein1, wasserstein2 } from "./mathematics/transport.js";
import { written } from "./plot.js";

/** @typedef {import("./controls.js").State} State */
/** @typedef {import("./mathematics/gaussians.js").Gaussian} Gaussian */

const ALONG = Array.from({ length: 321 }, (_, i) => i / 16 - 10);
const CHOICES = Array.from({ length: 201 }, (_, i) => i / 200);
const SQRT_2_PI = Math.sqrt(2 * Math.PI);
const SCALES = [1, 2, 5, 10, 20, 50, 100, 200];
const LOSSES = /** @type {const} */ ([
  ["saturating", saturatingGradient, "g dashed"],
  ["nonSaturating", nonSaturatingGradient, "m"],
  ["wgan", wganGradient, "d"],
]);
/** @param {State} state */
const areBells = ({ masses }) => !masses;
/** @param {State} state */
const areMasses = ({ masses }) => masses;
/** @param {string} key @param {string} label @param {number} start */
const meanOf = (key, label, start) => (/** @type {const} */ ({
  kind: "range", key, label: `${label}: mean`, min: -8, max: 8, step: 0.05, start, when: areBells,
}));
/** @param {string} key @param {string} label */
const widthOf = (key, label) => (/** @type {const} */ ({
  kind: "range", key, label: `${label}: width`, min: 0.5, max: 4, step: 0.05, start: 1, when: areBells,
}));

/** @type {import("./stage.js").View} */
export const twoDistributions = {
  name: "two-distributions",
  controls: [
    { kind: "toggle", key: "masses", label: "My own masses instead of bells", start: false },
    {
      kind: "choice", key: "panel", label: "Beside them", start: "js",
      options: { js: "where JS comes from", d: "D*", gradients: "gradients at a sample" }, when: areBells,
    },
    meanOf("a", "p", -4), widthOf("s", "p"), meanOf("b", "g", 4), widthOf("t", "g"),
    {
      kind: "range", key: "x", label: "x, a point to answer at", min: -8, max: 8, step: 0.05, start: 0.5,
      when: ({ masses, panel }) => !masses && panel === "d",
    },
    { kind: "text", key: "p", label: "Weights of p: numbers or fractions, one for each outcome", start: "1/2, 1/4, 1/4, 0", when: areMasses },
    { kind: "text", key: "g", label: "Weights of g", start: "1/4, 1/4, 1/4, 1/4", when: areMasses },
  ],
  numbers: {
    klpg: "KL(p ‖ g), nats",
    klgp: "KL(g ‖ p)",
    js: "JS, at most 0.6931",
    best: "V(D*) = 2 JS − log 4",
    bc: "BC",
    h: "Hellinger, √(1 − BC)",
    tv: "TV",
    w1: "W₁",
    w2: "W₂",
    answer: "D*(x)",
    worth: "what it is worth",
    saturating: "mean gradient, saturating",
    nonSaturating: "non-saturating",
    wgan: "WGAN",
  },
  create(stage) {
    const x = [ALONG[0], ALONG[ALONG.length - 1]];
    const above = stage.plot({ label: "The densities p and g and their mixture m.", x, y: [0, 0.85], xLabel: "x" });
    const below = {
      js: stage.plot({
        label: "The integrand of JS and its ceiling, m log 2.",
        x, y: [0, 0.4], xLabel: "x: the area is JS",
      }),
      d: stage.plot({ label: "D*, the best discriminator.", x, y: [-0.05, 1.05], xLabel: "x", yLabel: "D*(x)" }),
      gradients: stage.plot({
        label: "The gradient of three losses at a sample x.",
        x, y: [-1, 1], xLabel: "x: a sample moves against its gradient",
      }),
    };
    const worth = stage.plot({
      label: "What each answer y is worth at the point x: a concave curve with its peak at D*.",
      x: [0, 1], y: [-3, 0.4], xLabel: "answer y at x: (p log y + g log(1 − y)) / (p + g)", height: 170,
    });
    worth.svg.classList.add("wide");
    const y = [-0.05, 1.05];
    const bars = stage.plot({ label: "The masses p and g of each outcome.", x, y, xLabel: "outcome" });
    const answers = stage.plot({ label: "D* at each outcome.", x, y, xLabel: "outcome", yLabel: "D*" });

    /**
     * @param {Gaussian} p
     * @param {Gaussian} g
     * @param {"js" | "d" | "gradients"} panel
     * @param {number} point
     */
    function drawBells(p, g, panel, point) {
      const [ps, gs] = [p, g].map((bell) => ALONG.map((at) => pdf(at, bell)));
      const ms = ps.map((height, i) => (height + gs[i]) / 2);
      above.line("m", ALONG, ms, "m dashed");
      for (const [key, bell, ys, mean, width] of /** @type {const} */ ([["p", p, ps, "a", "s"], ["g", g, gs, "b", "t"]])) {
        above.fill(key, ALONG, ys);
        above.line(key, ALONG, ys);
        const peak = 1 / (bell.std * SQRT_2_PI);
        above.write(key, bell.mean + 0.5, peak + 0.02, key, key, "start");
        above.handle(key, bell.mean, peak, (at, height) => {
          stage.set({ [mean]: at, [width]: 1 / (Math.max(height, 0.01) * SQRT_2_PI) });
        });
      }
      const drawn = below[panel];
      if (panel === "js") {
        const top = Math.max(...ms) * Math.LN2;
        drawn.range(x, [0, /** @type {number} */ ([0.1, 0.2, 0.4, 0.6].find((limit) => limit > top))]);
        const terms = ps.map((height, i) => jsTerm(height, gs[i]));
        drawn.fill("terms", ALONG, terms, "m");
        drawn.line("terms", ALONG, terms, "m");
        drawn.line("ceiling", ALONG, ms.map((height) => height * Math.LN2), "ink thin dashed");
      } else if (panel === "d") {
        drawn.line("half", x, [0.5, 0.5], "quiet thin dashed");
        drawn.line("d", ALONG, ALONG.map((at) => optimalDiscriminatorOfGaussians(at, p, g)));
        const best = optimalDiscriminatorOfGaussians(point, p, g);
        drawn.handle("d", point, best, (at) => stage.set({ x: at }));
        for (const [look, real, generated] of /** @type {[string, number, number][]} */ ([
          ["p thin", best, 0], ["g thin", 0, 1 - best], ["ink", best, 1 - best],
        ])) {
          worth.line(look, CHOICES, CHOICES.map((answer) => worthOf(answer, real, generated)), look);
        }
        worth.dots("d", [best], [worthOf(best, best, 1 - best)], 5);
      } else {
        const near = [-2, 2].map((z) => nonSaturatingGradient(g.mean + z * g.std, p, g));
        const [low, high] = [Math.min(...near), Math.max(...near)];
        const limit = /** @type {number} */ (SCALES.find((scale) => scale > 1.1 * Math.max(-low, high, 0.9)));
        drawn.range(x, [low < 0 ? -limit : -limit / 8, high > 0 ? limit : limit / 8]);
        drawn.fill("samples", ALONG, gs.map((height) => height * drawn.y[1]), "g");
        for (const [name, gradient, look] of LOSSES) drawn.line(name, ALONG, ALONG.map((at) => gradient(at, p, g)), look);
      }
    }

    /**
     * @param {number[]} p
     * @param {number[]} g
     */
    function drawMasses(p, g) {
      const count = Math.max(p.length, g.length);
      const span = [Math.min(-0.5, (count - 4) / 2), Math.max(count - 0.5, (count + 2) / 2)];
      bars.range(span, y);
      answers.range(span, y);
      bars.boxes("p", p.map((mass, i) => [i - 0.4, 0, 0.38, mass]));
      bars.boxes("g", g.map((mass, i) => [i + 0.02, 0, 0.38, mass]));
      const best = p.length === g.length ? optimalDiscriminator(p, g) : [];
      const seen = best.flatMap((answer, i) => (Number.isNaN(answer) ? [] : [i]));
      answers.line("half", span, [0.5, 0.5], "quiet thin dashed");
      answers.dots("d", seen, seen.map((i) => best[i]), 5);
    }

    return ({ masses, panel, a, s, b, t, x: point, p: typedP, g: typedG }) => {
      above.show(!masses);
      for (const [name, plot] of Object.entries(below)) plot.show(!masses && name === panel);
      worth.show(!masses && panel === "d");
      bars.show(masses);
      answers.show(masses);
      if (masses) {
        const readings = readTwoWeights(typedP, typedG);
        stage.fault("p", readings[0].fault);
        stage.fault("g", readings[1].fault);
        const broken = readings.some(({ fault }) => fault);
        const [p, g] = readings.map(({ numbers, fault }) => (fault ? [] : normalised(numbers)));
        drawMasses(p, g);
        stage.show(broken ? {} : numbersOfMasses(p, g));
        stage.say(broken ? UNREAD : verdictOnMasses(p, g));
      } else {
        const [p, g] = [{ mean: a, std: s }, { mean: b, std: t }];
        drawBells(p, g, panel, point);
        const answer = optimalDiscriminatorOfGaussians(point, p, g);
        /** @type {Record<string, number>} */
        const shown = numbersOfBells(p, g);
        if (panel === "d") Object.assign(shown, { answer, worth: worthOf(answer, answer, 1 - answer) });
        if (panel === "gradients") Object.assign(shown, meanGradients(p, g));
        stage.show(shown);
        stage.say(VERDICTS[/** @type {"js" | "d" | "gradients"} */ (panel)](shown, p, g));
      }
    };
  },
};

/**
 * What an answer is worth where the share p of the samples is real and the share g generated.
 * @param {number} answer
 * @param {number} p
 * @param {number} g
 */
const worthOf = (answer, p, g) => value([answer], [p], [g]);

/**
 * @param {number[]} p
 * @param {number[]} g
 */
function numbersOfMasses(p, g) {
  const found = js(p, g);
  return {
    klpg: kl(p, g), klgp: kl(g, p), js: found, best: optimalValue(found), bc: bhattacharyyaCoefficient(p, g),
    h: hellinger(p, g), tv: totalVariation(p, g), w1: wasserstein1(p, g), w2: wasserstein2(p, g),
  };
}

/**
 * @param {Gaussian} p
 * @param {Gaussian} g
 */
function numbersOfBells(p, g) {
  const found = jsOfGaussians(p, g);
  return {
    klpg: klOfGaussians(p, g), klgp: klOfGaussians(g, p), js: found, best: optimalValue(found),
    bc: bhattacharyyaOfGaussians(p, g), h: hellingerOfGaussians(p, g),
    tv: totalVariationOfGaussians(p, g), w1: wasserstein1OfGaussians(p, g), w2: wasserstein2OfGaussians(p, g),
  };
}

/**
 * @param {Gaussian} p
 * @param {Gaussian} g
 */
function meanGradients(p, g) {
  const { saturating, nonSaturating, wgan } = expectedGradients(p, g);
  return { saturating: saturating.mean, nonSaturating: nonSaturating.mean, wgan: wgan.mean };
}

/** @type {Record<"js" | "d" | "gradients", (shown: Record<string, any>, p: Gaussian, g: Gaussian) => string>} */
const VERDICTS = {
  js({ js: found, w1 }) {
    if (found < 1e-12) return "p = g: all divergences are 0.";
    const digits = Math.floor(-Math.log10(Math.max(1e-15, 1 - found / Math.LN2)));
    if (digits < 2) return `Where p and g overlap, JS stays below its ceiling (dashed): ${written(found)}, not log 2.`;
    return `JS is log 2 to ${digits} digits: it fills its ceiling (dashed), near or far. W₁ tells the distance, ${written(w1)}.`;
  },
  d(_, p, g) {
    const [real, generated] = [p, g].map(({ mean }) => written(optimalDiscriminatorOfGaussians(mean, p, g)));
    return `D* says how likely a sample is real: ${real} at p's centre, ${generated} at g's, 1/2 where p = g.`;
  },
  gradients({ saturating, nonSaturating, wgan }) {
    const means = [saturating, nonSaturating, wgan].map(written);
    return `Mean over g (pale): saturating (dashed) ${means[0]}, non-saturating (purple) ${means[1]}, WGAN (green) ${means[2]}.`;
  },
};

/**
 * @param {number[]} p
 * @param {number[]} g
 */
function verdictOnMasses(p, g) {
  const reasons = /** @type {const} */ ([["p", "g", p, g], ["g", "p", g, p]]).flatMap(([one, other, of, against]) => {
    const at = of.findIndex((mass, i) => mass > 0 && against[i] === 0);
    return at < 0 ? [] : [`KL(${one} ‖ ${other}) = ∞: outcome ${at} has mass under ${one} and none under ${other}.`];
  });
  return reasons.join(" ") || "Each outcome with mass under one has mass under the other, so both KL are finite.";
}
