import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { handlerConstant } from "./handlerConstant.js";

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
    const properties = {
      ...Object.fromEntries(outputs.map((output) => [output, undefined])),
      ...args,
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

const thisPackage = dirname(__dirname);
/** The SDK leaves out as many frames as lie between its own and the resource's class. */
const skippedBySdk = 5;

/** Of the frames that the SDK keeps for the resource's position, the one where the program makes the resource. */
function onlyUsersLine(error: Error, frames: NodeJS.CallSite[], format: typeof Error.prepareStackTrace): unknown {
  const users = frames.slice(skippedBySdk).find((frame) => !frame.getFileName()?.startsWith(thisPackage));
  const kept = [...frames.slice(0, skippedBySdk), ...(users ? [users] : [])];
  return format ? format(error, kept) : [String(error), ...kept.map((frame) => `    at ${frame}`)].join("\n");
}
