import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, controlsOfRule, factNouns } from "../../provider/rules/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { rulesPage } from "../../scripts/lib/rulesPage.mjs";

const page = readFileSync(join(root, "docs/rules.md"), "utf8");

test("docs/rules.md is what the rules say; `node scripts/rulesDoc.mjs` after a build writes it", () => {
  expect(page).toBe(rulesPage(catalogue, factNouns, controlsOfRule));
});

test("every rule has a heading, and no heading is without a rule", () => {
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, code]) => code);
  expect(headings).toEqual(catalogue.map(({ code }) => code));
});

test("every state machine has a diagram", () => {
  expect(page.match(/^stateDiagram-v2$/gm)).toHaveLength(catalogue.filter((rule) => rule.states).length);
});
