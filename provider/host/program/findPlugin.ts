import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

type Env = Record<string, string | undefined>;

const programs = ["pulumi-resource-azure-backup", "pulumi-resource-azure-backup.cmd"];

/**
 * Where the plugin is in none of the places in which the engine looks for it. The engine itself then names a command that finds
 * no release of this package.
 */
export function pluginProblem(directory: string, env: Env = process.env): string | undefined {
  if (isAttached(env) || isOnPath(env) || isInstalled(env) || isInProject(directory)) return undefined;
  return (
    "azure-backup:usePlugin is true, but the plugin azure-backup was not found. Install an archive of it with " +
    "`pulumi plugin install resource azure-backup <version> --file <archive>`, or name the path node_modules/.bin under " +
    "`plugins` in Pulumi.yaml (docs/plugin.md), then run the command again."
  );
}

const isAttached = ({ PULUMI_DEBUG_PROVIDERS = "" }: Env) => /(^|,)azure-backup:/.test(PULUMI_DEBUG_PROVIDERS);

const isOnPath = ({ PATH = "" }: Env) =>
  PATH.split(delimiter).some((each) => programs.some((program) => existsSync(join(each, program))));

function isInstalled({ PULUMI_HOME = join(homedir(), ".pulumi") }: Env): boolean {
  const plugins = join(PULUMI_HOME, "plugins");
  return existsSync(plugins) && readdirSync(plugins).some((name) => name.startsWith("resource-azure-backup-"));
}

/** Named anywhere in the project's file: what exactly it says is the engine's to judge. */
function isInProject(directory: string): boolean {
  const found = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].map((name) => join(directory, name)).find(existsSync);
  if (found) return /\bname"?\s*:\s*["']?azure-backup\b/.test(readFileSync(found, "utf8"));
  const above = dirname(directory);
  return above !== directory && isInProject(above);
}
