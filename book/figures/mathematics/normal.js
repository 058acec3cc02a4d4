// The normal distribution N(0, 1).

/** phi(z). @param {number} z */
export const normalPdf = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** P(Z <= z) = 1/2 + phi(z)(z + z^3/3 + z^5/(3 5) + ...) (Marsaglia 2004), to 1e-16. @param {number} z */
export function normalCdf(z) {
  if (Math.abs(z) > 8.5) return z > 0 ? 1 : 0;
  let [term, total] = [z, z];
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(total); k += 2) total += term *= (z * z) / k;
  return 0.5 + total * normalPdf(z);
}
