import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { programProperty } from "./fromProgram.js";
import { handlerConstant } from "./handlerConstant.js";
import { secretsProperty } from "./secrets.js";
import { tellProvider } from "./tellProvider.js";

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
    const told = tellProvider(args, opts);
    const properties = {
      ...Object.fromEntries(outputs.map((output) => [output, undefined])),
      ...args,
      ...(args && hasOutputs(args) && { [secretsProperty]: secretPaths(args) }),
      ...(told && { [programProperty]: told }),
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

/** Of the frames that the SDK keeps for the resource's position, the one where the program makes the resource. */
function onlyUsersLine(error: Error, frames: NodeJS.CallSite[], format: typeof Error.prepareStackTrace): unknown {
  const users = frames.slice(skippedBySdk).find((frame) => !frame.getFileName()?.startsWith(thisPackage));
  const kept = [...frames.slice(0, skippedBySdk), ...(users ? [users] : [])];
  return format ? format(error, kept) : [String(error), ...kept.map((frame) => `    at ${frame}`)].join("\n");
}
