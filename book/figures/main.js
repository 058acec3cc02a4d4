// Begins every figure of the page; in a Worker, which has none, the training of one.

import { Stage } from "./stage.js";
import { diracGan } from "./dirac_gan.js";
import { modeCollapse } from "./mode_collapse.js";
import { serveTraining, training } from "./training.js";
import { transportPlan } from "./transport_plan.js";
import { twoDistributions } from "./two_distributions.js";

const VIEWS = [twoDistributions, diracGan, transportPlan, training, modeCollapse];

function begin() {
  for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-figure]"))) {
    const view = VIEWS.find(({ name }) => name === root.dataset.figure);
    if (view) new Stage(root, view);
  }
}

if (typeof document !== "undefined") begin();
else serveTraining();
