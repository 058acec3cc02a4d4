// Seeded chance: sfc32 (Chris Doty-Humphrey's, in PractRand), its words from a seed by splitmix32.
// The state is four numbers, moved in place.

/** @typedef {number[]} Chance */

/** The next 32 bits. @param {Chance} state */
export function nextBits(state) {
  const [a, b, c, count] = state;
  const bits = (a + b + count) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + bits) | 0;
  state[3] = (count + 1) | 0;
  return bits >>> 0;
}

/** @param {number} seed @returns {Chance} */
export function seeded(seed) {
  const state = [0, 0, 0, 1];
  for (let i = 0, s = seed | 0; i < 3; i++) {
    s = (s + 0x9e3779b9) | 0;
    let word = Math.imul(s ^ (s >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[i] = word ^ (word >>> 15);
  }
  for (let i = 0; i < 12; i++) nextBits(state);
  return state;
}

/** In (0, 1). @param {Chance} state */
export const uniformDraw = (state) => (nextBits(state) + 0.5) / 2 ** 32;

/**
 * Fills an array with draws from N(0, 1), two at a time (Box and Muller 1958).
 * @template {Float64Array | number[]} A
 * @param {Chance} state
 * @param {A} out
 */
export function normalDraws(state, out) {
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(uniformDraw(state)));
    const angle = 2 * Math.PI * uniformDraw(state);
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}
