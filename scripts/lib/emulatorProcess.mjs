import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { root } from "./root.mjs";

/**
 * Starts the emulator in its own process, as a user would. It logs into `directory`.
 *
 * @param {string} directory
 * @param {{ detached?: boolean, args?: string[] }} [options] detached: it outlives this process;
 *   args: more options of the command
 * @returns {Promise<{ url: string, caFile: string, env: Record<string, string>, process: import("node:child_process").ChildProcess }>}
 */
export async function startEmulator(directory, { detached = false, args = [] } = {}) {
  const readyFile = join(directory, "azure.json");
  const logFile = join(directory, "emulator.log");
  const log = openSync(logFile, "a");
  const program = [join(root, "emulator/dist/main.js"), "--ready-file", readyFile, ...args];
  const child = spawn(process.execPath, program, { stdio: ["ignore", log, log], detached });
  closeSync(log);
  for (let waited = 0; !existsSync(readyFile); waited += 50) {
    if (child.exitCode !== null || waited > 30_000) {
      child.kill();
      throw new Error(`The emulator did not start:\n${readFileSync(logFile, "utf8")}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return { ...JSON.parse(readFileSync(readyFile, "utf8")), process: child };
}

/**
 * Signs in as Azure's own clients do. Returns a client of Azure Resource Manager.
 *
 * @param {{ url: string, caFile: string, env: Record<string, string> }} emulator
 */
export async function signIn({ url, caFile, env }) {
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(caFile, "utf8")]);
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: env.ARM_CLIENT_ID,
    client_secret: env.ARM_CLIENT_SECRET,
    scope: `${url}/.default`,
  });
  const answer = await fetch(`${url}/${env.ARM_TENANT_ID}/oauth2/v2.0/token`, { method: "POST", body: form });
  if (!answer.ok) throw new Error(`The emulator did not issue a token: ${await answer.text()}`);
  const { access_token: token } = await answer.json();
  return async (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
}
