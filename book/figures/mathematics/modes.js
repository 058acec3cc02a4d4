// A ring of modes, and what samples score on it, as ganmath.gan.count_modes counts.

const GOOD_REACH = 3;
const FAIR_SHARE = 0.2;

/**
 * Points as x, y, x, y, ...
 * @typedef {{centers: ArrayLike<number>, sigma: number}} Ring
 */

/**
 * @param {number} modes
 * @param {number} radius
 * @param {number} sigma
 * @returns {Ring}
 */
export function ringOfModes(modes, radius, sigma) {
  const centers = [];
  for (let k = 0; k < modes; k++) {
    centers.push(radius * Math.cos((2 * Math.PI * k) / modes), radius * Math.sin((2 * Math.PI * k) / modes));
  }
  return { centers, sigma };
}

/**
 * Of n points: how many each mode got, how many of those are within 3 sigma of its center, how many modes got
 * at least a fifth of their fair share of such good ones, and the share of good ones; `perfect` is that of
 * the ring.
 * @param {Ring} ring
 * @param {ArrayLike<number>} points
 */
export function countModes({ centers, sigma }, points) {
  const [k, n] = [centers.length / 2, points.length / 2];
  const [all, good] = [0, 1].map(() => /** @type {number[]} */ (new Array(k).fill(0)));
  for (let i = 0; i < n; i++) {
    let [nearest, least] = [0, Infinity];
    for (let mode = 0; mode < k; mode++) {
      const [x, y] = [points[2 * i] - centers[2 * mode], points[2 * i + 1] - centers[2 * mode + 1]];
      const distance = Math.hypot(x, y);
      if (distance < least) [nearest, least] = [mode, distance];
    }
    if (least === Infinity) throw new Error("samples that are infinite or NaN belong to no mode");
    all[nearest] += 1;
    if (least <= GOOD_REACH * sigma) good[nearest] += 1;
  }
  const perfect = -Math.expm1((-GOOD_REACH * GOOD_REACH) / 2);
  const covered = good.filter((count) => count >= (FAIR_SHARE * perfect * n) / k).length;
  return { all, good, covered, highQuality: good.reduce((sum, count) => sum + count, 0) / n, perfect };
}
