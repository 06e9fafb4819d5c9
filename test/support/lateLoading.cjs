// Pulumi loads the TypeScript compiler and npm's own library in every process that it starts, for programs in
// TypeScript and for functions that it has to serialise. They are most of what a start costs, twice in each command.
// Here both are loaded when they are first used.
const { readFileSync } = require("node:fs");
const Module = require("node:module");

// The language host that scripts/lib/pulumiBuild.mjs builds is older than the way in which the engine hands over this
// option of Pulumi.yaml, and takes every program for TypeScript.
if (process.env.PULUMI_NODEJS_TYPESCRIPT === "true" && readProject().includes("typescript: false")) {
  process.env.PULUMI_NODEJS_TYPESCRIPT = "false";
}

const loader = /** @type {any} */ (Module);
const load = loader._load;

/** @param {string} request @param {{ filename?: string }} [parent] @param {boolean} [isMain] */
loader._load = function loadLate(request, parent, isMain) {
  const now = () => load.call(loader, request, parent, isMain);
  const from = parent?.filename ?? "";
  if (request === "@npmcli/arborist" && from.endsWith("closure/codePaths.js")) {
    return {
      // So that it is taken as it is, and not copied.
      __esModule: true,
      get Arborist() {
        return now().Arborist;
      },
    };
  }
  if (request === "typescript" && from.endsWith("pulumi/typescript-shim.js")) {
    return new Proxy({}, { get: (_, name) => now()[name] });
  }
  return now();
};

function readProject() {
  try {
    return readFileSync("Pulumi.yaml", "utf8");
  } catch {
    return "";
  }
}
