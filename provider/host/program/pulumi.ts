/**
 * What this package uses of Pulumi's SDK in the program, from the SDK's modules that Pulumi loads in any case: the index of
 * the SDK takes longer to load than all else in the program together (decisions/parts-of-the-sdk.md).
 */
export type { CustomResourceOptions, Input } from "@pulumi/pulumi";
export { RunError } from "@pulumi/pulumi/errors";
export * as log from "@pulumi/pulumi/log";
export { isSecret, Output, output, unknown } from "@pulumi/pulumi/output";
export { ComponentResource, CustomResource, Resource } from "@pulumi/pulumi/resource";
export { allConfig, getConfig } from "@pulumi/pulumi/runtime/config";
export { isDryRun } from "@pulumi/pulumi/runtime/settings";
