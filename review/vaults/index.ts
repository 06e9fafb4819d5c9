import { definitions } from "../../provider/vaults/definitions.js";
import { componentNames, type ResourceTypeName } from "../../provider/vaults/resourceTypes.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { DependencyKind, Subject } from "./adapters.js";
import { ofAnotherType } from "./armBody.js";
import { azapiSubject } from "./azapi.js";
import { azapiUpdate } from "./azapiUpdate.js";
import { backupVault, encryptionSettings, identityAssignment, recoveryServicesVault } from "./azureBackup.js";
import { azureClassic, azureClassicKey, azureClassicRecovery } from "./azureClassic.js";
import { azureNative, genericSubject, nativeType } from "./azureNative.js";
import { azurermSubject } from "./azurerm.js";
import { dependencyNames, dependencyOf, providerOf, unsupportedBackupType } from "./dependencies.js";
import { deploymentSubject } from "./deployments.js";
import { scriptSubject } from "./scripts.js";
import { templateSubject } from "./template.js";

export type { Subject } from "./adapters.js";

/** This package's types: of the dynamic classes, and of the plugin. */
const ours = ["pulumi-nodejs:dynamic/azure-backup:", "azure-backup:index:"];

/** What is in them is judged as resources of their own. */
const components: readonly string[] = componentNames.map((name) => `azure-backup:index:${name}`);

export const isOurType = (type: string): boolean => ours.some((prefix) => type.startsWith(prefix));

/** As reviews treat those of other providers. */
const ourDependency = (kind: DependencyKind): Subject => ({
  is: "dependency",
  dependency: { kind, ...dependencyNames[kind], provider: "azure-backup" },
});

const ourTypes: Record<ResourceTypeName, Subject> = {
  BackupVault: { is: "vault", vault: backupVault },
  RecoveryServicesVault: { is: "vault", vault: recoveryServicesVault },
  EncryptionSettings: { is: "part", part: encryptionSettings },
  IdentityAssignment: { is: "part", part: identityAssignment },
  KeyAccess: { is: "keyAccess" },
  ResourceGuard: ourDependency("resourceGuard"),
  ResourceGuardAssociation: ourDependency("guardAssociation"),
  BackupPolicy: ourDependency("policy"),
  RecoveryServicesBackupPolicy: ourDependency("policy"),
  BackupInstance: ourDependency("backupInstance"),
  ProtectedItem: ourDependency("protectedItem"),
};

const types: Record<string, Subject> = {
  ...Object.fromEntries(
    ours.flatMap((prefix) => Object.entries(ourTypes).map(([name, subject]) => [`${prefix}${name}`, subject])),
  ),
  "azure:dataprotection/backupVault:BackupVault": { is: "vault", vault: azureClassic },
  "azure:dataprotection/backupVaultCustomerManagedKey:BackupVaultCustomerManagedKey": {
    is: "part",
    part: azureClassicKey,
  },
  "azure:recoveryservices/vault:Vault": { is: "vault", vault: azureClassicRecovery },
};

const nativeKinds: Record<string, VaultKind> = {
  "dataprotection:BackupVault": "BackupVault",
  "recoveryservices:Vault": "RecoveryServicesVault",
};

type Typed = Pick<PlannedChange, "type" | "old" | "new">;

/** How a review treats a resource. Undefined if it has nothing to do with backups, neither before the change nor after it. */
export function subjectOf(change: Typed): Subject | undefined {
  const subject = subjectOfType(change);
  if (change.old?.type === undefined) return subject;
  // An alias can lead to a resource of any type.
  const { type, ...old } = change.old;
  const before = subjectOfType({ type, old });
  if (!before || before.is === "unsupported") return subject ?? before;
  return kindOf(before) === kindOf(subject)
    ? subject
    : ofAnotherType(isOurType(type) ? "azure-backup" : providerOf(type));
}

const kindOf = (subject: Subject | undefined): string | undefined =>
  subject?.is === "dependency" ? subject.dependency.kind : subject?.is;

function subjectOfType(change: Typed): Subject | undefined {
  const { type } = change;
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (known || components.includes(type)) return known;
  const native = nativeKinds[nativeType(type) ?? ""];
  if (native) return { is: "vault", vault: azureNative(type, definitions[native]) };
  if (isOurType(type)) {
    return { is: "unsupported", provider: "azure-backup", why: `This version does not know the type ${type}.` };
  }
  const update = azapiUpdate(change);
  if (update) return update;
  const dependency = dependencyOf(change);
  if (dependency) return { is: "dependency", dependency };
  const generic = nativeType(type) === "resources:Resource" ? genericSubject(change) : undefined;
  const other =
    generic ??
    azurermSubject(type) ??
    azapiSubject(change) ??
    templateSubject(change) ??
    deploymentSubject(change) ??
    scriptSubject(change);
  // A new way to declare a vault or what it depends on is recognized above this line.
  return other ?? unsupportedBackupType(change);
}

/** Whether it is a vault, of any provider. */
export const isVaultType = (type: string): boolean => subjectOf({ type })?.is === "vault";

/** The kind of what a vault depends on, of any provider. Of a generic resource, only its arguments say it. */
export function dependencyKindOf(change: Typed): DependencyKind | undefined {
  const known = kinds.get(change);
  if (known !== undefined) return known ?? undefined;
  const subject = subjectOf(change);
  const kind = subject?.is === "dependency" ? subject.dependency.kind : undefined;
  kinds.set(change, kind ?? null);
  return kind;
}

/** What is judged looks through all changes for those of a kind, for each vault. Null: none. */
const kinds = new WeakMap<Typed, DependencyKind | null>();

/** Whether something in a vault is backed up by it. */
export const isBackupType = (type: string): boolean =>
  ["backupInstance", "protectedItem"].includes(dependencyKindOf({ type }) ?? "");

/** Whether it is a vault, or a part of what it holds and what protects it, of any provider. */
export function isVaultOrPart(type: string): boolean {
  const subject = subjectOf({ type });
  return subject?.is === "vault" || (subject?.is === "dependency" && subject.dependency.isOfVault);
}
