import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes what only development needs from an installed checkout: nine tenths of its packages' size. `npm prune --omit=dev` would
 * remove Pulumi's SDK as well, with which Pulumi's host starts the plugin: it is a package of development and of the user's program.
 *
 * @param {string} directory
 */
export function removeDevelopmentPackages(directory) {
  const { packages } = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8"));
  const { dependencies, peerDependencies } = packages[""];
  const kept = new Set();
  /** @param {string} name */
  const keep = (name) => {
    if (kept.has(name)) return;
    kept.add(name);
    for (const at of Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`)))
      Object.keys({ ...packages[at].dependencies, ...packages[at].optionalDependencies }).forEach(keep);
  };
  // Pulumi's host compiles by the tsconfig.json of the program's directory, which its own old compiler may not understand.
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), "typescript", "ts-node"]) keep(name);

  const modules = join(directory, "node_modules");
  // A link leads to packages that are somebody else's.
  const entries = readdirSync(modules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: entry } of entries) {
    const names = entry.startsWith("@") ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`) : [entry];
    for (const name of names) if (!kept.has(name)) rmSync(join(modules, name), { recursive: true, force: true });
  }
}
