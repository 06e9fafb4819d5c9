import { parseGuardId } from "../provider/vaults/guardId.js";
import type { PlannedChange, State } from "./changes/plannedChange.js";
import { vaultIn } from "./dependencies/reading.js";
import { isIdSecret, secretSettings } from "./hideSecrets.js";
import { containsSecret, deepest, isSecret, revealed } from "./values.js";
import { isVaultId } from "./vaults/adapters.js";
import { subjectOf } from "./vaults/index.js";
import type { HiddenNames } from "./withoutHiddenNames.js";

const noName = "(secret name)";

export function hiddenNames(all: readonly PlannedChange[]): HiddenNames {
  const vaults = new Map<string, string>();
  const names = new Map<string, string>();
  const elsewhere = new Set<string>();
  for (const planned of all) {
    const subject = subjectOf(planned);
    const own = idsOf(planned);
    if (subject?.is === "vault") {
      for (const id of own) vaults.set(id, planned.name);
      if (isIdSecret(secretSettings(planned, subject))) for (const id of own) names.set(id, planned.name);
    } else if (hasSecret(planned)) {
      // What sets something on a vault may have the vault's ID.
      for (const id of own) if (!isVaultId(id)) names.set(id, planned.name);
      for (const id of namedSecretly(planned, own)) elsewhere.add(id);
    }
  }
  for (const id of elsewhere) names.set(id, vaults.get(id) ?? noName);
  const of = (id: string | undefined) => (id === undefined ? undefined : names.get(id.toLowerCase()));
  return {
    of,
    areIn: (id) => (id === undefined ? names.size > 0 : (of(id) ?? of(vaultIn(id)?.id)) !== undefined),
    guardId: (id) => (of(id) === undefined ? id : "{ARM ID of the guard}"),
    ids: [...names.keys()],
  };
}

const statesOf = ({ old, new: wanted }: PlannedChange): State[] => [old, wanted].filter((state) => state !== undefined);

const hasSecret = (planned: PlannedChange): boolean =>
  statesOf(planned).some(({ inputs, outputs }) => containsSecret(inputs) || containsSecret(outputs));

/** Those of a vault, of what is in one and of a guard, in lower case, also where they are sensitive themselves. */
const idsOf = (planned: PlannedChange): string[] =>
  statesOf(planned)
    .flatMap(({ id, inputs }) => [id, revealed(inputs.id)])
    .flatMap((id) => (typeof id === "string" && (vaultIn(id) || parseGuardId(id)) ? id.toLowerCase() : []));

/** The arguments of each provider for a vault, for what is in one, and for a guard. */
const idArguments = [
  ...["vault", "vaultId", "vaultName", "recoveryVaultName", "dataProtectionBackupVaultId", "parentResourcePath"],
  // Terraform and Pulumi spell those of azapi and of an action differently.
  ...["parentId", "parent_id", "resourceId", "resource_id", "backupInstanceId", "backup_instance_id"],
  "resourceGuardId",
];

/** Those of a resource that has a vault's ID. */
const nameArguments = ["name", "resourceName"];

/** A secret argument names what the resource's own ID contains. A plan of Terraform has the values of secrets, which may be IDs. */
const namedSecretly = (planned: PlannedChange, own: readonly string[]): string[] =>
  statesOf(planned).flatMap(({ inputs, outputs }) => {
    const isAnySecret = (names: readonly string[]) =>
      names.some((name) => isSecret(inputs[name]) || isSecret(outputs[name]));
    const vaults = isAnySecret(nameArguments) ? own.filter(isVaultId) : [];
    const named = [...(isAnySecret(idArguments) ? own : []), ...secretTexts(inputs)];
    return [...vaults, ...named.flatMap((id) => vaultIn(id)?.id ?? (parseGuardId(id) ? id : []))].map((id) =>
      id.toLowerCase(),
    );
  });

function secretTexts(value: unknown, depth = 0): string[] {
  if (isSecret(value)) return textsIn(revealed(value));
  return partsOf(value, depth).flatMap((each) => secretTexts(each, depth + 1));
}

const textsIn = (value: unknown, depth = 0): string[] =>
  typeof value === "string" ? [value] : partsOf(value, depth).flatMap((each) => textsIn(each, depth + 1));

const partsOf = (value: unknown, depth: number): unknown[] =>
  typeof value === "object" && value !== null && depth <= deepest ? Object.values(value) : [];
