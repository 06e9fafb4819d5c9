import { spawn } from "node:child_process";

/**
 * Runs a command and returns its exit code and output. It does not throw: a command that does not exist ends with 127, as
 * in a shell. The command is stopped when this process exits.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd, env, onOutput } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        onOutput?.(text);
      });
    }
    const stop = () => child.kill();
    process.once("exit", stop);
    child.on("error", (error) => done({ code: 127, output: error.message }));
    child.on("close", (code) => {
      process.off("exit", stop);
      done({ code: code ?? 1, output });
    });
  });
}
