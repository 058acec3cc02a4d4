// Plots in SVG. A mark is made once and moved afterwards; its look is a class of figures.css.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { left: 44, right: 10, top: 10, bottom: 34 };

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
export function shape(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const name in attributes) made.setAttribute(name, String(attributes[name]));
  return made;
}

/**
 * Round numbers in [low, high], about `count` of them.
 * @param {number} low
 * @param {number} high
 */
export function ticks(low, high, count = 5) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (/** @type {number} */ ([1, 2, 5, 10].find((unit) => unit * power >= rough * 0.999))) * power;
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) found.push(i * step);
  return found;
}

/** @param {number} value A number as a reader wants it: four digits, a true minus, ∞. */
export function written(value) {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace("e-", "e−").replace(/^-/, "−");
}

/** One pair of axes. */
export class Plot {
  /**
   * @param {Element} host
   * @param {{label: string, x: number[], y: number[], xLabel?: string, yLabel?: string, width?: number, height?: number, bare?: boolean}} options
   *   `bare`: no numbers on the y axis.
   */
  constructor(host, { label, x, y, xLabel = "", yLabel = "", width = 360, height = 240, bare = false }) {
    this.bare = bare;
    this.width = width - MARGIN.left - MARGIN.right;
    this.height = height - MARGIN.top - MARGIN.bottom;
    this.svg = /** @type {SVGSVGElement} */ (shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }));
    this.axes = shape("g", { class: "axes" });
    const names = shape("g", { class: "names" });
    names.append(
      text(MARGIN.left + this.width / 2, height - 3, xLabel, "middle"),
      text(2, MARGIN.top + 8, yLabel, "start"),
    );
    this.area = shape("svg", { x: MARGIN.left, y: MARGIN.top, width: this.width, height: this.height });
    this.over = shape("g", { transform: `translate(${MARGIN.left} ${MARGIN.top})` }); // may leave the axes: handles, names
    this.svg.append(this.axes, this.area, this.over, names);
    host.append(this.svg);
    /** @type {Map<string, Element>} */
    this.marks = new Map();
    this.x = [NaN, NaN];
    this.y = [NaN, NaN];
    this.range(x, y);
  }

  /**
   * Sets what the axes span; draws them anew if that changed.
   * @param {number[]} x
   * @param {number[]} y
   */
  range(x, y) {
    if (x[0] === this.x[0] && x[1] === this.x[1] && y[0] === this.y[0] && y[1] === this.y[1]) return;
    [this.x, this.y] = [x, y];
    const [right, bottom] = [MARGIN.left + this.width, MARGIN.top + this.height];
    const parts = [];
    for (const value of ticks(x[0], x[1])) {
      const at = MARGIN.left + this.px(value);
      parts.push(shape("path", { d: `M${at} ${MARGIN.top}V${bottom}` }), text(at, bottom + 14, written(value), "middle"));
    }
    for (const value of this.bare ? [] : ticks(y[0], y[1], 4)) {
      const at = MARGIN.top + this.py(value);
      parts.push(shape("path", { d: `M${MARGIN.left} ${at}H${right}` }), text(MARGIN.left - 5, at + 4, written(value), "end"));
    }
    this.axes.replaceChildren(...parts);
  }

  /** @param {boolean} visible */
  show(visible) {
    this.svg.toggleAttribute("hidden", !visible);
  }

  /** @param {number} x */
  px(x) {
    return ((x - this.x[0]) / (this.x[1] - this.x[0])) * this.width;
  }

  /** @param {number} y */
  py(y) {
    return (1 - (y - this.y[0]) / (this.y[1] - this.y[0])) * this.height;
  }

  /**
   * The mark of this name, made when it is first asked for.
   * @param {string} name
   * @param {string} tag
   * @param {string} look
   */
  mark(name, tag, look, over = false) {
    let found = this.marks.get(name);
    if (!found) {
      found = shape(tag, { class: look });
      this.marks.set(name, found);
      (over ? this.over : this.area).append(found);
    }
    return found;
  }

  /**
   * The line through points; a gap where y is not finite.
   * @param {string} name
   * @param {ArrayLike<number>} xs
   * @param {ArrayLike<number>} ys
   */
  line(name, xs, ys, look = name) {
    this.mark(name, "path", `line ${look}`).setAttribute("d", this.path(xs, ys));
  }

  /**
   * What lies between a line and y = 0.
   * @param {string} name
   * @param {ArrayLike<number>} xs
   * @param {ArrayLike<number>} ys
   */
  fill(name, xs, ys, look = name) {
    const closed = `${this.path(xs, ys)}L${this.px(xs[xs.length - 1])} ${this.py(0)}L${this.px(xs[0])} ${this.py(0)}Z`;
    this.mark(`${name}/fill`, "path", `fill ${look}`).setAttribute("d", closed);
  }

  /**
   * @param {ArrayLike<number>} xs
   * @param {ArrayLike<number>} ys
   */
  path(xs, ys) {
    let path = "";
    let pen = "M";
    for (let i = 0; i < xs.length; i++) {
      if (Number.isFinite(ys[i])) {
        const y = Math.max(-1e4, Math.min(1e4, this.py(ys[i])));
        path += `${pen}${this.px(xs[i]).toFixed(1)} ${y.toFixed(1)}`;
        pen = "L";
      } else {
        pen = "M";
      }
    }
    return path;
  }

  /**
   * Points, as one mark.
   * @param {string} name
   * @param {ArrayLike<number>} xs
   * @param {ArrayLike<number>} ys
   */
  dots(name, xs, ys, radius = 2.5, look = name) {
    let path = "";
    for (let i = 0; i < xs.length; i++) {
      const [x, y] = [this.px(xs[i]) - radius, this.py(ys[i])];
      path += `M${x.toFixed(1)} ${y.toFixed(1)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
    }
    this.mark(name, "path", `dots ${look}`).setAttribute("d", path);
  }

  /**
   * Rectangles [left, bottom, width, height], as one mark, which is returned.
   * @param {string} name
   * @param {number[][]} boxes
   */
  boxes(name, boxes, look = name) {
    const path = boxes.map(([x, y, width, height]) => {
      const [left, right, low, high] = [this.px(x), this.px(x + width), this.py(y), this.py(y + height)];
      return `M${left.toFixed(1)} ${low.toFixed(1)}V${high.toFixed(1)}H${right.toFixed(1)}V${low.toFixed(1)}Z`;
    });
    const mark = this.mark(name, "path", `box ${look}`);
    mark.setAttribute("d", path.join(""));
    return mark;
  }

  /**
   * Separate strokes from (x, y) to (x + u, y + v).
   * @param {string} name
   * @param {number[][]} strokes
   */
  strokes(name, strokes, look = name) {
    let path = "";
    for (const [x, y, u, v] of strokes) {
      path += `M${this.px(x).toFixed(1)} ${this.py(y).toFixed(1)}L${this.px(x + u).toFixed(1)} ${this.py(y + v).toFixed(1)}`;
    }
    this.mark(name, "path", `line ${look}`).setAttribute("d", path);
  }

  /**
   * @param {string} name
   * @param {number} x
   * @param {number} y
   * @param {string} words
   * @param {"start" | "middle" | "end"} anchor
   */
  write(name, x, y, words, look = name, anchor = "middle") {
    const mark = this.mark(`${name}/text`, "text", `word ${look}`, true);
    mark.setAttribute("x", this.px(x).toFixed(1));
    mark.setAttribute("y", this.py(y).toFixed(1));
    mark.setAttribute("text-anchor", anchor);
    if (mark.textContent !== words) mark.textContent = words;
  }

  /**
   * Where a pointer is, in the units of the axes.
   * @param {MouseEvent} event
   */
  at(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.svg.viewBox.baseVal.width / box.width;
    const [right, down] = [(event.clientX - box.left) * scale - MARGIN.left, (event.clientY - box.top) * scale - MARGIN.top];
    const [[left, end], [bottom, top]] = [this.x, this.y];
    return [left + (right / this.width) * (end - left), top - (down / this.height) * (top - bottom)];
  }

  /**
   * A knob that is dragged, which is returned; whoever uses keys has the sliders that it stands for.
   * @param {string} name
   * @param {number} x
   * @param {number} y
   * @param {(x: number, y: number) => void} moved Told where it was dragged, in the units of the axes.
   */
  handle(name, x, y, moved, look = name) {
    const fresh = !this.marks.has(`${name}/handle`);
    const mark = this.mark(`${name}/handle`, "g", `handle ${look}`, true);
    if (fresh) {
      mark.setAttribute("data-handle", name);
      mark.append(shape("circle", { class: "reach", r: 22 }), shape("circle", { r: 7 }));
      dragged(/** @type {SVGElement} */ (mark), (event) => {
        const [right, up] = this.at(event);
        moved(right, up);
      });
    }
    mark.setAttribute("transform", `translate(${this.px(x).toFixed(1)} ${this.py(y).toFixed(1)})`);
    return mark;
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} anchor
 */
function text(x, y, words, anchor) {
  const made = shape("text", { x, y, "text-anchor": anchor });
  made.textContent = words;
  return made;
}

/**
 * Calls `moved` while a mouse, pen or finger drags the element.
 * @param {SVGElement} grip
 * @param {(event: PointerEvent) => void} moved
 */
export function dragged(grip, moved) {
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  grip.addEventListener("pointermove", (event) => {
    if (grip.hasPointerCapture(event.pointerId)) moved(event);
  });
}
