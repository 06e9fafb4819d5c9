import { homedir } from "node:os";
import { join } from "node:path";
import { step } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const oldestGo = "1.25.11";

/** What decides whether Go finds a compiled package in its cache: with them, every program here shares what it can. */
export const goBuild = "build -trimpath -buildvcs=false -tags osusergo,grpcnotrace".split(" ");

/**
 * Builds a program in the context of a module of ours, `scripts/pulumi/*`, which pins every module by its hash:
 * `go install` refuses Pulumi's modules because they have `replace` directives.
 *
 * @param {{ title: string, module: string, path: string, flags?: string, file: string }} program
 */
export async function buildFromGoModules({ title, module, path, flags = "-s -w", file }) {
  return step(title, async (tell) => {
    let modules = 0;
    let packages = 0;
    const how = [...goBuild, "-v", "-mod=readonly", "-modcacherw"];
    return run("go", [...how, "-ldflags", flags, "-o", file, path], {
      ...inModule(module),
      onOutput(text) {
        for (const line of text.split("\n").filter(Boolean)) {
          if (line.startsWith("go: ")) modules++;
          else packages++;
        }
        tell(packages ? `${packages} packages compiled` : `${modules} modules fetched`);
      },
    });
  });
}

/** @param {string} module */
export const inModule = (module) => ({
  cwd: join(root, "scripts", "pulumi", module),
  env: { HOME: homedir(), ...process.env },
});

/** @returns {Promise<string | undefined>} why this machine's Go cannot build them */
export async function whyNoGo() {
  const { env, cwd } = inModule("engine");
  // Inside the module, so that a Go that downloads newer toolchains itself counts as new enough.
  const { code } = await run("go", ["env", "GOVERSION"], { cwd, env });
  if (code === 0) return undefined;
  const { code: missing, output } = await run("go", ["version"], { env });
  const found = missing ? "none is on PATH" : `this is ${output.trim()}`;
  return `Go ${oldestGo} or later, and ${found}. Get it from https://go.dev/dl/`;
}

/** @param {string} output */
export const tail = (output) => output.trim().split("\n").slice(-20).join("\n");
