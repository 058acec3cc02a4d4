// Sums and logarithms that keep their digits.

/**
 * The sum of the terms by Neumaier's compensation: its error doesn't grow with their number.
 * @param {ArrayLike<number>} terms
 */
export function sum(terms) {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < terms.length; i++) {
    const next = total + terms[i];
    lost += Math.abs(total) >= Math.abs(terms[i]) ? total - next + terms[i] : terms[i] - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

/**
 * a log(a / b), with 0 log 0 = 0, and infinite where b = 0 < a.
 * @param {number} a
 * @param {number} b
 */
export function relativeEntropyTerm(a, b) {
  if (a === 0) return 0;
  if (b === 0) return Infinity;
  return a * (Math.log(a) - Math.log(b));
}
