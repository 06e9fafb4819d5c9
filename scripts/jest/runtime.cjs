// How a test file gets its modules: from Node itself, see decisions/tests.md.
const { createRequire, registerHooks } = require("node:module");
const { join, sep } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { default: JestRuntime } = require("jest-runtime");

const root = join(__dirname, "..", "..");
const ours = pathToFileURL(root + sep).href;

/** @param {string} url */
const isOurs = (url) => url.startsWith(ours) && url.endsWith(".ts") && !url.includes("/node_modules/");

/**
 * Our own modules are made anew for each test file, since the provider keeps some memory in them for as long as its
 * process lives, and so are Microsoft's for signing in, which remember tokens and where they came from. Of the
 * emulator's they are the certificates, which may be kept: their keys are slow to make.
 *
 * @param {string} file
 */
function isFresh(file) {
  if (/[\\/]@azure[\\/](identity|msal-[a-z]+)[\\/]/.test(file)) return true;
  return isOurs(pathToFileURL(file).href) && !file.startsWith(join(root, "emulator") + sep);
}

/** @type {import("@jest/transform").ScriptTransformer | undefined} */
let transformer;
/** @type {Map<string, string>} */
const transformed = new Map();
/** @type {Map<string, string>} */
const sourceMaps = new Map();

/** @param {string} file */
function compiled(file) {
  const known = transformed.get(file);
  if (known !== undefined) return known;
  // As CommonJS, which is what the package is published as.
  const { code, sourceMapPath } = /** @type {import("@jest/transform").ScriptTransformer} */ (transformer).transform(
    file,
    {
      collectCoverage: false,
      collectCoverageFrom: [],
      coverageProvider: "v8",
      isInternalModule: false,
      supportsDynamicImport: false,
      supportsExportNamespaceFrom: false,
      supportsStaticESM: false,
      supportsTopLevelAwait: false,
    },
  );
  transformed.set(file, code);
  if (sourceMapPath) sourceMaps.set(file, sourceMapPath);
  return code;
}

registerHooks({
  resolve(specifier, context, next) {
    // Sources import "./x.js", as Node and TypeScript want it; the file is x.ts.
    const isSource = specifier.startsWith(".") && specifier.endsWith(".js") && isOurs(context.parentURL ?? "");
    return next(isSource ? specifier.replace(/js$/, "ts") : specifier, context);
  },
  load(url, context, next) {
    if (!isOurs(url)) return next(url, context);
    return { format: "commonjs", source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});

/** Jest's, but for what loads modules. There are no mocks of modules: nothing here is tested against one. */
class NodesOwnRuntime extends JestRuntime {
  /** @param {ConstructorParameters<typeof JestRuntime>} parts */
  constructor(...parts) {
    super(...parts);
    transformer ??= parts[3];
    for (const file of Object.keys(require.cache)) if (isFresh(file)) delete require.cache[file];
  }

  getSourceMaps() {
    return sourceMaps;
  }

  /**
   * A test file, or what Jest runs it with: each once, and anew each time.
   *
   * @param {string} file
   * @returns {any}
   */
  requireModule(file) {
    delete require.cache[file];
    try {
      return createRequire(file)(file);
    } finally {
      delete require.cache[file];
    }
  }

  /** @param {string} file */
  requireInternalModule(file) {
    return this.requireModule(file);
  }
}

// The way in which Jest asks for it.
Object.assign(exports, { __esModule: true, default: NodesOwnRuntime });
