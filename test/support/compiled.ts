import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

/** Pulumi starts Node anew for everything, with the same modules: they are compiled once, and the heavy ones late. */
export const compiled = {
  NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compiled"),
  NODE_OPTIONS: `--require ${JSON.stringify(join(root, "test", "support", "lateLoading.cjs"))}`,
};
