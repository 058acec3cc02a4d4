// Begins every figure of the page.

import { Stage } from "./stage.js";
import { diracGan } from "./dirac_gan.js";
import { transportPlan } from "./transport_plan.js";
import { twoDistributions } from "./two_distributions.js";

const VIEWS = [twoDistributions, diracGan, transportPlan];

function begin() {
  for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-figure]"))) {
    const view = VIEWS.find(({ name }) => name === root.dataset.figure);
    if (view) new Stage(root, view);
  }
}

if (typeof document !== "undefined") begin();
