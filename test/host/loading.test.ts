import { join, relative } from "node:path";
import { backupVault } from "../../provider/handlers.js";

const lifecycles = join(__dirname, "../../provider/lifecycle");

/** The files that are a resource's lifecycle, as far as they are loaded. */
const loaded = () =>
  Object.keys(require.cache)
    .map((file) => relative(lifecycles, file))
    .filter((file) => /^\w+\.ts$/.test(file) || file === join("vault", "lifecycle.ts"));

test("a lifecycle is loaded at its resource's first call, and no other with it", async () => {
  expect(loaded()).toEqual([]);
  await backupVault.check({}, {});
  // Not a lifecycle, but how long all of them wait.
  expect(loaded().filter((file) => file !== "deadlines.ts")).toEqual([join("vault", "lifecycle.ts")]);
});
