import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../scripts/lib/root.mjs";

/**
 * Gives a project a `node_modules` with this package, Pulumi's SDK and what they depend on, as `npm install` would.
 * Pulumi's language host looks through all of it at each start, so a link to this repository would cost more.
 */
export function installPackage(directory) {
  const modules = join(directory, "node_modules");
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const installed = new Set();
  const install = (name) => {
    if (installed.has(name)) return;
    installed.add(name);
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
    const { dependencies = {} } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    Object.keys(dependencies).forEach(install);
  };
  ["typescript", ...Object.keys({ ...own.peerDependencies, ...own.dependencies })].forEach(install);

  const target = join(modules, own.name);
  mkdirSync(join(target, "dist"), { recursive: true });
  copyFileSync(join(root, "package.json"), join(target, "package.json"));
  const packed = own.files.filter((file) => !file.startsWith("!"));
  for (const file of packed) symlinkSync(join(root, file), join(target, file));
}
