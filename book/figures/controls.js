// The controls of a figure as data, the state they hold, and how it stands in the address.

/**
 * @typedef {{kind: "range", key: string, label: string, min: number, max: number, step: number, start: number, when?: When}} Range
 * @typedef {{kind: "choice", key: string, label: string, options: Record<string, string>, start: string, when?: When}} Choice
 * @typedef {{kind: "toggle", key: string, label: string, start: boolean, when?: When}} Toggle
 * @typedef {{kind: "text", key: string, label: string, start: string, when?: When}} Text
 * @typedef {Range | Choice | Toggle | Text} Control
 * @typedef {Record<string, any>} State
 * @typedef {(state: State) => boolean} When
 */

/** @param {readonly Control[]} controls */
export function startOf(controls) {
  /** @type {State} */
  const state = {};
  for (const { key, start } of controls) state[key] = start;
  return state;
}

/**
 * The nearest value that a control can have; its start for what it can't read.
 * @param {Control} control
 * @param {any} value
 */
export function allowed(control, value) {
  switch (control.kind) {
    case "range": {
      const number = Number(value);
      if (value === "" || Number.isNaN(number)) return control.start;
      const places = Math.max(0, Math.ceil(-Math.log10(control.step) - 1e-9) + 1);
      const stepped = control.min + Math.round((number - control.min) / control.step) * control.step;
      return Number(Math.max(control.min, Math.min(control.max, stepped)).toFixed(places));
    }
    case "choice":
      return Object.hasOwn(control.options, value) ? value : control.start;
    case "toggle":
      return value === true || value === "1";
    default:
      return String(value).slice(0, 2000);
  }
}

/**
 * The part of an address that names a figure and what differs from its start: `#dirac-gan?step=0.2`.
 * @param {string} name
 * @param {readonly Control[]} controls
 * @param {State} state
 */
export function toHash(name, controls, state) {
  const query = new URLSearchParams();
  for (const { key, start } of controls) {
    if (state[key] !== start) query.set(key, state[key] === true ? "1" : state[key] === false ? "0" : String(state[key]));
  }
  return `#${name}?${query}`;
}

/**
 * The state that an address asks this figure for; null if it names another, or none.
 * @param {string} name
 * @param {readonly Control[]} controls
 * @param {string} hash
 */
export function fromHash(name, controls, hash) {
  if (!hash.startsWith(`#${name}?`)) return null;
  const query = new URLSearchParams(hash.slice(name.length + 2));
  const state = startOf(controls);
  for (const control of controls) {
    const value = query.get(control.key);
    if (value !== null) state[control.key] = allowed(control, value);
  }
  return state;
}
