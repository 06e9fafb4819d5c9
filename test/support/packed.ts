import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

export interface Manifest {
  version: string;
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** The packages of this repository, and where each is. */
const ours: Record<string, string> = {
  "pulumi-azure-backup": root,
  "azure-backup-emulator": join(root, "emulator"),
};

/** What `npm pack` would publish of a package, unpacked where npm would install it. Without what it depends on. */
export function installPacked(name: string, directory: string): { files: string[]; manifest: Manifest; at: string } {
  const at = join(directory, "node_modules", name);
  rmSync(at, { recursive: true, force: true });
  mkdirSync(at, { recursive: true });
  execFileSync("tar", ["-xz", "--strip-components=1", "-C", at], { input: archiveOf(name) });
  const files = readdirSync(at, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  return { files, manifest: manifestIn(at), at };
}

const worker = globalThis as typeof globalThis & { packed?: Map<string, Buffer> };

/** Packed once in each worker: npm takes more than a second for it. */
function archiveOf(name: string): Buffer {
  worker.packed ??= new Map();
  const known = worker.packed.get(name);
  if (known) return known;
  const directory = mkdtempSync(join(tmpdir(), "packed-"));
  try {
    const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", directory];
    execFileSync("npm", pack, { cwd: ours[name] });
    const archive = readFileSync(join(directory, readdirSync(directory)[0] ?? ""));
    worker.packed.set(name, archive);
    return archive;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** All that npm installs for these packages: their dependencies, theirs and so on, as the lock file has them. */
export function brought(dependencies: Record<string, string>): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const names = new Set<string>();
  const add = (name: string) => {
    if (names.has(name)) return;
    names.add(name);
    for (const next of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) add(next);
  };
  for (const name of Object.keys(dependencies)) add(name);
  return [...names];
}

/** Puts these packages into a directory's node_modules, and no others. */
export function provide(names: string[], directory: string): void {
  for (const name of names) {
    const at = join(directory, "node_modules", name);
    if (existsSync(at)) continue;
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(root, "node_modules", name), at);
  }
}

/**
 * An example as somebody has it who copied its folder and ran `npm install` there. Its project has the name that the tests'
 * stacks are of.
 */
export function installExample(name: string, directory: string): void {
  cpSync(join(root, "examples", name), directory, { recursive: true });
  const project = join(directory, "Pulumi.yaml");
  writeFileSync(project, readFileSync(project, "utf8").replace(/^name: .*/, "name: vaults"));
  const { dependencies, devDependencies } = manifestIn(directory);
  const wanted = { ...dependencies, ...devDependencies };
  for (const each of Object.keys(wanted).filter((each) => each in ours)) {
    const { manifest } = installPacked(each, directory);
    Object.assign(wanted, manifest.dependencies);
  }
  provide(brought(wanted), directory);
}

const manifestIn = (directory: string): Manifest => JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
