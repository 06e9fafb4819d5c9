import { present, readBody, textAt } from "../../provider/vaults/body.js";
import type { VaultDefinition } from "../../provider/vaults/definitions.js";
import { liveState } from "../../provider/vaults/ruleVault.js";
import type { State } from "../changes/plannedChange.js";
import type { PreviewAdapter } from "./adapters.js";

/**
 * Its arguments are those of Azure's REST API.
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/dataprotection/backupvault/
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/recoveryservices/vault/
 */
export const azureNative = (type: string, definition: VaultDefinition): PreviewAdapter => ({
  provider: "azure-native",
  definition,
  multiRequestWrites: false,
  settings: (values) => ({
    ...readBody(definition.settings, values, definition.neverSet),
    ...present({ vaultName: textAt(values, "vaultName"), resourceGroupName: textAt(values, "resourceGroupName") }),
  }),
  state: (values) => liveState[definition.kind](values),
  apiVersion: (state) => versionOfType(type) ?? versionOfState(state, type) ?? defaultApiVersion,
  property: (name) => names[name] ?? name,
});

/** What version 3 uses if the type names no version. */
const defaultApiVersion = "2025-01-01";

/**
 * The api-version is in the type or, from version 3, in the name of a package that is generated for it:
 * `azure-native:dataprotection/v20240401:BackupVault`, `azure-native_dataprotection_v20240401:dataprotection:BackupVault`.
 * https://www.pulumi.com/registry/packages/azure-native/version-guide/#accessing-any-api-version-via-local-packages
 */
const form = /^azure-native(?:_\w+?_v(?<ofPackage>\w+))?:(?<module>\w+)(?:\/v(?<ofType>\w+))?:(?<name>\w+)$/;

/** `dataprotection:BackupVault`, whatever its api-version. */
export function nativeType(type: string): string | undefined {
  const { module, name } = form.exec(type)?.groups ?? {};
  return module && `${module}:${name}`;
}

function versionOfType(type: string): string | undefined {
  const { ofPackage, ofType } = form.exec(type)?.groups ?? {};
  const [, year, month, day, preview] = /^(\d{4})(\d{2})(\d{2})(\w*)$/.exec(ofType ?? ofPackage ?? "") ?? [];
  return year && `${year}-${month}-${day}${preview ? `-${preview}` : ""}`;
}

/** The api-version of the last write. A resource of another type was written with another version. */
function versionOfState(state: State | undefined, type: string): string | undefined {
  const version = (state?.type ?? type) === type ? state?.outputs.azureApiVersion : undefined;
  return typeof version === "string" && /^\d{4}-/.test(version) ? version : undefined;
}

const names: Record<string, string> = { name: "vaultName" };
