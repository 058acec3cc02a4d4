// What a reader would see wrong on the page that is open, as sentences; [] when nothing is.
// Read by test_pages.py, which calls one function of the object for each gate.
({
  shown(element) {
    return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  },

  texts() {
    const skip = "script, style, noscript, template, pre, code, mjx-container, title, textarea";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() && !parent.closest(skip)) found.push([parent, walker.currentNode.data]);
    }
    return found;
  },

  rawText() {
    const raw = /\$|\\\(|\\\[|\\[a-zA-Z]{2,}|\{[\w:-]+\}`|:::|^:\w+: |\| ?(?:-{3}|—) ?\|/;
    const faults = this.texts().filter(([, text]) => raw.test(text)).map(([, text]) => `raw source: ${text.trim()}`);
    for (const box of document.querySelectorAll(".system-message, .problematic")) {
      faults.push(`a message of the builder: ${box.textContent.trim()}`);
    }
    for (const output of document.querySelectorAll(".cell_output")) {
      if (/Traceback \(most recent call last\)|\w+(Error|Warning): /.test(output.textContent)) {
        faults.push(`a cell shows an error: ${output.textContent.trim().slice(0, 200)}`);
      }
    }
    return faults;
  },

  mathematics() {
    const faults = [];
    for (const formula of document.querySelectorAll("span.math, div.math")) {
      if (!formula.querySelector("mjx-container svg")) faults.push(`not typeset: ${formula.textContent.trim()}`);
    }
    for (const error of document.querySelectorAll("[data-mjx-error], mjx-merror, [data-mml-node=merror]")) {
      faults.push(`wrong TeX: ${error.getAttribute("data-mjx-error") ?? error.textContent}`);
    }
    return faults;
  },

  images() {
    const faults = [];
    for (const image of document.querySelectorAll("img")) {
      const name = image.getAttribute("src");
      if (!(image.getAttribute("alt") ?? "").trim()) faults.push(`no alt text: ${name}`);
      if (this.shown(image) && !image.naturalWidth) faults.push(`not loaded: ${name}`);
    }
    return faults;
  },

  numbers() {
    const faults = [];
    for (const title of document.querySelectorAll("div.proof.theorem > .admonition-title")) {
      if (!/^Theorem\s+\d/.test(title.textContent)) faults.push(`a theorem without number: ${title.textContent}`);
    }
    for (const figure of document.querySelectorAll("figure figcaption")) {
      if (!figure.querySelector(".caption-number")) faults.push(`a figure without number: ${figure.textContent}`);
    }
    return faults;
  },

  width() {
    const [page, screen] = [document.documentElement.scrollWidth, innerWidth];
    if (page <= screen) return [];
    const wide = [...document.body.querySelectorAll("*")].find((element) => element.getBoundingClientRect().right > screen);
    return [`the page is ${page} px wide on a screen of ${screen}: ${wide?.outerHTML.slice(0, 200)}`];
  },

  contrast() {
    const parse = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const alpha = (colour) => parse(colour)[3] ?? 1;
    const luminance = (colour) => {
      const [r, g, b] = parse(colour).slice(0, 3).map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    // The first opaque ground, and how much of what stands on it is seen through the faded elements between.
    const groundOf = (element) => {
      let seen = 1;
      for (let at = element; at; at = at.parentElement) {
        const { backgroundColor, opacity } = getComputedStyle(at);
        if (alpha(backgroundColor) === 1) return [backgroundColor, seen];
        seen *= Number(opacity);
      }
      return ["rgb(255, 255, 255)", seen];
    };
    const mixed = (colour, ground, share) => {
      const [above, below] = [parse(colour), parse(ground)];
      return `rgb(${[0, 1, 2].map((i) => share * above[i] + (1 - share) * below[i])})`;
    };
    const faults = new Set();
    for (const element of new Set([
      ...this.texts().map(([parent]) => parent),
      ...document.querySelectorAll("pre, pre span, code, mjx-container"),
    ])) {
      if (!this.shown(element) || !element.textContent.trim()) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const [ground, seen] = groundOf(element);
      if (seen === 0) continue; // it is shown under the pointer
      const colour = mixed(style.color, ground, seen * alpha(style.color));
      const [low, high] = [luminance(colour), luminance(ground)].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio < (large ? 3 : 4.5)) {
        faults.add(`${ratio.toFixed(2)} to 1, ${colour} on ${ground}: ${element.textContent.trim().slice(0, 60)}`);
      }
    }
    return [...faults];
  },

  themeImages(theme) {
    const [wanted, other] = theme === "dark" ? ["only-dark", "only-light"] : ["only-light", "only-dark"];
    const faults = [];
    for (const image of document.querySelectorAll(".bd-article img")) {
      const name = image.getAttribute("src");
      if (image.classList.contains(other)) {
        if (this.shown(image)) faults.push(`shown in ${theme}: ${name}`);
        continue;
      }
      if (!image.classList.contains(wanted)) faults.push(`no copy for ${theme}: ${name}`);
      const away = image.closest("details:not([open]), .toggle-hidden, .is-live"); // a live figure stands in its place
      if (!away && !this.shown(image)) faults.push(`hidden in ${theme}: ${name}`);
      const style = getComputedStyle(image);
      if (theme === "dark" && (style.filter !== "none" || !/, 0\)$|^transparent$/.test(style.backgroundColor))) {
        faults.push(`on a ground of its own: ${name}`);
      }
    }
    return faults;
  },
})
