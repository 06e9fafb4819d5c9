import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { nodeFileTrace } from "@vercel/nft";
import { create } from "tar";
import { root } from "./root.mjs";

/** As Pulumi's engine names them in the archives that it downloads. The content is the same for all: it is JavaScript. */
const platforms = ["darwin", "linux", "windows"].flatMap((os) => ["amd64", "arm64"].map((arch) => `${os}-${arch}`));

const entry = "plugin/index.js";
/** What the plugin reads at run time, by paths that no import names. */
const read = ["package.json", "docs/schema.json", "LICENSE"];

/**
 * Writes the archives of the plugin into a directory and returns their names. They have everything that the plugin needs
 * but Node. Two builds of the same sources are the same, byte by byte.
 *
 * @param {string} directory
 */
export async function writePluginArchives(directory) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const names = platforms.map((platform) => `pulumi-resource-azure-backup-v${version}-${platform}.tar.gz`);
  const staging = mkdtempSync(join(tmpdir(), "azure-backup-plugin-"));
  try {
    for (const file of await pluginFiles()) copy(join(root, file), join(staging, file));
    const launchers = join(root, "scripts", "plugin");
    for (const file of readdirSync(launchers)) copy(join(launchers, file), join(staging, file));
    mkdirSync(directory, { recursive: true });
    const [first = "", ...others] = names.map((name) => join(directory, name));
    const packed = readdirSync(staging, { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile())
      .map((found) => relative(staging, join(found.parentPath, found.name)).replaceAll(sep, "/"))
      .sort();
    await create({ file: first, cwd: staging, gzip: { level: 9 }, portable: true, mtime: new Date(0) }, packed);
    for (const other of others) copyFileSync(first, other);
  } finally {
    rmSync(staging, { recursive: true });
  }
  return names;
}

/** Of this repository and the packages, what the plugin can load, and the packages' licences. */
async function pluginFiles() {
  // What is read once is not read again.
  const options = { base: root, cache: {} };
  /** @param {string[]} files */
  const traced = async (files) => {
    const { fileList } = await nodeFileTrace(files, options);
    return [...fileList];
  };
  const own = await traced([join(root, entry)]);
  const all = await traced([entry, ...own.flatMap(loadedFromPulumi)].map((file) => join(root, file)));
  return [...new Set([...all, ...read, ...all.flatMap(licencesOf)])];
}

/**
 * What a file takes from Pulumi's SDK when it is needed, with `fromPulumi`, which no tracer knows.
 * @param {string} file
 */
function loadedFromPulumi(file) {
  if (file.startsWith("node_modules") || !file.endsWith(".js")) return [];
  const manifest = "node_modules/@pulumi/pulumi/package.json";
  const { resolve } = createRequire(join(root, manifest));
  const calls = readFileSync(join(root, file), "utf8").matchAll(/\.fromPulumi\)\((?:"([^"]+)")?/g);
  const names = [...calls].map(([, name]) => {
    if (!name)
      throw new Error(`${file} takes from Pulumi's SDK what it does not name. The plugin's archive would lack it.`);
    return relative(root, resolve(name));
  });
  return [...names, manifest];
}

/**
 * The licences of the package that a file belongs to.
 * @param {string} file
 */
function licencesOf(file) {
  const [directory] = /^.*node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [];
  if (!directory) return [];
  const names = readdirSync(join(root, directory)).filter((name) => /^(licen[cs]e|notice|third)/i.test(name));
  return names.map((name) => join(directory, name));
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  if (!existsSync(from)) throw new Error(`${from} is missing: run \`npm run build\`.`);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
