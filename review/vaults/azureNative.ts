import type { Vault, VaultKind } from "../../provider/rules/index.js";
import type { State } from "../preview/step.js";
import { at, present, text } from "../values.js";
import { fromArm } from "./fromArm.js";
import { isVaultId } from "./vaultId.js";
import type { VaultType } from "./vaultType.js";

/**
 * Its arguments are those of Azure's REST API.
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/dataprotection/backupvault/
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/recoveryservices/vault/
 */
export const azureNative = (type: string, kind: VaultKind): VaultType => ({
  provider: "azure-native",
  kind,
  vault(settings, id) {
    const named = present<Vault>({
      vaultName: text(at(settings, "vaultName")),
      resourceGroupName: text(at(settings, "resourceGroupName")),
    });
    return { ...fromArm[kind](settings, isVaultId(id) ? id : undefined), ...named };
  },
  apiVersion: (state) => versionOfType(type) ?? versionOfState(state) ?? defaultApiVersion,
  property: (name) => names[name] ?? name,
});

/** Version 3 writes so where the type names no version. */
const defaultApiVersion = "2025-01-01";

/** `azure-native:dataprotection/v20240401:BackupVault` */
function versionOfType(type: string): string | undefined {
  const [, year, month, day, preview] = /\/v(\d{4})(\d{2})(\d{2})(preview)?:/.exec(type) ?? [];
  return year && `${year}-${month}-${day}${preview ? "-preview" : ""}`;
}

function versionOfState(state: State | undefined): string | undefined {
  const version = state?.outputs.azureApiVersion;
  return typeof version === "string" && /^\d{4}-/.test(version) ? version : undefined;
}

const names: Record<string, string> = { name: "vaultName" };
