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
    // The SDK records a stack trace for every property, most of what a large stack's preview costs
    // (decisions/stack-traces.md, `npm run bench`).
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      super(`pulumi-nodejs:dynamic/azure-backup:${type}`, name, properties, opts);
    } finally {
      Error.stackTraceLimit = limit;
    }
  }
}
