// Moves that make a plan worse, or better, and keep its marginals.
import { exchanged, mostExchanged } from "./transport.js";

/** The first place of (nearly) the most but for one. @param {number[]} masses @param {number} without */
function largestBut(masses, without) {
  const most = Math.max(...masses.filter((_, i) => i !== without));
  return masses.findIndex((mass, i) => i !== without && mass >= most - 1e-9);
}

/**
 * The plan with more sent from i to l: a share of what the largest other mass of row i and the largest other mass of
 * column l can exchange.
 * @param {number[][]} plan
 * @param {number} i
 * @param {number} l
 * @param {number} share In [0, 1].
 */
export function sentAlong(plan, i, l, share) {
  const j = largestBut(plan[i], l);
  const k = largestBut(plan.map((row) => row[l]), i);
  return exchanged(plan, i, j, k, l, share * mostExchanged(plan, i, j, k, l));
}

/**
 * The plan after moves such as "0>3x0.5 2>1x1": half of the most from 0 to 3, then all that can go from 2 to 1.
 * @param {number[][]} plan
 * @param {string} moves What can't be read or leads out of the plan is left out.
 */
export function sentAlongAll(plan, moves) {
  for (const [, from, to, amount] of moves.matchAll(/(\d+)>(\d+)x([\d.]+)/g)) {
    const [i, l, share] = [from, to, amount].map(Number);
    if (i < plan.length && l < plan.length && share <= 1) plan = sentAlong(plan, i, l, share);
  }
  return plan;
}
