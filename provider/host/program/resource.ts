import { handlerConstant } from "../dynamic/handlerConstant.js";
import { programProperty, secretsProperty } from "../fromProgram.js";
import { checkProgram, refuseImport } from "./checks.js";
import { entriesOf, onlyProgramKnows } from "./onlyProgramKnows.js";
import * as pulumi from "./pulumi.js";
import { traceOnlyUsersLine } from "./usersLine.js";

/**
 * A custom resource of this package, served by the handlers of Pulumi's dynamic provider host, or by the plugin where the
 * stack's configuration says so. `outputs` names what it has besides its arguments: a property that is not registered does not
 * exist on the object (https://github.com/pulumi/pulumi/issues/5174).
 */
export class AzureBackupResource extends pulumi.CustomResource {
  constructor(
    type: string,
    handler: string,
    outputs: readonly string[],
    name: string,
    args: object | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const front = checkProgram();
    if (front === "dynamic") refuseImport(type, name, opts);
    const types = { plugin: `azure-backup:index:${type}`, dynamic: `pulumi-nodejs:dynamic/azure-backup:${type}` };
    const other = front === "plugin" ? "dynamic" : "plugin";
    const known = onlyProgramKnows(args, opts, outputs.includes(validatedByAzure));
    const properties = {
      ...Object.fromEntries(outputs.map((output) => [output, undefined])),
      ...args,
      ...(front === "plugin" ? forPlugin(known) : forDynamicHost(handler, args, known)),
    };
    const restoreTraces = traceOnlyUsersLine();
    try {
      super(types[front], name, properties, opts?.id === undefined ? withAlias(opts, types[other]) : opts);
    } finally {
      restoreTraces();
    }
  }
}

/** In a preview, Azure is asked about a source that will be protected. In a deployment, it checks the source with the write. */
const validatedByAzure = "protectionState";

/** What the stack has of the other type becomes this resource, by an update that writes nothing to Azure. */
const withAlias = (opts: pulumi.CustomResourceOptions | undefined, type: string): pulumi.CustomResourceOptions => ({
  ...opts,
  aliases: [...(opts?.aliases ?? []), { type }],
});

/** Nothing to tell is told as well: without the property, the plugin has to expect the worst. */
const forPlugin = (known: object | undefined) => ({ [programProperty]: known ?? {} });

const forDynamicHost = (handler: string, args: object | undefined, known: object | undefined) => ({
  ...(args && hasOutputs(args) && { [secretsProperty]: secretPaths(args) }),
  ...(known && { [programProperty]: known }),
  __provider: handlerConstant(handler),
});

/** What may be secret comes as an output, or is computed. */
function hasOutputs(value: unknown): boolean {
  return isLater(value) || entriesOf(value).some(([, each]) => hasOutputs(each));
}

const isLater = (value: unknown) => pulumi.Output.isInstance(value) || value instanceof Promise;

/** The paths of the arguments that are secret; nothing where none is. */
async function secretPaths(args: object): Promise<string[][] | undefined> {
  const paths = await secretPathsIn(args, []);
  return paths.length > 0 ? paths : undefined;
}

async function secretPathsIn(value: unknown, path: string[]): Promise<string[][]> {
  // An output in the value of another one makes that one secret as well.
  if (isLater(value)) return (await pulumi.isSecret(pulumi.output(value))) ? [path] : [];
  const found = await Promise.all(entriesOf(value).map(([name, each]) => secretPathsIn(each, [...path, name])));
  return found.flat();
}
