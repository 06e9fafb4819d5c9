// Tests run in the worker's own context, without a sandbox: see decisions/tests.md.
const { ModuleMocker } = require("jest-mock");

const ownConsole = globalThis.console;
const { env, exit } = process;

/** Before a file and after it, the process is as the worker has it. */
module.exports = class WorkersOwnEnvironment {
  global = globalThis;
  fakeTimers = null;
  fakeTimersModern = null;
  moduleMocker = new ModuleMocker(globalThis);
  /** @type {NodeJS.ProcessEnv} */
  #variables = {};
  #directory = "";
  /** @type {NodeJS.ProcessEnv} */
  #ofProject = {};

  /** @param {import("@jest/environment").JestEnvironmentConfig} config */
  constructor({ projectConfig }) {
    this.#ofProject = /** @type {NodeJS.ProcessEnv} */ (projectConfig.testEnvironmentOptions.env ?? {});
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  getVmContext() {
    return null;
  }

  async setup() {
    this.#variables = { ...env };
    this.#directory = process.cwd();
    Object.assign(env, this.#ofProject);
  }

  async teardown() {
    process.env = env;
    for (const name of Object.keys(env)) if (!(name in this.#variables)) delete env[name];
    Object.assign(env, this.#variables);
    process.chdir(this.#directory);
    process.exit = exit;
    globalThis.console = ownConsole;
  }
};
