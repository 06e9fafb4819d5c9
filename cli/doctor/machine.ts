import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { Found } from "./line.js";

const { engines, peerDependencies } = createRequire(__filename)("pulumi-azure-backup/package.json");
const oldestNode: string = engines.node.replace(/^\D+/, "");
const oldestPulumi: string = peerDependencies["@pulumi/pulumi"].replace(/^\D+/, "");

export async function node(env: NodeJS.ProcessEnv, version = process.versions.node): Promise<Found<string>> {
  const found = `Node ${version} at ${process.execPath}`;
  if (isOlder(version, oldestNode))
    throw new Error(`${found} is too old: ${oldestNode} or later is required. https://nodejs.org`);
  const cache = env.NODE_COMPILE_CACHE
    ? `compile cache in ${env.NODE_COMPILE_CACHE}`
    : "no compile cache; NODE_COMPILE_CACHE sets one, which makes previews start faster";
  return { message: `${found}, ${cache}`, value: version };
}

/** The command, and the library where the program is. */
export async function pulumi(env: NodeJS.ProcessEnv, directory: string, timeoutMs: number): Promise<Found<string>> {
  const path = await onPath("pulumi", env);
  if (!path) throw new Error("pulumi was not found on the PATH. Install it: https://www.pulumi.com/docs/install");
  const version = await versionOf(path, env, timeoutMs);
  const library = libraryIn(directory);
  const old = [
    isOlder(version, oldestPulumi) && `pulumi ${version} at ${path} is too old: ${oldestPulumi} or later is required`,
    library &&
      isOlder(library, oldestPulumi) &&
      `@pulumi/pulumi ${library} here is too old: ${oldestPulumi} or later is required`,
  ].filter(Boolean);
  if (old.length > 0) throw new Error(`${old.join("; ")}. https://www.pulumi.com/docs/install`);
  const here = library ? `@pulumi/pulumi ${library} in this directory` : "no @pulumi/pulumi in this directory";
  return { message: `pulumi ${version} at ${path}, ${here}`, value: version };
}

async function onPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of (env.PATH ?? "").split(delimiter).filter(Boolean)) {
    for (const path of names.map((each) => join(folder, each))) {
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
  }
  return undefined;
}

/** What the command writes; an error in its own words, which are one line and quote no values. */
export async function askPulumi(
  args: string[],
  env: NodeJS.ProcessEnv,
  directory: string,
  timeoutMs: number,
): Promise<string> {
  const path = await onPath("pulumi", env);
  if (!path) throw new Error("pulumi was not found on the PATH.");
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((done, fail) => {
    const options = { env: quiet, cwd: directory, timeout: timeoutMs };
    execFile(path, [...args, "--non-interactive"], options, (error, stdout, stderr) => {
      if (!error) return done(stdout);
      const [, said = `it ended with ${error.code ?? error.signal}`] = /^error: (.+)$/m.exec(stderr) ?? [];
      fail(new Error(`\`pulumi ${args.join(" ")}\` failed: ${said}`));
    });
  });
}

function versionOf(path: string, env: NodeJS.ProcessEnv, timeoutMs: number): Promise<string> {
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((done, fail) => {
    execFile(path, ["version"], { env: quiet, timeout: timeoutMs }, (error, stdout) => {
      const version = /^v?(\d+\.\d+\.\d+)/.exec(stdout?.trim() ?? "")?.[1];
      if (version) return done(version);
      fail(
        new Error(
          `${path} does not report its version${error?.code ? ` (${error.code})` : ""}. Run \`pulumi version\`.`,
        ),
      );
    });
  });
}

function libraryIn(directory: string): string | undefined {
  try {
    return createRequire(join(directory, "_"))("@pulumi/pulumi/package.json").version;
  } catch {
    return undefined;
  }
}

function isOlder(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((text) => text.split(/[.-]/).map(Number));
  const at = [0, 1, 2].find((part) => (a?.[part] ?? 0) !== (b?.[part] ?? 0));
  return at !== undefined && (a?.[at] ?? 0) < (b?.[at] ?? 0);
}
