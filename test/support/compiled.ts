import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

/** Pulumi starts Node anew for everything, with the same modules: compiled once, that takes a fifth less time. */
export const compiled = { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compiled") };
