import * as pulumi from "../host/program/pulumi.js";
import { alternatives, didYouMean, isObject, meantBy, type Problem, problemText } from "../vaults/values.js";
import type { ItemDataSource, ProtectedWorkloadArgs } from "./workloadArgs.js";

type Argument = keyof ProtectedWorkloadArgs;

/** The arguments that make resources, by the kind of vault. */
const kinds = [
  { of: "a Backup vault", vault: "backupVault", policy: "backupPolicy", item: "backupInstance" },
  {
    of: "a Recovery Services vault",
    vault: "recoveryServicesVault",
    policy: "recoveryServicesBackupPolicy",
    item: "protectedItem",
  },
] as const satisfies { of: string; vault: Argument; policy: Argument; item: Argument }[];

type Kind = (typeof kinds)[number];

/** Those that name an existing one in its place. */
const existing = { vault: "vault", policy: "policyId" } as const;

type Listed = "dataSource" | (typeof existing)[keyof typeof existing] | Kind["vault" | "policy" | "item"];

const argumentsOf = ({ vault, policy, item }: Kind): Listed[] => [vault, policy, item];
const listed: Listed[] = ["dataSource", ...Object.values(existing), ...kinds.flatMap(argumentsOf)];
/** Does not compile while an argument is in none of the above. */
const names: readonly (Argument extends Listed ? Argument : never)[] = listed;

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
    ...ofDataSource(given, isGiven("protectedItem")),
    ...(kind ? ofKind(kind, isGiven) : [noKind]),
    ...kinds
      .flatMap(argumentsOf)
      .filter((name) => isGiven(name) && !isPlainObject(given[name]))
      .map((path) => ({ path, expected: "must be an object. Its values may be outputs, but not the object itself" })),
  ];
}

/** A protected item has no argument for it, so the component says what the policy of another resource cannot. */
const itemSources: readonly string[] = ["VM", "AzureFileShare"] satisfies ItemDataSource[];

function ofDataSource({ dataSource, protectedItem }: Record<string, unknown>, isItem: boolean): Problem[] {
  const wrong = (expected: string): Problem[] => [{ path: "dataSource", expected }];
  if (dataSource === undefined) return wrong("is missing");
  if (typeof dataSource !== "string") return wrong("must be a text that the program knows, and no output");
  if (!isItem) return [];
  if (!itemSources.includes(dataSource)) return wrong(`must be ${alternatives(itemSources)} for protectedItem`);
  const isShare = isObject(protectedItem) && protectedItem.fileShareName !== undefined;
  if (isShare === (dataSource === "AzureFileShare")) return [];
  return [{ path: "protectedItem.fileShareName", expected: isShare ? "is no argument for VM" : "is missing" }];
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
