// Sums that keep their digits.

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
