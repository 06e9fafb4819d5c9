// npm runs this after it has installed the dependencies: in a checkout, where nothing needs to be built yet, and in the
// clone that npm makes when a program depends on this repository by its git address, where nothing else builds the package.
import { relative } from "node:path";
import { build } from "./lib/build.mjs";
import { root } from "./lib/root.mjs";

// The directory in which npm was started: the program's own if it is npm that needs the package.
const startedIn = process.env.INIT_CWD ?? root;

try {
  if (relative(root, startedIn).startsWith("..")) await build(process.execPath);
} catch (error) {
  if (!(error instanceof Error && error.name === "NotReady")) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
