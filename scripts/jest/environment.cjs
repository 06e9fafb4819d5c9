// Tests run in the worker's own context, without a sandbox: see decisions/tests.md.
const { ModuleMocker } = require("jest-mock");

const ownConsole = globalThis.console;
const { env, exit } = process;

/** Before a file and after it, the process is as the worker has it. */
module.exports = class WorkersOwnEnvironment {
  /** @type {typeof globalThis & { commandsOfTest: string[] }} */
  global = Object.assign(globalThis, { commandsOfTest: [] });
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

  /**
   * A test that fails says what the commands that it ran have printed: an exit code alone tells nobody why.
   *
   * @param {import("@jest/types").Circus.Event} event
   */
  handleTestEvent(event) {
    if (event.name === "test_start") this.global.commandsOfTest = [];
    if (event.name !== "test_done" || event.test.errors.length === 0) return;
    // Jest prints the stack of an error alone.
    for (const stack of this.global.commandsOfTest) event.test.errors.push(Object.assign(new Error(), { stack }));
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
