import * as pulumi from "@pulumi/pulumi";
import type { FromProgram } from "./fromProgram.js";

/** Nothing where there is nothing to tell, as for most resources: each property costs time. */
export function tellProvider(
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
  const isPlain = Array.isArray(value) || (typeof value === "object" && value?.constructor === Object);
  // What other resources of the program set of a vault is told by this package itself.
  return isPlain
    ? Object.entries(value as object).flatMap(([name, each]) => (name === "markExternallyManaged" ? [] : [each]))
    : [];
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
  const output = value as unknown as Dependent;
  const found = await Promise.all([...(await output.allResources())].map(isNew));
  // Resources to wait for may themselves come in an output.
  return found.includes(true) || isNewAmong(await output.promise());
}

/** What the SDK keeps from its types. */
interface Dependent {
  allResources(): Promise<Set<pulumi.Resource>>;
  promise(): Promise<unknown>;
}

/**
 * In a preview the id of what is still to be made is not known. In a deployment it is made by now, perhaps a moment ago:
 * Azure may not show it everywhere yet. What is inside a component nobody can tell from outside.
 */
async function isNew(resource: pulumi.Resource): Promise<boolean> {
  if (!pulumi.runtime.isDryRun() || !pulumi.CustomResource.isInstance(resource)) return true;
  const { id } = resource as unknown as { id?: { isKnown: Promise<boolean> } };
  return id === undefined || !(await id.isKnown);
}
