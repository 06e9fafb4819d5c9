import { spawn } from "node:child_process";
import { root } from "./root.mjs";

/**
 * Runs a command in the terminal, as if a user had typed it, and returns its exit code.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function start(command, args, env = process.env) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
    // A terminal sends Ctrl-C to both processes. Let the command clean up and end first.
    const interrupted = () => {};
    const terminated = () => child.kill("SIGTERM");
    process.on("SIGINT", interrupted).on("SIGTERM", terminated);
    child.on("error", fail);
    child.on("close", (code, signal) => {
      process.off("SIGINT", interrupted).off("SIGTERM", terminated);
      done(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}
