import type { Verdict } from "../provider/rules/verdict.js";
import type { ResourceTypeName } from "../provider/vaults/resourceTypes.js";
import { fields } from "./changes/plannedChange.js";
import { hiddenText, isSecret } from "./values.js";

/** What this package's provider judged against the live vault while the preview ran. */
export interface ProviderRecord {
  /** The resource's handler, such as `backupVault`. */
  handler: string;
  inputs: Record<string, unknown>;
  /** Absent if nothing changes. */
  judged?: { vault: string; verdicts: readonly object[]; notes: string[] };
}

export interface Records {
  /** The verdicts on a resource. Undefined if the provider has not checked it. */
  of(type: string, inputs: Record<string, unknown>): { verdicts: Verdict[]; notes: string[] } | undefined;
  /** The verdicts on the resources for which `of` was not called. */
  rest(): { type: string; vaultId: string; verdicts: Verdict[]; notes: string[] }[];
}

/** A resource that is replaced is checked twice: as a change and as a new resource. */
export function recordsFrom(records: readonly ProviderRecord[]): Records {
  const byKey = Map.groupBy(records, ({ handler, inputs }) => keyOf(handler, fields(inputs)));
  const asked = new Set<string>();
  const merged = (those: readonly ProviderRecord[]) => ({
    verdicts: once(those.flatMap(({ judged }) => (judged?.verdicts ?? []) as Verdict[])),
    notes: [...new Set(those.flatMap(({ judged }) => judged?.notes ?? []))],
  });
  return {
    of(type, inputs) {
      if (records.length === 0) return undefined;
      const key = keyOf(handlerOf(type), inputs);
      asked.add(key);
      const those = byKey.get(key);
      return those && merged(those);
    },
    rest: () =>
      [...byKey]
        .filter(([key]) => !asked.has(key))
        .map(([, those]) => ({
          type: `pulumi-nodejs:dynamic/azure-backup:${typeOf(those[0]?.handler ?? "")}`,
          vaultId: those.some(isVaultHidden) ? "" : (those.find(({ judged }) => judged)?.judged?.vault ?? ""),
          ...merged(those),
        }))
        .filter(({ verdicts }) => verdicts.length > 0),
  };
}

/** What tells the resources of each type apart, of what the provider writes: `provider/host/review.ts`. */
const identifying: Record<Uncapitalize<ResourceTypeName>, readonly string[]> = {
  backupVault: ["vaultId"],
  recoveryServicesVault: ["vaultId"],
  encryptionSettings: ["vault"],
  identityAssignment: ["vault", "identity"],
  // The review judges it.
  keyAccess: [],
  resourceGuard: ["resourceGuardId"],
  resourceGuardAssociation: ["vault"],
  backupPolicy: ["vault", "policyId"],
  recoveryServicesBackupPolicy: ["vault", "policyId"],
  backupInstance: ["vault", "instanceId"],
  protectedItem: ["vault", "sourceResourceId", "fileShareName"],
};

function keyOf(handler: string, inputs: Record<string, unknown>): string {
  const names = Object.hasOwn(identifying, handler) ? identifying[handler as keyof typeof identifying] : [];
  return JSON.stringify([handler, ...names.map((name) => shown(inputs[name] ?? ""))]).toLowerCase();
}

/** The preview hides a whole value of which the provider's record hides only a part. */
const shown = (value: unknown) =>
  isSecret(value) || (typeof value === "string" && value.includes(hiddenText)) ? hiddenText : value;

/** What was judged has the vault's whole ID, of which the arguments may be secret. */
const isVaultHidden = ({ inputs }: ProviderRecord): boolean =>
  [inputs.vault, inputs.vaultId].some((value) => shown(value) === hiddenText);

const handlerOf = (type: string) => type.replace(/^.*:(\w)/, (_, first: string) => first.toLowerCase());
const typeOf = (handler: string) => handler.replace(/^\w/, (first) => first.toUpperCase());

function once(verdicts: Verdict[]): Verdict[] {
  const said = new Map(verdicts.map((verdict) => [JSON.stringify(verdict), verdict]));
  return [...said.values()];
}
