// `npm run walk -- --steps N --seed S`: a longer random walk than in the tests, or with `--path`, one step of it again.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./lib/root.mjs";
import { start } from "./lib/start.mjs";

const { values } = parseArgs({
  options: {
    steps: { type: "string" },
    seed: { type: "string", default: `${Date.now() & 0x7fffffff}` },
    path: { type: "string" },
  },
});
// A path leads to one step, and the walk ends there.
values.steps ??= values.path === undefined ? "100000" : "1";
const env = { ...process.env, WALK_STEPS: values.steps, WALK_SEED: values.seed, WALK_PATH: values.path };
for (const name of ["steps", "seed"]) {
  if (/^\d+$/.test(values[name] ?? "")) continue;
  console.error(`--${name} must be a whole number, not "${values[name]}".`);
  process.exit(2);
}
console.log(`Taking ${values.steps} steps with seed ${values.seed}.`);
// A long walk is not a hang.
process.exitCode = await start(
  process.execPath,
  [join(root, "node_modules/jest/bin/jest.js"), "--testPathPatterns", "test/walk/", "--testTimeout", "86400000"],
  env,
);
