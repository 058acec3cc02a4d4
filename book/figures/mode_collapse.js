// Figure 5: two recorded runs on a ring of modes, to be scrubbed: points, D, and how many modes are covered.

import { countModes, ringOfModes } from "./mathematics/modes.js";
import { written } from "./plot.js";

// As ganmath's DATA["ring"].
const FILM_RING = ringOfModes(8, 2, 0.05);
const FILM_LAST = 25;
const FILM_TURN = Array.from({ length: 25 }, (_, i) => (2 * Math.PI * i) / 24);
const FILM_LOOKS = ["g", "m"];

/**
 * @typedef {{name: string, points: string[], d: string[]}} FilmedRun of each frame x, y, ... in base 36, D's digits
 * @typedef {{every: number, half: number, grid: number, runs: FilmedRun[]}} Film by ganmath.experiments.ring_film
 */

/**
 * The points of a frame, as ganmath.experiments.ring_film.points_of reads them.
 * @param {string} text
 * @param {number} half
 */
function filmedPoints(text, half) {
  return Array.from({ length: text.length / 2 }, (_, i) => (
    ((parseInt(text.slice(2 * i, 2 * i + 2), 36) / (36 ** 2 - 1)) * 2 - 1) * half
  ));
}

/** @type {import("./stage.js").View} */
export const modeCollapse = {
  name: "mode-collapse",
  controls: [
    { kind: "range", key: "frame", label: "Frame", min: 0, max: FILM_LAST, step: 1, start: FILM_LAST },
  ],
  numbers: {
    step: "step",
    leftModes: "minimax: modes of 8",
    leftGood: "minimax: good samples",
    rightModes: "RpGAN: modes of 8",
    rightGood: "RpGAN: good samples",
  },
  create(stage) {
    /** @type {Film} */
    const { every, half, grid, runs } = JSON.parse(stage.root.querySelector("script")?.textContent ?? "");
    const frames = runs.map(({ points }) => points.map((text) => filmedPoints(text, half)));
    const counts = frames.map((of) => of.map((points) => countModes(FILM_RING, points)));
    const steps = frames[0].map((_, i) => every * i);
    const planes = runs.map(({ name }, run) => {
      const plane = stage.plot({
        label: `${run ? "Right" : "Left"}, ${name}: generated points among the eight modes; the darker, the larger D.`,
        x: [-half, half], y: [-half, half], width: 330, height: 330,
      });
      for (let level = 1; level < 10; level++) {
        /** @type {SVGElement} */ (plane.mark(`d${level}`, "path", "dots d")).style.opacity = String(level / 25);
      }
      for (let k = 0; k < FILM_RING.centers.length; k += 2) {
        const [x, y] = [FILM_RING.centers[k], FILM_RING.centers[k + 1]];
        const reach = 3 * FILM_RING.sigma;
        const ys = FILM_TURN.map((turn) => y + reach * Math.sin(turn));
        plane.line(`mode${k}`, FILM_TURN.map((turn) => x + reach * Math.cos(turn)), ys, "p thin");
      }
      plane.write("name", 0, half - 0.3, name, FILM_LOOKS[run]);
      return plane;
    });
    const meter = stage.plot({
      label: "Modes covered by each run over the steps.",
      x: [0, every * FILM_LAST], y: [-0.5, 8.5], xLabel: "step", yLabel: "modes covered", height: 220,
    });
    stage.plots.append(stage.numbers);
    counts.forEach((of, run) => meter.line(FILM_LOOKS[run], steps, of.map(({ covered }) => covered)));

    stage.player("frame", 250);

    return ({ frame }) => {
      planes.forEach((plane, run) => {
        const [width, height] = [plane.width / (grid - 1), plane.height / (grid - 1)];
        const boxes = new Array(10).fill("");
        [...runs[run].d[frame]].forEach((level, i) => {
          const [left, top] = [((i % grid) - 0.5) * width, plane.height - (Math.floor(i / grid) + 0.5) * height];
          boxes[+level] += `M${left.toFixed(1)} ${top.toFixed(1)}h${width}v${height}h${-width}Z`;
        });
        boxes.forEach((path, level) => level && plane.mark(`d${level}`, "path", "").setAttribute("d", path));
        const points = frames[run][frame];
        plane.dots("points", points.filter((_, i) => i % 2 === 0), points.filter((_, i) => i % 2), 2, "g");
      });
      const [left, right] = counts.map((of) => of[frame]);
      const step = steps[frame];
      meter.line("now", [step, step], [-0.5, 8.5], "quiet thin");
      meter.handle("now", step, 0, (x) => stage.set({ frame: x / every }), "ink");
      stage.show({
        step,
        leftModes: left.covered,
        leftGood: left.highQuality,
        rightModes: right.covered,
        rightGood: right.highQuality,
      });
      const missing = 8 - left.covered;
      stage.say(
        left.highQuality > 0.5
          ? `Minimax: ${written(100 * left.highQuality)} % of the samples are good, and ${missing} modes are missing.`
          : `Few of the minimax samples are good yet; ${missing} of 8 modes are missing.`,
      );
    };
  },
};
