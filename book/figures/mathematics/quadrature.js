// Gauss and Legendre's rule.

const LEGENDRE_ORDER = 32;

/** [node, weight] on [0, 1]: the roots of the Legendre polynomial, by Newton's method. */
const LEGENDRE = Array.from({ length: LEGENDRE_ORDER }, (_, i) => {
  let [x, slope] = [Math.cos((Math.PI * (i + 0.75)) / (LEGENDRE_ORDER + 0.5)), 1];
  for (let round = 0; round < 6; round++) {
    let [before, now] = [1, x];
    for (let k = 2; k <= LEGENDRE_ORDER; k++) {
      [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
    }
    slope = (LEGENDRE_ORDER * (before - x * now)) / (1 - x * x);
    x -= now / slope;
  }
  return [(1 - x) / 2, 1 / ((1 - x * x) * slope * slope)];
});

/**
 * [x, weight] on all panels between neighbouring ends, which ascend.
 * @param {number[]} ends
 */
export const panelNodes = (ends) =>
  ends.slice(1).flatMap((end, i) => {
    const width = end - ends[i];
    return LEGENDRE.map(([t, w]) => [ends[i] + width * t, width * w]);
  });
