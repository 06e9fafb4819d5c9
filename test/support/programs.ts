import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { compiled } from "./compiled.js";

/** Where the engine reaches what runs programs and keeps secrets. */
export interface Programs {
  /** What makes the engine take programs from there. */
  args: string[];
  env: Record<string, string>;
  /** Before each command that runs a program: from where, and with which variables. */
  prepare(directory: string, env: Record<string, string | undefined>): Promise<void>;
}

const worker = globalThis as typeof globalThis & { programs?: Promise<Programs> & { of?: ChildProcess } };

/** One process for each worker, which runs one command at a time. */
export function programs(): Promise<Programs> {
  if (worker.programs?.of?.exitCode === null) return worker.programs;
  const child = fork(join(root, "test/support/programs.cjs"), {
    execArgv: [],
    env: { ...process.env, ...compiled },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  // It ends with the worker, which does not wait for it.
  child.unref();
  child.channel?.unref();
  worker.programs = Object.assign(started(child), { of: child });
  return worker.programs;
}

async function started(child: ChildProcess): Promise<Programs> {
  const ports = await answer(child);
  return {
    args: [`--client=127.0.0.1:${ports.programs}`, "--exec-kind=auto.inline"],
    env: { VAULT_SERVER_URL: `http://127.0.0.1:${ports.vault}`, VAULT_SERVER_TOKEN: "none" },
    async prepare(directory, env) {
      if (!child.connected) throw new Error("test/support/programs.cjs has ended.");
      child.send({ directory, env });
      await answer(child);
    },
  };
}

async function answer(child: ChildProcess) {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(child, "exit", { signal }).then(() =>
    Promise.reject(new Error("test/support/programs.cjs ended.")),
  );
  ended.catch(() => {});
  child.channel?.ref();
  try {
    const [message] = await Promise.race([once(child, "message", { signal }), ended]);
    return message;
  } finally {
    answered.abort();
    child.channel?.unref();
  }
}
