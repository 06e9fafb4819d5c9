import type { BackupVaultResource } from "../../azure/index.js";
import { isUnknown } from "../../host/unknowns.js";
import { unknown, type Vault } from "../../rules/index.js";
import type { BackupVaultSettings } from "./inputs.js";

/** Our arguments, or a live vault in their shape, as the rules' normal form. */
export function toRules(settings: Partial<BackupVaultSettings>, live?: BackupVaultResource): Vault {
  const { softDelete, identity, encryption, tags: _tags, alertsForAllJobFailures: _alerts, ...plain } = settings;
  const { costManagementGranularity: _granularity, ...texts } = plain;
  const vault: Vault = {
    ...(markUnknown(texts) as object),
    softDelete: fields(softDelete, ["state", "retentionDurationInDays"]),
    identity: identityOf(identity),
    encryption: fields(encryption, ["state", "keyUri", "identity", "infrastructureEncryption"]),
    resourceMoveState: live?.properties.resourceMoveState,
    isProtectedByResourceGuard: live?.properties.isVaultProtectedByResourceGuard,
  };
  if (vault.encryption) vault.encryption.state ??= "Enabled";
  return Object.fromEntries(Object.entries(vault).filter(([, value]) => value !== undefined)) as Vault;
}

function identityOf(identity: BackupVaultSettings["identity"]): Vault["identity"] {
  if (identity === undefined) return undefined;
  if (isUnknown(identity) || isUnknown(identity.type)) return { systemAssigned: unknown, userAssigned: unknown };
  return {
    systemAssigned: identity.type.startsWith("SystemAssigned"),
    userAssigned: markUnknown(identity.userAssignedIdentities ?? []) as string[],
  };
}

/** An object whose leaves are all unknown where the object itself is. */
function fields(object: object | undefined, names: string[]): object | undefined {
  if (isUnknown(object)) return Object.fromEntries(names.map((name) => [name, unknown]));
  return object && (markUnknown(object) as object);
}

function markUnknown(value: unknown): unknown {
  if (isUnknown(value)) return unknown;
  if (Array.isArray(value)) return value.map(markUnknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markUnknown(item)]));
}
