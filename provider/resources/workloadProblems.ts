import * as pulumi from "../host/program/pulumi.js";
import { didYouMean, isObject, meantBy, type Problem, problemText } from "../vaults/values.js";
import type { ProtectedWorkloadArgs } from "./workloadArgs.js";

type Argument = keyof ProtectedWorkloadArgs;

/** The arguments that make resources, by the kind of vault, and those that name existing ones in their place. */
const kinds: { of: string; vault: Argument; policy: Argument; item: Argument }[] = [
  { of: "a Backup vault", vault: "backupVault", policy: "backupPolicy", item: "backupInstance" },
  {
    of: "a Recovery Services vault",
    vault: "recoveryServicesVault",
    policy: "recoveryServicesBackupPolicy",
    item: "protectedItem",
  },
];

type Kind = (typeof kinds)[number];

const argumentsOf = ({ vault, policy, item }: Kind): Argument[] => [vault, policy, item];
const existing = { vault: "vault", policy: "policyId" } as const;
const names: Argument[] = ["dataSource", ...Object.values(existing), ...kinds.flatMap(argumentsOf)];

/** Stops the program where the component cannot know which resources to make. Their own arguments they check themselves. */
export function requireWorkload(name: string, args: ProtectedWorkloadArgs): void {
  const problems = workloadProblems(args ?? {});
  if (problems.length === 0) return;
  throw new pulumi.RunError(problems.map((each) => `ProtectedWorkload "${name}": ${problemText(each)}`).join("\n"));
}

export function workloadProblems(args: object): Problem[] {
  const given = Object.fromEntries(
    Object.entries(args).filter(([, value]: [string, unknown]) => value !== undefined && value !== null),
  );
  const isGiven = (name: Argument) => Object.hasOwn(given, name);
  const kind = kinds.find(({ item }) => isGiven(item)) ?? kinds.find((each) => argumentsOf(each).some(isGiven));
  return [
    ...Object.keys(given).flatMap((name): Problem[] =>
      names.some((each) => each === name) ? [] : [{ path: "", expected: unknownArgument(name) }],
    ),
    ...(isGiven("dataSource") ? [] : [{ path: "dataSource", expected: "is missing" }]),
    ...(kind ? ofKind(kind, isGiven) : [noKind]),
    ...kinds
      .flatMap(argumentsOf)
      .filter((name) => isGiven(name) && !isPlainObject(given[name]))
      .map((path) => ({ path, expected: "must be an object. Its values may be outputs, but not the object itself" })),
  ];
}

const noKind: Problem = {
  path: "",
  expected: `${kinds.map(({ item, of }) => `${item} of ${of}`).join(" or ")} is missing`,
};

function ofKind(kind: Kind, isGiven: (name: Argument) => boolean): Problem[] {
  const others = kinds.filter((each) => each !== kind);
  return [
    ...(isGiven(kind.item) ? [] : [{ path: kind.item, expected: "is missing" }]),
    ...(["vault", "policy"] as const).flatMap((part): Problem[] => {
      const [there, created] = [existing[part], kind[part]];
      if (isGiven(there) && isGiven(created))
        return [{ path: there, expected: `and ${created} exclude each other: keep one of them` }];
      return isGiven(there) || isGiven(created)
        ? []
        : [{ path: created, expected: `is missing, or ${there} for an existing one` }];
    }),
    ...others.flatMap((other) =>
      argumentsOf(other)
        .filter(isGiven)
        .map((path) => ({
          path,
          expected: `is for ${other.of}, and ${kind.item} is in ${kind.of}. Remove one of them`,
        })),
    ),
  ];
}

const unknownArgument = (name: string): string =>
  `unknown argument "${name}"${didYouMean(meantBy(name, names)) || "."} Valid arguments: ${names.join(", ")}`;

const isPlainObject = (value: unknown): boolean =>
  isObject(value) &&
  !pulumi.Output.isInstance(value) &&
  !pulumi.Resource.isInstance(value) &&
  !(value instanceof Promise);
