// Numbers that a reader typed: "1, 2, 1/3". A fault says what is wrong, where, and what to type instead.

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const MOST_TYPED = 40;
export const UNREAD = "A list can't be read yet; the reason stands below it.";

/** @typedef {{numbers: number[], fault: string}} Reading */

/**
 * Numbers and fractions, separated by commas, semicolons, spaces or new lines.
 * @param {string} text
 * @param {string} what Whose they are, for the fault.
 * @returns {Reading}
 */
export function readNumbers(text, what) {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  if (!words.length) return { numbers: [], fault: `${what} has no numbers. Type some, such as 1, 2, 1/3.` };
  if (words.length > MOST_TYPED) {
    return { numbers: [], fault: `${what} has ${words.length} numbers. Type at most ${MOST_TYPED}.` };
  }
  const numbers = [];
  for (const [i, word] of words.entries()) {
    const parts = word.replace("−", "-").split("/");
    const where = `${what}, place ${i + 1}: “${word.slice(0, 20)}”`;
    if (parts.length > 2 || !parts.every((part) => NUMBER.test(part))) {
      return { numbers, fault: `${where} is not a number. Type one such as 0.25 or 1/3.` };
    }
    const number = Number(parts[0]) / Number(parts[1] ?? 1);
    if (!Number.isFinite(number)) return { numbers, fault: `${where} is not finite. Type a smaller number.` };
    numbers.push(number);
  }
  return { numbers, fault: "" };
}

/**
 * Numbers >= 0, not all of them 0.
 * @param {string} text
 * @param {string} what
 * @returns {Reading}
 */
export function readWeights(text, what) {
  const { numbers, fault } = readNumbers(text, what);
  if (fault) return { numbers, fault };
  const place = numbers.findIndex((weight) => weight < 0);
  if (place >= 0) return { numbers, fault: `${what}, place ${place + 1}: ${numbers[place]} is negative. Type 0 or more.` };
  if (Math.max(...numbers) === 0) return { numbers, fault: `${what} has no weight above 0. Type at least one.` };
  return { numbers, fault: "" };
}

/**
 * Weights for the same outcomes.
 * @param {string} p
 * @param {string} g
 * @returns {[Reading, Reading]}
 */
export function readTwoWeights(p, g) {
  const [first, second] = [readWeights(p, "p"), readWeights(g, "g")];
  const [m, n] = [first, second].map(({ numbers }) => numbers.length);
  if (!first.fault && !second.fault && m !== n) {
    second.fault = `p has ${m} weights and g has ${n}. Type one for each outcome in both, 0 where there is none.`;
  }
  return [first, second];
}

/**
 * Two samples as masses on the values that occur, which ascend.
 * @param {string} p
 * @param {string} g
 * @param {number} most So many different values fit.
 */
export function readTwoSamples(p, g, most) {
  const [first, second] = [readNumbers(p, "p"), readNumbers(g, "g")];
  const points = [...new Set([...first.numbers, ...second.numbers])].sort((a, b) => a - b);
  if (!first.fault && !second.fault) {
    if (points.length > most) {
      second.fault = `p and g have ${points.length} different values, and ${most} fit. Round some of them.`;
    } else if (points.length === 1) {
      second.fault = "All samples of p and g are the same. Type at least two different values.";
    }
  }
  const weights = [first, second].map(({ numbers }) => {
    return points.map((point) => numbers.filter((number) => number === point).length);
  });
  return { points, weights, faults: [first.fault, second.fault] };
}
