// The stage that a figure plays on: its controls, plots and numbers, and one redrawing a frame at most.

import { Plot, written } from "./plot.js";
import { allowed, fromHash, startOf, toHash } from "./controls.js";

/**
 * @typedef {import("./controls.js").Control} Control
 * @typedef {import("./controls.js").State} State
 * @typedef {{
 *   name: string,
 *   controls: readonly Control[],
 *   numbers?: Record<string, string>,
 *   serve?: () => void,
 *   create: (stage: Stage) => (state: State) => void,
 * }} View A figure: `numbers` are the names of its readouts; `create` sets the stage and returns what redraws it;
 *   `serve` is what its Worker does, if it has one.
 */

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}

/** Whether the reader asked for pictures that stand still. */
export function standsStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export class Stage {
  /**
   * @param {HTMLElement} root Holds the static picture, which stays for print and without scripts.
   * @param {View} view
   */
  constructor(root, view) {
    this.root = root;
    const start = fromHash(view.name, view.controls, `#${view.name}?${root.dataset.start ?? ""}`);
    const controls = view.controls.map((control) => ({ ...control, start: start?.[control.key] }));
    this.view = { ...view, controls };
    this.state = fromHash(view.name, controls, location.hash) ?? startOf(controls);
    this.plots = element("div", { class: "plots" });
    this.panel = element("div", { class: "controls" });
    this.numbers = element("dl", { class: "numbers" });
    this.status = element("p", { class: "status", role: "status" });
    this.frame = 0;
    this.written = 0;
    /** @type {Map<string, {input: Element, note: Element}>} */
    this.faults = new Map();
    /** @type {((state: State) => void)[]} */
    this.refresh = controls.map((control) => this.control(control));
    /** @type {Map<string, HTMLElement>} */
    this.outputs = new Map();
    for (const [key, label] of Object.entries(view.numbers ?? {})) {
      const output = element("dd", { "data-number": key });
      this.outputs.set(key, output);
      this.numbers.append(element("div", {}, element("dt", {}, label), output));
    }
    this.actions = element("div", { class: "actions" });
    const live = element("div", { class: "live" }, this.plots, this.numbers, this.status, this.panel, this.actions);
    this.redraw = view.create(this);
    this.button("Reset", () => this.set(startOf(controls)));
    root.append(live);
    root.classList.add("is-live");
    this.draw();
    performance.mark(`figure ${view.name}`);
    addEventListener("hashchange", () => {
      const asked = fromHash(view.name, controls, location.hash);
      if (asked) this.set(asked, false);
    });
    if (location.hash.startsWith(`#${view.name}?`)) root.scrollIntoView();
  }

  /** @param {ConstructorParameters<typeof Plot>[1]} options */
  plot(options) {
    return new Plot(this.plots, options);
  }

  /**
   * Changes the state; the figure is drawn at the next frame, the address follows when the hand rests.
   * @param {State} changes
   */
  set(changes, address = true) {
    for (const control of this.view.controls) {
      if (control.key in changes) this.state[control.key] = allowed(control, changes[control.key]);
    }
    if (!this.frame) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.draw();
      });
    }
    if (!address) return;
    clearTimeout(this.written);
    this.written = setTimeout(() => {
      history.replaceState(null, "", toHash(this.view.name, this.view.controls, this.state));
    }, 250);
  }

  draw() {
    for (const refresh of this.refresh) refresh(this.state);
    this.redraw(this.state);
  }

  /**
   * Shows numbers in their readouts; `data-value` keeps every digit. Readouts without a number are hidden.
   * @param {Record<string, number>} values
   */
  show(values) {
    for (const key in values) {
      if (!this.outputs.has(key)) throw new Error(`${this.view.name} has no readout ${key}`);
    }
    for (const [key, output] of this.outputs) {
      const value = values[key];
      /** @type {HTMLElement} */ (output.parentElement).hidden = value === undefined;
      if (value === undefined) delete output.dataset.value;
      else output.dataset.value = String(value);
      output.textContent = value === undefined ? "" : written(value);
    }
  }

  /**
   * Says below a text what is wrong with it; "" where nothing is.
   * @param {string} key
   * @param {string} message
   */
  fault(key, message) {
    const { input, note } = /** @type {{input: Element, note: Element}} */ (this.faults.get(key));
    input.setAttribute("aria-invalid", String(message !== ""));
    if (note.textContent !== message) note.textContent = message;
  }

  /**
   * One sentence on what is seen, read aloud once the hand rests.
   * @param {string} sentence
   */
  say(sentence) {
    if (this.status.textContent !== sentence) this.status.textContent = sentence;
  }

  /**
   * @param {string} label
   * @param {() => void} pressed
   */
  button(label, pressed) {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("click", pressed);
    this.actions.append(made);
    return made;
  }

  /**
   * A button that plays a range to its end, from its begin if it stands there; `loops` plays it unasked, time and again,
   * unless the reader wants pictures that stand still.
   * @param {string} key
   * @param {number} pace milliseconds from one step to the next
   */
  player(key, pace, loops = false) {
    const { min, max, step } = /** @type {import("./controls.js").Range} */ (
      this.view.controls.find((control) => control.key === key)
    );
    let timer = 0;
    let held = 0;
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      button.textContent = "Play";
      this.status.removeAttribute("aria-live");
    };
    const next = () => {
      if (loops && this.root.getBoundingClientRect().bottom < 0) return; // nobody sees it
      if (this.state[key] < max) this.set({ [key]: this.state[key] + step }, !loops);
      else if (loops && (held = (held + pace) % 3000) < pace) this.set({ [key]: min }, false);
      if (!loops && this.state[key] === max) stop();
    };
    const play = () => {
      if (timer) return stop();
      button.textContent = "Pause";
      this.status.setAttribute("aria-live", "off"); // it would speak without end
      if (this.state[key] === max) this.set({ [key]: min });
      timer = setInterval(next, pace);
    };
    const button = this.button("Play", play);
    const taken = () => timer && stop(); // into the reader's own hand
    this.plots.addEventListener("pointerdown", taken);
    this.panel.addEventListener("input", taken);
    if (loops && !standsStill() && !location.hash.startsWith(`#${this.view.name}?`)) {
      this.state[key] = min;
      play();
    }
  }

  /**
   * Puts a control into the panel; returns what makes it show a state.
   * @param {Control} control
   * @returns {(state: State) => void}
   */
  control(control) {
    const { kind, key, label } = control;
    const id = `${this.view.name}-${key}`;
    const input = /** @type {HTMLInputElement} */ (
      element(kind === "choice" ? "select" : kind === "text" ? "textarea" : "input", { id, "data-key": key })
    );
    const output = element("output", { for: id });
    if (kind === "range") {
      input.type = "range";
      [input.min, input.max, input.step] = [control.min, control.max, control.step].map(String);
    } else if (kind === "toggle") {
      input.type = "checkbox";
    } else if (kind === "choice") {
      for (const [value, name] of Object.entries(control.options)) input.append(element("option", { value }, name));
    }
    input.addEventListener("input", () => this.set({ [key]: kind === "toggle" ? input.checked : input.value }));
    const box = element("div", { class: `control is-${kind}` }, element("label", { for: id }, label), input);
    if (kind === "range") box.append(output);
    if (kind === "text") {
      const note = element("p", { class: "fault", id: `${id}-fault`, "aria-live": "polite" });
      input.setAttribute("aria-describedby", note.id);
      this.faults.set(key, { input, note });
      box.append(note);
    }
    this.panel.append(box);
    return (state) => {
      const value = state[key];
      if (kind === "toggle") input.checked = value;
      else if (input.value !== String(value)) input.value = String(value);
      if (kind === "range") output.textContent = written(value);
      box.hidden = control.when !== undefined && !control.when(state);
    };
  }
}
