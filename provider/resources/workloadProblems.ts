import * as pulumi from "../host/program/pulumi.js";
import { didYouMean, isObject, meantBy, type Problem, problemText } from "../vaults/values.js";
import type { ProtectedWorkloadArgs } from "./workloadArgs.js";

/** The arguments, each with whether it makes a resource. Does not compile while one is missing. */
const makesResource: Record<keyof ProtectedWorkloadArgs, boolean> = {
  dataSource: false,
  vault: false,
  backupVault: true,
  policyId: false,
  backupPolicy: true,
  backupInstance: true,
};

const names = Object.keys(makesResource) as (keyof ProtectedWorkloadArgs)[];

/** An existing one, and one to create. Exactly one of them is set. */
const alternativesTo: [existing: keyof ProtectedWorkloadArgs, created: keyof ProtectedWorkloadArgs][] = [
  ["vault", "backupVault"],
  ["policyId", "backupPolicy"],
];

/** Stops the program where the component cannot know which resources to make. Their own arguments they check themselves. */
export function requireWorkload(name: string, args: ProtectedWorkloadArgs): void {
  const problems = workloadProblems(args ?? {});
  if (problems.length === 0) return;
  throw new pulumi.RunError(problems.map((each) => `ProtectedWorkload "${name}": ${problemText(each)}`).join("\n"));
}

export function workloadProblems(args: object): Problem[] {
  const given: Record<string, unknown> = { ...args };
  const isGiven = (each: string) => given[each] !== undefined && given[each] !== null;
  const unknown = Object.keys(given).filter((each) => isGiven(each) && !Object.hasOwn(makesResource, each));
  return [
    ...unknown.map((each) => ({ path: "", expected: unknownArgument(each) })),
    ...alternativesTo.flatMap(([existing, created]): Problem[] => {
      if (isGiven(existing) && isGiven(created))
        return [{ path: existing, expected: `and ${created} exclude each other: keep one of them` }];
      return isGiven(existing) || isGiven(created)
        ? []
        : [{ path: created, expected: `is missing, or ${existing} for an existing one` }];
    }),
    ...(["dataSource", "backupInstance"] as const)
      .filter((each) => !isGiven(each))
      .map((path) => ({ path, expected: "is missing" })),
    ...names
      .filter((each) => makesResource[each] && isGiven(each) && !isPlainObject(given[each]))
      .map((path) => ({ path, expected: "must be an object. Its values may be outputs, but not the object itself" })),
  ];
}

const unknownArgument = (name: string): string =>
  `unknown argument "${name}"${didYouMean(meantBy(name, names)) || "."} Valid arguments: ${names.join(", ")}`;

const isPlainObject = (value: unknown): boolean =>
  isObject(value) &&
  !pulumi.Output.isInstance(value) &&
  !pulumi.Resource.isInstance(value) &&
  !(value instanceof Promise);
