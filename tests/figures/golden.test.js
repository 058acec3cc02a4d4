// The modules of the folder FIGURES against Python's numbers in the file GOLDEN: a test for each function.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { read } from "./words.js";

/** By how much ours and Python's differ, relatively above 1; infinite where the shape or a word does. */
function difference(ours, python) {
  if (typeof python === "number" && typeof ours === "number") {
    return Object.is(ours, python) || ours === python ? 0 : finite(Math.abs(ours - python) / Math.max(1, Math.abs(python)));
  }
  if (python === null || typeof python !== "object") return ours === python ? 0 : Infinity;
  if (ours === null || typeof ours !== "object") return Infinity;
  const keys = Object.keys(python);
  if (Object.keys(ours).length !== keys.length) return Infinity;
  return keys.reduce((worst, key) => Math.max(worst, difference(ours[key], python[key])), 0);
}

const finite = (x) => (Number.isFinite(x) ? x : Infinity);

const groups = new Map();
for (const entry of JSON.parse(readFileSync(process.env.GOLDEN, "utf8"), read)) {
  const key = `${entry.module}.${entry.name}`;
  groups.set(key, [...(groups.get(key) ?? []), entry]);
}

for (const [key, entries] of groups) {
  test(key, async (t) => {
    const [module, name] = key.split(".");
    const file = resolve(process.env.FIGURES, "mathematics", `${module}.js`);
    const called = (await import(pathToFileURL(file).href))[name];
    let worst = 0;
    for (const { values, expected, tolerance } of entries) {
      const ours = called(...structuredClone(values));
      const found = difference(ours, expected);
      worst = Math.max(worst, found);
      const text = () => `${key}(${JSON.stringify(values)}) is ${JSON.stringify(ours)}, not ${JSON.stringify(expected)}`;
      assert.ok(found <= tolerance, found <= tolerance || `off by ${found}: ${text()}`);
    }
    t.diagnostic(`${key}: ${entries.length} cases, off by ${worst.toExponential(1)} at most`);
  });
}
