// Transport on the line, from masses p at ascending points x to masses g, of the same sum, at points y.
import { sum } from "./summing.js";

/** 0, 1, ..., n - 1: where points aren't given. @param {number[]} masses */
const defaultPoints = (masses) => masses.map((_, i) => i);

/** Running sums, each as two floats: W2 shows the root of a digit lost here. @param {number[]} masses */
function runningLevels(masses) {
  let [high, low] = [0, 0];
  return masses.map((m) => {
    const next = high + m;
    low += high >= m ? high - next + m : m - next + high;
    high = next;
    return [high, low];
  });
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
const levelGap = (a, b) => a[0] - b[0] + (a[1] - b[1]);

/**
 * The running sums of both, the first as shares of the second's total: they may differ by rounding.
 * @param {number[]} p
 * @param {number[]} g
 */
function bothLevels(p, g) {
  const [F, G] = [runningLevels(p), runningLevels(g)];
  const [whole, other] = [F[p.length - 1], G[g.length - 1]];
  const more = levelGap(other, whole) / whole[0];
  return [F.map(([high, low]) => [high, low + high * more]), G];
}

/**
 * The best plan, which joins equal quantiles, as [i, j, mass] down its staircase.
 * @param {number[]} p
 * @param {number[]} g
 */
function staircase(p, g) {
  const [F, G] = bothLevels(p, g);
  const steps = /** @type {number[][]} */ ([]);
  let level = [0, 0];
  for (let i = 0, j = 0; i < p.length && j < g.length; ) {
    const ahead = levelGap(F[i], G[j]);
    const next = ahead <= 0 ? F[i] : G[j];
    const mass = levelGap(next, level);
    if (mass > 0) steps.push([i, j, mass]);
    level = next;
    if (ahead <= 0) i++;
    else j++;
  }
  return steps;
}

/**
 * W_r, whose r-th power is the least mean of |x - y|^r over all plans.
 * @param {number} order
 * @param {number[]} p
 * @param {number[]} g
 */
export function wasserstein(order, p, g, x = defaultPoints(p), y = x) {
  const steps = staircase(p, g);
  const cost = sum(steps.map(([i, j, mass]) => mass * Math.abs(x[i] - y[j]) ** order));
  return (cost / sum(steps.map(([, , mass]) => mass))) ** (1 / order);
}

/**
 * @param {number[]} p
 * @param {number[]} g
 */
export const wasserstein1 = (p, g, x = defaultPoints(p), y = x) => wasserstein(1, p, g, x, y);

/**
 * @param {number[]} p
 * @param {number[]} g
 */
export const wasserstein2 = (p, g, x = defaultPoints(p), y = x) => wasserstein(2, p, g, x, y);

/**
 * The best plan as a matrix: row i says where p_i goes.
 * @param {number[]} p
 * @param {number[]} g
 */
export function monotonePlan(p, g) {
  const plan = p.map(() => g.map(() => 0));
  for (const [i, j, mass] of staircase(p, g)) plan[i][j] = mass;
  return plan;
}

/**
 * The plan that sends every mass everywhere, in the shares of g.
 * @param {number[]} p
 * @param {number[]} g
 */
export const independentPlan = (p, g) => p.map((a) => g.map((b) => a * b));

/** sum plan_ij |x_i - y_j|: at least W1, which the best plan attains. @param {number[][]} plan */
export const planCost = (plan, x = defaultPoints(plan[0]), y = x) =>
  sum(plan.flatMap((row, i) => row.map((mass, j) => mass * Math.abs(x[i] - y[j]))));

/**
 * The most mass that `exchanged` moves.
 * @param {number[][]} plan
 * @param {number} i
 * @param {number} j
 * @param {number} k
 * @param {number} l
 */
export const mostExchanged = (plan, i, j, k, l) =>
  i === k || j === l ? 0 : Math.min(plan[i][j], plan[k][l]);

/**
 * The plan with a mass of i -> j and k -> l sent as i -> l and k -> j instead, so that the marginals stay.
 * @param {number[][]} plan
 * @param {number} i
 * @param {number} j
 * @param {number} k
 * @param {number} l
 * @param {number} mass
 */
export function exchanged(plan, i, j, k, l, mass) {
  const most = mostExchanged(plan, i, j, k, l);
  if (!(mass >= 0 && mass <= most)) {
    throw new RangeError(`mass ${mass} of ${i} -> ${j} and ${k} -> ${l}: give one from 0 to ${most}`);
  }
  const changed = plan.map((row) => [...row]);
  changed[i][j] -= mass;
  changed[k][l] -= mass;
  changed[i][l] += mass;
  changed[k][j] += mass;
  return changed;
}

/**
 * The best critic at the points, 0 at its least: its slope is the sign of G - F, 0 where they are equal.
 * @param {number[]} p
 * @param {number[]} g
 */
export function bestPotential(p, g, x = defaultPoints(p)) {
  const [F, G] = bothLevels(p, g);
  const f = [0];
  for (let i = 1; i < x.length; i++) {
    const ahead = levelGap(F[i - 1], G[i - 1]);
    f.push(f[i - 1] - (Math.abs(ahead) < 1e-15 ? 0 : Math.sign(ahead)) * (x[i] - x[i - 1]));
  }
  const least = Math.min(...f);
  return f.map((height) => height - least);
}

/**
 * sum f (p - g): for a 1-Lipschitz f at most W1, which the best one attains.
 * @param {number[]} f
 * @param {number[]} p
 * @param {number[]} g
 */
export const dualValue = (f, p, g) => sum(f.map((height, i) => height * (p[i] - g[i])));

/** The steepest slope of f, and each i from which to the next point it is above 1. @param {number[]} f */
export function steepness(f, x = defaultPoints(f)) {
  const slopes = f.slice(1).map((height, i) => Math.abs(height - f[i]) / (x[i + 1] - x[i]));
  const breaks = slopes.flatMap((slope, i) => (slope > 1 + 1e-12 ? i : []));
  return { steepest: Math.max(0, ...slopes), breaks };
}
