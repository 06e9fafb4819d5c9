import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { unknownSettings } from "../../azure/signIn/stackSettings.js";
import { pluginProblem } from "./findPlugin.js";
import * as pulumi from "./pulumi.js";

const oldestNode = 22;

/** What this package cannot work with, in a sentence. Nothing where it can. */
export function nodeProblem(version: string): string | undefined {
  const [major = ""] = version.replace(/^v/, "").split(".");
  if (Number(major) >= oldestNode) return undefined;
  return (
    `pulumi-azure-backup requires Node.js ${oldestNode} or later, and this program runs on ${version}. ` +
    "Install a newer Node.js and run the command again."
  );
}

/**
 * Pulumi loads a resource's handlers in another process, from the directory of the program
 * (decisions/handler-constant.md). There it fails without a word that helps.
 */
export function handlerProblem(directory: string): string | undefined {
  try {
    createRequire(`${directory}/_`).resolve("pulumi-azure-backup/provider");
    return undefined;
  } catch {
    return (
      `Pulumi cannot find pulumi-azure-backup from ${directory}, from where it loads the resources' handlers. ` +
      `The package must be a direct dependency of the program: run \`${installCommand(directory)} pulumi-azure-backup\` in ${directory}, ` +
      "also if the program is bundled, or if a library of yours brings the package."
    );
  }
}

/** The lock files of the package managers, and how each adds a dependency. */
const installCommands: [lockFile: string, command: string][] = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  ["bun.lockb", "bun add"],
  ["package-lock.json", "npm install"],
];

/** Of the package manager whose lock file is nearest: in a workspace, it is in a directory above. */
function installCommand(directory: string): string {
  const found = installCommands.find(([lockFile]) => existsSync(join(directory, lockFile)));
  if (found) return found[1];
  const above = dirname(directory);
  return above === directory ? "npm install" : installCommand(above);
}

/** In the program, because the host of the handlers tells only the value of a key that it is asked for. */
export async function warnOfUnknownSettings(warn: (message: string) => Promise<void> = pulumi.log.warn): Promise<void> {
  for (const warning of unknownSettings(Object.keys(pulumi.allConfig()))) await warn(warning);
}

/** Whether the plugin serves the classes of this package, or the handlers in Pulumi's dynamic provider host. */
export type Front = "plugin" | "dynamic";

/** One for all resources of a program: resources in one process do not see those in another. */
export function frontOf(usePlugin: string | undefined): Front {
  const given = usePlugin?.trim() || "false";
  if (given !== "true" && given !== "false") {
    throw new pulumi.RunError(`azure-backup:usePlugin must be true or false; it is "${usePlugin}".`);
  }
  return given === "true" ? "plugin" : "dynamic";
}

let front: Front | undefined;

/** In the plugin itself, where a component of a program in another language makes its resources. */
export function servedByThisPlugin(): void {
  front = "plugin";
}

/** Checks the program at its first resource, and says what serves its resources. */
export function checkProgram(): Front {
  front ??= checked();
  return front;
}

function checked(): Front {
  const chosen = frontOf(pulumi.getConfig("azure-backup:usePlugin"));
  // Set where Pulumi runs the program. Inside a program of one's own, by the Automation API, the handlers are loaded from
  // the workspace's directory, which is not known here.
  const isRunByPulumi = process.env.PULUMI_NODEJS_PROJECT !== undefined;
  const needsHandlers = isRunByPulumi && chosen === "dynamic";
  const problem = nodeProblem(process.version) ?? (needsHandlers ? handlerProblem(process.cwd()) : undefined);
  if (problem) throw new pulumi.RunError(problem);
  const missing = isRunByPulumi && chosen === "plugin" ? pluginProblem(process.cwd()) : undefined;
  // Only a warning: the engine may know of another place.
  if (missing) pulumi.log.warn(missing).catch(() => {});
  // The program ends only after the engine has what was logged. If it cannot have it, this is not what to fail for.
  warnOfUnknownSettings().catch(() => {});
  return chosen;
}

/** A Node dynamic provider cannot import: Pulumi asks it for nothing but what it has created. */
export function refuseImport(type: string, name: string, { import: id }: pulumi.CustomResourceOptions = {}): void {
  if (id === undefined) return;
  const instead = /Vault$/.test(type)
    ? "To manage an existing vault in this stack, remove the option and set `adopt: true`, or use the plugin"
    : "Remove the option: the resource takes over what is there already. Or use the plugin";
  throw new pulumi.RunError(
    `${type} "${name}": the option \`import\` requires the plugin. ${instead} (azure-backup:usePlugin).`,
  );
}
