// Figure 2: the Dirac-GAN. Its field and a walk; beside them what a step multiplies a small distance by.

import {
  diracField,
  diracLargestStep,
  diracMultipliers,
  diracSettles,
  diracSpectrum,
  diracTrajectory,
} from "./mathematics/dirac.js";

const METHODS = {
  gan: "GAN (saturating)",
  nonSaturating: "non-saturating",
  wgan: "WGAN, clipped",
  wganGp: "WGAN-GP",
  r1: "R1",
  instanceNoise: "instance noise",
};
const REACH = 2.5;
const CIRCLE = Array.from({ length: 101 }, (_, i) => (2 * Math.PI * i) / 100);
const GRID = Array.from({ length: 11 }, (_, i) => (i / 5 - 1) * 0.9 * REACH);
const STRENGTHENED = ["wganGp", "r1", "instanceNoise"];

/** @type {import("./stage.js").View} */
export const diracGan = {
  name: "dirac-gan",
  controls: [
    { kind: "choice", key: "method", label: "Game", options: METHODS, start: "gan" },
    { kind: "toggle", key: "alternating", label: "In turns, the generator first", start: false },
    { kind: "range", key: "h", label: "Step size h", min: 0.02, max: 2, step: 0.02, start: 0.6 },
    {
      kind: "range", key: "strength", label: "γ, or the noise's variance", min: 0, max: 2, step: 0.02, start: 0.5,
      when: ({ method }) => STRENGTHENED.includes(method),
    },
    {
      kind: "range", key: "clip", label: "ψ is clipped at", min: 0.1, max: 2.5, step: 0.1, start: 2.5,
      when: ({ method }) => method === "wgan",
    },
    { kind: "range", key: "steps", label: "Steps", min: 1, max: 200, step: 1, start: 24 },
    { kind: "range", key: "theta", label: "Start at θ", min: -2, max: 2, step: 0.05, start: 1 },
    { kind: "range", key: "psi", label: "Start at ψ", min: -2, max: 2, step: 0.05, start: 0 },
  ],
  numbers: {
    theta: "θ at the end",
    psi: "ψ at the end",
    distance: "distance from (0, 0)",
    real: "λ, real part",
    imaginary: "λ, imaginary part",
    modulus: "largest |μ|",
    largest: "steps settle up to h =",
  },
  create(stage) {
    const plane = stage.plot({
      label: "The plane of θ, the generator, and ψ, the discriminator: the field, and a walk from the knob.",
      x: [-REACH, REACH], y: [-REACH, REACH], xLabel: "θ, the generator", yLabel: "ψ", width: 330, height: 330,
    });
    const circle = stage.plot({
      label: "The complex plane: the unit circle, and the two multipliers of a step.",
      x: [-1.6, 1.6], y: [-1.6, 1.6], xLabel: "real part of μ", yLabel: "imaginary", width: 330, height: 330,
    });
    circle.line("unit", CIRCLE.map(Math.cos), CIRCLE.map(Math.sin), "quiet thin");

    return ({ method, alternating, h, strength: asked, clip: limit, steps, theta, psi }) => {
      const strength = STRENGTHENED.includes(method) ? asked : 0;
      const clip = method === "wgan" ? limit : Infinity;
      const arrows = GRID.flatMap((x) => GRID.map((y) => {
        const [u, v] = diracField(method, x, y, strength);
        const scale = 0.32 / Math.max(0.6, Math.hypot(u, v));
        return [x, y, u * scale, v * scale];
      }));
      plane.strokes("field", arrows, "quiet thin faint");
      plane.dots("tails", arrows.map(([x]) => x), arrows.map(([, y]) => y), 1.3, "quiet faint");

      const game = { method, h, strength, alternating, clip };
      const other = { ...game, alternating: !alternating };
      for (const [name, played, look] of /** @type {const} */ ([["other", other, "p"], ["walk", game, "g"]])) {
        const points = diracTrajectory(played, theta, psi, steps);
        const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
        plane.line(name, xs, ys, `${look} thin${name === "other" ? " dashed" : ""}`);
        if (name === "walk") plane.dots("points", xs, ys, 2.5, "g");
      }
      plane.dots("equilibrium", [0], [0], 4, "m");
      plane.handle("start", theta, psi, (x, y) => stage.set({ theta: x, psi: y }), "ink");

      const multipliers = diracMultipliers(game);
      const others = diracMultipliers(other);
      circle.dots("others", others.map(([re]) => re), others.map(([, im]) => im), 5, "p faint");
      circle.dots("multipliers", multipliers.map(([re]) => re), multipliers.map(([, im]) => im), 5, "g");

      const [endTheta, endPsi] = diracTrajectory(game, theta, psi, steps)[steps];
      const [real, imaginary] = diracSpectrum(method, strength)[0];
      const modulus = Math.max(...multipliers.map(([re, im]) => Math.hypot(re, im)));
      const distance = Math.hypot(endTheta, endPsi);
      const largest = diracLargestStep(method, strength, alternating);
      stage.show({ theta: endTheta, psi: endPsi, distance, real, imaginary, modulus, largest });
      stage.say(`${alternating ? "In turns" : "At once"}: ${verdict(modulus, diracSettles(game))} (Dashed and pale: ${
        alternating ? "at once" : "in turns"
      }.)`);
    };
  },
};

/**
 * @param {number} modulus
 * @param {boolean} settles
 */
function verdict(modulus, settles) {
  if (Number.isNaN(modulus)) return "the field jumps at (0, 0), so there is no multiplier; the walk circles a cycle.";
  if (settles) return "both multipliers lie inside the unit circle. From nearby the steps settle at (0, 0).";
  if (modulus > 1 + 1e-12) return "a multiplier lies outside the unit circle. The steps are driven away from (0, 0).";
  return "the multipliers lie on the unit circle. Near (0, 0) the steps neither come nor go.";
}
