// Begins the figures of a page; in a Worker, which has no page, what one of them does there.

import { Stage } from "./stage.js";

/** @param {import("./stage.js").View[]} views */
export function begin(views) {
  if (typeof document === "undefined") {
    for (const { serve } of views) serve?.();
    return;
  }
  for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-figure]"))) {
    const view = views.find(({ name }) => name === root.dataset.figure);
    if (view) new Stage(root, view);
  }
}
