import type { FromProgram } from "../fromProgram.js";
import * as pulumi from "./pulumi.js";

const argumentOption = Symbol("argument");

interface Options extends pulumi.CustomResourceOptions {
  [argumentOption]?: string;
}

/** The options of a resource whose arguments the program gives in this argument of a component. */
export const inArgument = (argument: string, opts: pulumi.CustomResourceOptions): Options => ({
  ...opts,
  [argumentOption]: argument,
});

/** Nothing where there is nothing to tell, as for most resources: each property costs time. */
export function onlyProgramKnows(
  args: object | undefined,
  opts: Options = {},
  tellsDeployment = false,
): Promise<FromProgram | undefined> | FromProgram | undefined {
  if (opts.id !== undefined) return undefined;
  const createsFirst = opts.deleteBeforeReplace === false;
  const argument = opts[argumentOption];
  const isDeployment = tellsDeployment && !pulumi.isDryRun();
  const told = {
    ...(argument && { argument }),
    ...(isDeployment && { isDeployment }),
    ...(createsFirst && { createsFirst }),
  };
  const nothingElse = Object.keys(told).length > 0 ? told : undefined;
  const given = [args, opts.dependsOn];
  if (!given.some(mayDepend)) return nothingElse;
  return Promise.all(given.map(isNewAmong)).then((found) =>
    found.includes(true) ? { ...told, waitsForNew: true } : nothingElse,
  );
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

/** Of what a program writes down as it is: a resource given by mistake may lead round in circles. */
export function entriesOf(value: unknown): [string, unknown][] {
  const isPlain = Array.isArray(value) || (typeof value === "object" && value?.constructor === Object);
  return isPlain ? Object.entries(value as object) : [];
}
