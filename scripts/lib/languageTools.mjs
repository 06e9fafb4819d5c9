import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheHome } from "./cacheHome.mjs";
import { buildFromGoModules, inModule, tail, whyNoGo } from "./goBuild.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const modules = join(root, "scripts", "pulumi");
const sdk = "github.com/pulumi/pulumi/sdk/v3";

/**
 * Pulumi's generators of SDKs, and its language hosts other than Node's. The present modules of the hosts of Python and Go
 * are not published, and each is in the last release of the SDK that contains it.
 */
export const generators = [
  { name: "sdk-generator", module: "engine", path: "./generate" },
  { name: "sdk-generator-dotnet-yaml", module: "yamlHost", path: "./generate" },
  { name: "sdk-generator-java", module: "javaHost", path: "./generate" },
];
const hosts = [
  {
    name: "pulumi-language-python",
    module: "languageHost",
    path: `${sdk}/python/cmd/pulumi-language-python`,
    beside: ["python/cmd/pulumi-language-python-exec"],
  },
  { name: "pulumi-language-go", module: "goHost", path: `${sdk}/go/pulumi-language-go` },
  {
    name: "pulumi-language-yaml",
    module: "yamlHost",
    path: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
];

/** The directory of these programs, outside the checkout. A change of what they are built from is another directory. */
export function languageTools() {
  const digest = createHash("sha256");
  for (const file of readdirSync(modules, { recursive: true, encoding: "utf8" }).sort())
    if (/\.(go|mod|sum)$/.test(file)) digest.update(readFileSync(join(modules, file)));
  const version = digest.digest("hex").slice(0, 12);
  return join(cacheHome(), `language-tools-${version}-${process.platform}-${process.arch}`);
}

/**
 * Builds those that are missing. Pulumi's own download brings the hosts. What cannot be built is said, with the reason:
 * development needs none of them.
 *
 * @param {{ pulumi?: string, only?: "generators" }} needs `pulumi` is the directory with Pulumi
 */
export async function installLanguageTools({ pulumi = "", only }) {
  const directory = languageTools();
  const wanted = only ? generators : [...generators, ...hosts.filter(({ name }) => !existsSync(join(pulumi, name)))];
  const missing = wanted.filter(({ name }) => !existsSync(join(directory, name)));
  if (missing.length === 0) return;
  const noGo = await whyNoGo();
  if (noGo) return skip(missing, `that requires ${noGo}`);
  mkdirSync(directory, { recursive: true });
  for (const program of missing) {
    const title = `Building ${program.name} from its Go modules, once for this machine`;
    const unfinished = join(directory, `${program.name}.${process.pid}`);
    try {
      const { code, output } = await buildFromGoModules({ ...program, title, file: unfinished });
      if (code !== 0) skip([program], tail(output));
      else if (await copied(program, directory)) renameSync(unfinished, join(directory, program.name));
    } finally {
      rmSync(unfinished, { force: true });
    }
  }
}

/**
 * What the host starts, and looks for beside itself.
 * @param {{ module: string, beside?: string[] }} program
 * @param {string} directory
 */
async function copied({ module, beside = [] }, directory) {
  for (const file of beside) {
    const { code, output } = await run("go", ["list", "-m", "-f", "{{.Dir}}", sdk], inModule(module));
    if (code !== 0) return skip([{ name: file }], tail(output));
    const to = join(directory, file.split("/").at(-1) ?? "");
    copyFileSync(join(output.trim(), file), to);
    chmodSync(to, 0o755);
  }
  return true;
}

/**
 * @param {{ name: string }[]} programs
 * @param {string} reason
 */
function skip(programs, reason) {
  console.log(`  ${programs.map(({ name }) => name).join(", ")} cannot be built: ${reason}`);
}
