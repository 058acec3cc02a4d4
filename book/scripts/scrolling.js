// A formula or a table that is too wide for the screen scrolls in its own frame. Where it does, the keyboard must reach
// the frame, and a screen reader name it; where it doesn't, it is no stop. Code and outputs are left to the theme.
"use strict";
(() => {
  const FRAMES = "mjx-container[display='true'], :not(summary) > .math, .table-wrapper, .cards td, .cell_output, details";
  const given = new Set();

  const look = () => {
    for (const frame of document.querySelectorAll(`.bd-article :is(${FRAMES})`)) {
      // Within a line, the copy for screen readers sticks out of a formula: only its picture counts.
      const picture = frame.matches("span.math") ? frame.querySelector("svg") : null;
      const isWide = picture ? picture.clientWidth > frame.clientWidth + 1 : frame.scrollWidth > frame.clientWidth;
      const scrolls = isWide && getComputedStyle(frame).overflowX !== "visible";
      if (scrolls === given.has(frame)) continue;
      if (scrolls) {
        given.add(frame);
        frame.tabIndex = 0;
        frame.setAttribute("role", "group");
        frame.setAttribute("aria-label", `Wide ${frame.matches("mjx-container, .math") ? "formula" : "content"}`);
      } else {
        given.delete(frame);
        for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
      }
    }
  };

  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, 100);
  };
  addEventListener("resize", soon);
  addEventListener("click", soon); // what was folded has a width now
  addEventListener("load", () => window.MathJax.startup.promise.then(look));
})();
