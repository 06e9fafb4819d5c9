import { dirname } from "node:path";
import { type FromProgram, handlerConstant, programProperty, secretsProperty } from "./fromProgram.js";
import { checkProgram, refuseImport } from "./programChecks.js";
import * as pulumi from "./pulumi.js";

/**
 * A custom resource served by one of this package's handlers. `outputs` names what it has besides its arguments:
 * a property that is not registered does not exist on the object (https://github.com/pulumi/pulumi/issues/5174).
 */
export class DynamicResource extends pulumi.CustomResource {
  constructor(
    type: string,
    handler: string,
    outputs: readonly string[],
    name: string,
    args: object | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    checkProgram();
    refuseImport(type, name, opts);
    const known = onlyProgramKnows(args, opts);
    const properties = {
      ...Object.fromEntries(outputs.map((output) => [output, undefined])),
      ...args,
      ...(args && hasOutputs(args) && { [secretsProperty]: secretPaths(args) }),
      ...(known && { [programProperty]: known }),
      __provider: handlerConstant(handler),
    };
    // The SDK records a stack trace for every property, most of what a large stack's preview costs, and one of the
    // whole program for the resource, a third of what it occupies in state (decisions/stack-traces.md).
    const { stackTraceLimit, prepareStackTrace } = Error;
    Error.stackTraceLimit = 0;
    Error.prepareStackTrace = (error, frames) => onlyUsersLine(error, frames, prepareStackTrace);
    try {
      super(`pulumi-nodejs:dynamic/azure-backup:${type}`, name, properties, opts);
    } finally {
      Object.assign(Error, { stackTraceLimit, prepareStackTrace });
    }
  }
}

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

/** Of what a program writes down as it is: a resource given by mistake may lead round in circles. */
function entriesOf(value: unknown): [string, unknown][] {
  const isPlain = Array.isArray(value) || (typeof value === "object" && value?.constructor === Object);
  return isPlain ? Object.entries(value as object) : [];
}

const thisPackage = dirname(__dirname);
/** The SDK leaves out as many frames as lie between its own and the resource's class. */
const skippedBySdk = 5;

/**
 * Of the frames that the SDK keeps for the resource's position, the one where the program makes the resource. Only that one
 * is formatted: to find the sources of the others, the SDK's own source maps would be read, which takes longer than to
 * register a hundred vaults.
 */
function onlyUsersLine(error: Error, frames: NodeJS.CallSite[], format: typeof Error.prepareStackTrace): unknown {
  const users = frames
    .slice(skippedBySdk)
    .filter((frame) => !frame.getFileName()?.startsWith(thisPackage))
    .slice(0, 1);
  const formatted: unknown = format
    ? format(error, users)
    : [error, ...users.map((frame) => `    at ${frame}`)].join("\n");
  const [title, ...lines] = String(formatted).split("\n");
  return [title, ...frames.slice(0, skippedBySdk).map(() => "    at (skipped)"), ...lines].join("\n");
}

/** Nothing where there is nothing to tell, as for most resources: each property costs time. */
function onlyProgramKnows(
  args: object | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): Promise<FromProgram | undefined> | undefined {
  if (opts?.id !== undefined) return undefined;
  const createsFirst = opts?.deleteBeforeReplace === false;
  const given = [args, opts?.dependsOn];
  if (!createsFirst && !given.some(mayDepend)) return undefined;
  return Promise.all(given.map(isNewAmong)).then((found) => {
    const waitsForNew = found.includes(true);
    return createsFirst || waitsForNew ? { createsFirst, waitsForNew } : undefined;
  });
}

/** What a program writes down, looked into; an output or a resource is one thing. */
function partsOf(value: unknown): unknown[] {
  // What other resources of the program set of a vault is told by this package itself.
  return entriesOf(value).flatMap(([name, each]) => (name === "externallyManaged" ? [] : [each]));
}

const mayDepend = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) ||
  pulumi.Resource.isInstance(value) ||
  value instanceof Promise ||
  partsOf(value).some(mayDepend);

async function isNewAmong(value: unknown): Promise<boolean> {
  if (pulumi.Resource.isInstance(value)) return isNew(value);
  if (value instanceof Promise) return isNewAmong(await value);
  if (!pulumi.Output.isInstance(value)) return (await Promise.all(partsOf(value).map(isNewAmong))).includes(true);
  // An SDK that does not say what its output depends on: perhaps on something new.
  if (!isDependent(value)) return true;
  const found = await Promise.all([...(await value.allResources())].map(isNew));
  // Resources to wait for may themselves come in an output.
  return found.includes(true) || isNewAmong(await value.promise());
}

/** What the SDK's outputs have, and its types leave out. */
interface Dependent {
  allResources(): Promise<Set<pulumi.Resource>>;
  promise(): Promise<unknown>;
}

const isDependent = (output: object): output is Dependent =>
  ["allResources", "promise"].every((name) => typeof Reflect.get(output, name) === "function");

/**
 * In a preview the id of what is still to be made is not known. In a deployment it is made by now, perhaps a moment ago:
 * Azure may not show it everywhere yet. What is inside a component nobody can tell from outside.
 */
async function isNew(resource: pulumi.Resource): Promise<boolean> {
  if (!pulumi.isDryRun() || !pulumi.CustomResource.isInstance(resource)) return true;
  const id: object | undefined = resource.id;
  return id === undefined || !(await Reflect.get(id, "isKnown"));
}
