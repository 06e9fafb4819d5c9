// npm runs this after it has installed the dependencies: in a checkout, where nothing needs to be built yet, and in clones
// where nothing else builds the package. npm makes one when a program depends on this repository by its git address, and
// Pulumi when a package is added by it.
import { basename, relative } from "node:path";
import { build } from "./lib/build.mjs";
import { removeDevelopmentPackages } from "./lib/developmentPackages.mjs";
import { root } from "./lib/root.mjs";

// The directory in which npm was started: the program's own if it is npm that needs the package, and that of
// PulumiPlugin.yaml if it is Pulumi.
const startedIn = relative(root, process.env.INIT_CWD ?? root);

try {
  if (startedIn.startsWith("..") || startedIn === "plugin") await build(process.execPath);
  // Pulumi keeps the clone in its cache of plugins as resource-<name>-v<version>, where nothing is built again. In a clone of
  // somebody's own, the packages stay.
  if (startedIn === "plugin" && basename(root).startsWith("resource-")) removeDevelopmentPackages(root);
} catch (error) {
  if (!(error instanceof Error && error.name === "NotReady")) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
