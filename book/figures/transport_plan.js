// Figure 3: what it costs to carry p to g, and what a critic gains who may not be steeper than 1.

import { normalised } from "./mathematics/divergences.js";
import { readTwoSamples, readTwoWeights, UNREAD } from "./mathematics/reading.js";
import { sentAlong, sentAlongAll } from "./mathematics/sending.js";
import {
  bestPotential, dualValue, independentPlan, monotonePlan, planCost, steepness, wasserstein1,
} from "./mathematics/transport.js";
import { written } from "./plot.js";

/** @typedef {import("./controls.js").State} State */

const MOST_BARS = 7;
const BARS = Array.from({ length: MOST_BARS }, (_, i) => i);
const FIRST_WEIGHTS = { p: [4, 3, 0, 0, 0, 2, 1], g: [0, 1, 2, 4, 3, 0, 0] };
const FIRST_SLOPES = [-1, -1, -1, 0, 1, 1];

/**
 * The points, and the masses of p and g on them, or what is wrong with each.
 * @param {State} state
 */
function massesOf(state) {
  if (state.source === "samples") {
    const { points, weights, faults } = readTwoSamples(state.samplesOfP, state.samplesOfG, MOST_BARS);
    return { points, weights, faults };
  }
  if (state.source === "masses") {
    const readings = readTwoWeights(state.weightsOfP, state.weightsOfG);
    const faults = readings.map(({ fault }) => fault);
    const count = readings[0].numbers.length;
    if (!faults.some(Boolean) && (count < 2 || count > MOST_BARS)) {
      faults[1] = `p and g have ${count} weights each. Type 2 to ${MOST_BARS}.`;
    }
    return { points: readings[0].numbers.map((_, i) => i), weights: readings.map(({ numbers }) => numbers), faults };
  }
  const weights = ["p", "g"].map((key) => BARS.map((i) => state[`${key}${i}`]));
  const faults = weights.map((bars) => (Math.max(...bars) > 0 ? "" : "All bars are 0. Raise one."));
  return { points: BARS, weights, faults };
}

/** @param {State} state */
const moveMasses = ({ hand }) => hand === "masses";
/** @param {State} state */
const movePlan = ({ hand }) => hand === "plan";
/** @param {State} state */
const moveCritic = ({ hand }) => hand === "critic";
/** @param {string} source @returns {import("./controls.js").When} */
const massesFrom = (source) => (state) => moveMasses(state) && state.source === source;

/** @type {import("./stage.js").View} */
export const transportPlan = {
  name: "transport-plan",
  controls: [
    {
      kind: "choice", key: "hand", label: "Move", start: "plan",
      options: { plan: "the plan", critic: "the critic", masses: "the masses" },
    },
    {
      kind: "choice", key: "plan", label: "Begin with", start: "best", when: movePlan,
      options: { best: "the best plan", independent: "a bit of each to each" },
    },
    { kind: "range", key: "from", label: "Send more from bar", min: 0, max: 6, step: 1, start: 1, when: movePlan },
    { kind: "range", key: "to", label: "to bar", min: 0, max: 6, step: 1, start: 4, when: movePlan },
    { kind: "range", key: "share", label: "share of what can go", min: 0, max: 1, step: 0.02, start: 0, when: movePlan },
    { kind: "text", key: "moves", label: "Earlier moves", start: "", when: () => false },
    { kind: "toggle", key: "best", label: "The best critic", start: true, when: moveCritic },
    { kind: "range", key: "level", label: "Level", min: -2, max: 2, step: 0.001, start: 0.5, when: () => false },
    ...FIRST_SLOPES.map((start, i) => /** @type {const} */ ({
      kind: "range", key: `slope${i}`, label: `Slope from bar ${i} to ${i + 1}`, min: -2, max: 2, step: 0.05, start,
      when: (/** @type {State} */ state) => moveCritic(state) && !state.best && i + 1 < massesOf(state).points.length,
    })),
    {
      kind: "choice", key: "source", label: "Masses", start: "bars", when: moveMasses,
      options: { bars: "seven bars", masses: "my own masses", samples: "my own samples" },
    },
    ...(/** @type {const} */ (["p", "g"])).flatMap((key) => FIRST_WEIGHTS[key].map((start, i) => /** @type {const} */ ({
      kind: "range", key: `${key}${i}`, label: `${key}, bar ${i}: weight`, min: 0, max: 10, step: 0.1, start,
      when: massesFrom("bars"),
    }))),
    ...[
      ["weightsOfP", "Weights of p on 0, 1, 2 ...", "1/2, 1/2, 0"], ["weightsOfG", "Weights of g", "1/3, 1/3, 1/3"],
      ["samplesOfP", "Samples of p", "0 1 3"], ["samplesOfG", "Samples of g", "8 5 6"],
    ].map(([key, label, start]) => /** @type {const} */ ({
      kind: "text", key, label, start, when: massesFrom(key[0] === "w" ? "masses" : "samples"),
    })),
  ],
  numbers: { cost: "the plan's cost", w1: "W₁", gain: "the critic's gain", steepest: "its steepest slope" },
  create(stage) {
    const histograms = ["p", "g"].map((key) => stage.plot({
      label: `The masses of ${key}.`, x: [-0.5, 6.5], y: [-0.1, 0.8], xLabel: key, height: 150,
    }));
    const matrix = stage.plot({
      label: "The plan: a row for each bar of p, a column for each of g.",
      x: [-1.6, 6.5], y: [-1.6, 6.5], xLabel: "to bar of g", yLabel: "from p", width: 330, height: 330,
    });
    const line = stage.plot({
      label: "The critic f at the points.", x: [-0.5, 6.5], y: [0, 6], xLabel: "x", yLabel: "f", width: 330, height: 330,
    });
    const meeting = stage.plot({
      label: "The plan's cost and the critic's gain as bars, and W1 between.",
      x: [0, 4], y: [0, 2], xLabel: "cost, gain", bare: true, height: 130,
    });
    meeting.svg.classList.add("wide");
    matrix.svg.classList.add("pressed");
    stage.button("Best plan", () => stage.set({ plan: "best", moves: "", share: 0 }));
    stage.button("Best critic", () => stage.set({ best: true }));

    let count = 0;
    let [points, critic, reach] = [BARS, BARS, BARS]; // as drawn last
    let span = 6;
    matrix.svg.addEventListener("click", (event) => {
      const [to, from] = matrix.at(event).map(Math.round);
      if (Math.min(from, to) < 0 || Math.max(from, to) >= count) return;
      const { from: i, to: j, share, moves } = stage.state;
      const again = i === from && j === to;
      const kept = !again && share > 0 ? `${moves}${i}>${j}x${share} ` : moves;
      stage.set({ hand: "plan", from, to, share: again && share > 0 ? 0 : 1, moves: kept });
    });

    /**
     * @param {number[]} x
     * @param {number[][]} masses
     * @param {State} state
     */
    function drawMasses(x, masses, state) {
      const thick = 0.6 * Math.min(...x.slice(1).map((at, i) => at - x[i]));
      for (const [n, key] of ["p", "g"].entries()) {
        const plot = histograms[n];
        plot.range(reach, [-0.1, 0.8]);
        plot.boxes(key, x.map((at, i) => [at - thick / 2, 0, thick, masses[n][i]]));
        for (const i of BARS) {
          const knob = plot.handle(`${key}${i}`, x[i] ?? 0, Math.min(0.8, masses[n][i] ?? 0), (_, height) => {
            const share = Math.max(0, Math.min(0.9, height));
            const others = BARS.reduce((sum, other) => sum + (other === i ? 0 : stage.state[`${key}${other}`]), 0);
            stage.set({ [`${key}${i}`]: (share / (1 - share)) * others });
          }, key);
          knob.toggleAttribute("hidden", state.source !== "bars");
        }
      }
    }

    /**
     * @param {number[][]} plan
     * @param {number[][]} masses
     * @param {number} from
     * @param {number} to
     */
    function drawPlan(plan, masses, from, to) {
      const end = Math.max(count, 5) - 0.5;
      matrix.range([-1.6, end], [-1.6, end]);
      const most = Math.max(...masses.flat());
      /** @param {string} name @param {number} x @param {number} y @param {number} mass @param {string} look */
      const cell = (name, x, y, mass, look) => {
        const box = mass > 1e-9 ? [[x - 0.46, y - 0.46, 0.92, 0.92]] : [];
        matrix.boxes(name, box, look).setAttribute("style", `opacity: ${(0.15 + (0.85 * mass) / most).toFixed(3)}`);
      };
      for (const i of BARS) {
        cell(`p${i}`, -1.1, i, masses[0][i] ?? 0, "p");
        cell(`g${i}`, i, -1.1, masses[1][i] ?? 0, "g");
        for (const j of BARS) {
          const mass = plan[i]?.[j] ?? 0;
          cell(`${i}>${j}`, j, i, mass, "m");
          matrix.write(`${i}>${j}`, j, i - 0.13, mass >= 0.005 ? mass.toFixed(2).replace("0.", ".") : "", "ink");
        }
      }
      const chosen = stage.state.hand === "plan" ? [[to - 0.5, from - 0.5, 1, 1]] : [];
      matrix.boxes("chosen", chosen, "ink outline");
    }

    /**
     * @param {number[]} x
     * @param {number[]} f
     * @param {number[]} breaks
     */
    function drawCritic(x, f, breaks) {
      const [low, high] = [-0.2 * span, 1.2 * span];
      line.range(reach, [low, high]);
      line.line("f", x, f, "d");
      line.strokes("breaks", breaks.map((i) => [x[i], f[i], x[i + 1] - x[i], f[i + 1] - f[i]]), "bad");
      for (const i of BARS) {
        const height = Math.max(low, Math.min(high, f[i] ?? 0));
        const knob = line.handle(`f${i}`, x[i] ?? 0, height, (_, asked) => bend(i, asked), "d");
        knob.toggleAttribute("hidden", i >= x.length);
      }
    }

    /**
     * Drags point i of the critic to a height.
     * @param {number} i
     * @param {number} asked
     */
    function bend(i, asked) {
      const bent = critic.map((height, k) => (k === i ? Math.max(0, Math.min(span, asked)) : height));
      const slopes = bent.slice(1).map((height, k) => [`slope${k}`, (height - bent[k]) / (points[k + 1] - points[k])]);
      stage.set({ ...Object.fromEntries(slopes), hand: "critic", best: false, level: bent[0] / span });
    }

    return (state) => {
      const { points: x, weights, faults } = massesOf(state);
      const [first, second] = state.source === "samples" ? ["samplesOfP", "samplesOfG"] : ["weightsOfP", "weightsOfG"];
      if (state.source !== "bars") [first, second].forEach((key, n) => stage.fault(key, faults[n]));
      const broken = faults.find(Boolean);
      stage.plots.classList.toggle("is-stale", broken !== undefined);
      if (broken !== undefined) {
        stage.show({});
        stage.say(state.source === "bars" ? broken : UNREAD);
        return;
      }
      count = x.length;
      span = x[count - 1] - x[0];
      reach = [x[0] - span / 12, x[count - 1] + span / 12];
      const [p, g] = weights.map(normalised);
      const [from, to] = [state.from, state.to].map((bar) => Math.min(bar, count - 1));
      const begun = (state.plan === "best" ? monotonePlan : independentPlan)(p, g);
      const plan = sentAlong(sentAlongAll(begun, state.moves), from, to, state.share);
      const f = state.best ? bestPotential(p, g, x) : [state.level * span];
      for (let i = f.length; i < count; i++) f.push(f[i - 1] + state[`slope${i - 1}`] * (x[i] - x[i - 1]));
      [points, critic] = [x, f];
      const { steepest, breaks } = steepness(f, x);
      drawMasses(x, [p, g], state);
      drawPlan(plan, [p, g], from, to);
      drawCritic(x, f, breaks);

      const [cost, w1, gain] = [planCost(plan, x), wasserstein1(p, g, x), dualValue(f, p, g)];
      const largest = Math.max(cost, gain, 1.2 * w1, 1e-9);
      const unit = 10 ** Math.floor(Math.log10(largest));
      meeting.range([0, Math.ceil((1.25 * largest) / unit) * unit], [0, 2]);
      meeting.boxes("cost", [[0, 1.1, cost, 0.7]], "m");
      const gained = [[0, 0.2, gain, 0.7]];
      meeting.boxes("gain", breaks.length ? [] : gained, "d");
      meeting.boxes("false gain", breaks.length ? gained : [], "bad");
      meeting.strokes("w1", [[w1, 0, 0, 2]], "ink dashed");
      meeting.write("cost", cost, 1.35, `\u00a0plan: ${written(cost)}`, "ink", "start");
      meeting.write("gain", Math.max(0, gain), 0.45, `\u00a0critic: ${written(gain)}`, "ink", "start");
      stage.show({ cost, w1, gain, steepest });
      stage.say(verdictOnTransport(cost, w1, gain, breaks));
    };
  },
};

/**
 * @param {number} cost
 * @param {number} w1
 * @param {number} gain
 * @param {number[]} breaks
 */
function verdictOnTransport(cost, w1, gain, breaks) {
  const [dear, poor] = [cost > w1 + 1e-9, gain < w1 - 1e-9];
  const red = breaks.map((i) => `${i} and ${i + 1}`).join(", ");
  if (!dear && !poor && !red) return `Both meet at W₁ = ${written(w1)}: no plan costs less, no allowed critic gains more.`;
  const plan = dear ? `The plan costs ${written(cost - w1)} more than the best.` : "The plan is a best one.";
  if (red) return `${plan} Between bars ${red} the critic is steeper than 1 (red): not allowed, its gain says nothing.`;
  return plan + (poor ? ` The critic gains ${written(w1 - gain)} less than the best.` : " The critic is a best one.");
}
