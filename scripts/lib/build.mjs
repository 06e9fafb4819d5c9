import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { NotReady } from "./notReady.mjs";
import { step } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

/** The directories of the packages themselves. */
export const rooms = ["provider", "emulator", "review", "cli", "guard"];
/** What is compiled: this package, and the emulator's. */
const projects = ["tsconfig.build.json", "emulator/tsconfig.json"];
const emulator = "emulator";
const stamp = join(root, "dist", ".sources.json");

/**
 * Compiles the packages, into dist/ and emulator/dist/, when that is not what lies there already.
 * @param {string} node
 */
export async function build(node) {
  if (isBuilt()) return;
  await step("Building the package", async () => {
    const { code, output } = await compile(node);
    if (code !== 0) throw new NotReady(`${output}\nThe package does not compile. See the errors above.`);
  });
}

/** Compares content, not dates, because a checkout sets arbitrary dates. */
export const isBuilt = () =>
  existsSync(join(root, emulator, "dist")) && JSON.stringify(lastBuilt()) === JSON.stringify(sources());

/** @param {string} node */
export async function compile(node) {
  const now = sources();
  for (const source of Object.keys(lastBuilt())) if (!(source in now)) removeOutputs(source);
  // It lies outside, so that it is not packed, and would let the compiler skip files that somebody removed.
  if (!existsSync(join(root, emulator, "dist"))) rmSync(join(root, "dist", "emulator.tsbuildinfo"), { force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const results = await Promise.all(projects.map((project) => run(node, [tsc, "-p", project], { cwd: root })));
  const code = Math.max(...results.map((result) => result.code));
  if (code === 0) {
    mkdirSync(join(root, "dist"), { recursive: true });
    writeFileSync(stamp, JSON.stringify(now));
  }
  return { code, output: results.map(({ output }) => output).join("") };
}

/** @returns {Record<string, string>} */
function sources() {
  const files = rooms.flatMap((room) => filesBelow(room)).filter((file) => file.endsWith(".ts"));
  const settings = ["tsconfig.json", ...projects, "package-lock.json"];
  return Object.fromEntries([...files.sort(), ...settings].map((file) => [file, digest(join(root, file))]));
}

/** @returns {Record<string, string>} */
function lastBuilt() {
  return existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : {};
}

/** @param {string} room */
function filesBelow(room) {
  const directory = join(root, room);
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).map((file) => join(room, file));
  return files.filter(
    (file) => !file.startsWith(join(emulator, "dist")) && !file.startsWith(join(emulator, "node_modules")),
  );
}

/** @param {string} file */
const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** @param {string} source */
function removeOutputs(source) {
  const [room = "", ...rest] = source.split(sep);
  const built = room === emulator ? join(emulator, "dist", ...rest) : join("dist", source);
  for (const ending of [".js", ".d.ts"]) rmSync(join(root, built.replace(/\.ts$/, ending)), { force: true });
}
