import { apiVersion, recoveryServicesApiVersion, writeApiVersion } from "../../provider/azure/arm/apiVersions.js";
import { present, readArguments, textAt } from "../../provider/vaults/body.js";
import { definitions, type VaultDefinition } from "../../provider/vaults/definitions.js";
import { isGuarded, type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { at } from "../values.js";
import type { PartAdapter, PreviewAdapter } from "./adapters.js";

/** This package's own vaults. Their arguments have the rules' names. */
const own = (
  definition: VaultDefinition,
  version: (after: Vault | undefined) => string,
  multiRequestWrites: boolean,
): PreviewAdapter => ({
  provider: "azure-backup",
  hasAccept: true,
  definition,
  multiRequestWrites,
  settings: (values) => readArguments(definition.settings, values),
  state: (values) => ({
    isProtectedByResourceGuard: isGuarded(
      at(values, "isVaultProtectedByResourceGuard") ?? at(values, "multiUserAuthorization"),
    ),
  }),
  apiVersion: (_, after) => version(after),
  property: (name) => name,
});

export const backupVault = own(
  definitions.BackupVault,
  (after) => (after ? writeApiVersion(after.softDelete?.state) : apiVersion),
  false,
);
/** Its lifecycle performs each step that Azure requires in a separate request. */
export const recoveryServicesVault = own(definitions.RecoveryServicesVault, () => recoveryServicesApiVersion, true);

export const encryptionSettings: PartAdapter = {
  provider: "azure-backup",
  hasAccept: true,
  vaults: [backupVault, recoveryServicesVault],
  vaultId: (settings) => at(settings, "vault"),
  added: (vault, settings) => ({
    ...vault,
    encryption: {
      ...vault.encryption,
      state: "Enabled",
      ...present({
        keyUri: textAt(settings, "keyUri"),
        identity: textAt(settings, "identity"),
        infrastructureEncryption: textAt(settings, "infrastructureEncryption"),
      }),
    },
  }),
  removed: ({ encryption: _, ...vault }) => vault,
};

export const identityAssignment: PartAdapter = {
  provider: "azure-backup",
  vaults: [backupVault, recoveryServicesVault],
  vaultId: (settings) => at(settings, "vault"),
  added: (vault, settings) => withIdentity(vault, textAt(settings, "identity") ?? unknown, true),
  removed: (vault, settings) => withIdentity(vault, textAt(settings, "identity") ?? unknown, false),
};

function withIdentity(vault: Vault, identity: Maybe<string>, isOn: boolean): Vault {
  const { systemAssigned, userAssigned } = vault.identity ?? {};
  if (identity === unknown) return { ...vault, identity: { systemAssigned: unknown, userAssigned: unknown } };
  if (/^SystemAssigned$/i.test(identity)) return { ...vault, identity: { userAssigned, systemAssigned: isOn } };
  // Another object, because the vault's identities change.
  if (userAssigned === unknown) return { ...vault, identity: { systemAssigned, userAssigned } };
  const others = (userAssigned ?? []).filter((id) => id === unknown || id.toLowerCase() !== identity.toLowerCase());
  return { ...vault, identity: { systemAssigned, userAssigned: isOn ? [...others, identity] : others } };
}
