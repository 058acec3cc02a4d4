// One process that Python talks to: a line of JSON in, {module, name, values}, a line of JSON out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { read, write } from "./words.js";

const folder = process.argv[2];

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { module, name, values } = JSON.parse(line, read);
    const found = (await import(pathToFileURL(resolve(folder, `${module}.js`)).href))[name];
    if (typeof found !== "function") throw new Error(`${module}.js exports no function ${name}`);
    answer = { value: found(...values) };
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer, write) ?? '{"value":null}'}\n`);
}
