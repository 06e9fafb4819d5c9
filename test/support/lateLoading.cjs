// Pulumi loads the TypeScript compiler and npm's own library in every process that it starts, for programs in
// TypeScript and for functions that it has to serialise, and OpenTelemetry in every program, for traces that nobody asked
// for. They are most of what a start costs, twice in each command. Here they are loaded when they are first used.
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
  // What runs Pulumi from a program, and what reads the manifests of packages that a function is serialised with.
  if (request === "./automation" && from.endsWith("@pulumi/pulumi/index.js")) {
    return new Proxy({}, { get: (_, name) => name === "__esModule" || now()[name] });
  }
  if (request === "normalize-package-data" && from.endsWith("closure/codePaths.js")) return whenCalled(now);
  if (request === "typescript" && from.endsWith("pulumi/typescript-shim.js")) {
    return new Proxy({}, { get: (_, name) => now()[name] });
  }
  // Its API is needed for every span, whether or not anything records it.
  if (request.startsWith("@opentelemetry/") && request !== "@opentelemetry/api" && from.endsWith("run/tracing.js")) {
    return new Proxy({}, { get: (_, name) => whenCalled(() => now()[name]) });
  }
  return now();
};

/** What is taken out of a module at once: a function or a class. @param {() => any} get */
function whenCalled(get) {
  return new Proxy(class {}, {
    apply: (_, self, args) => Reflect.apply(get(), self, args),
    construct: (_, args) => new (get())(...args),
  });
}

function readProject() {
  try {
    return readFileSync("Pulumi.yaml", "utf8");
  } catch {
    return "";
  }
}
