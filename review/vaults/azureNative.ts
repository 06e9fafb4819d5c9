import { textAt } from "../../provider/vaults/body.js";
import type { VaultDefinition } from "../../provider/vaults/definitions.js";
import { liveState } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { at, toValue, type Value } from "../values.js";
import type { PreviewAdapter, Subject } from "./adapters.js";
import { type ArmForm, settingsInBody, storageSettings, subjectOfForms } from "./armBody.js";

/**
 * Its arguments are those of Azure's REST API.
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/dataprotection/backupvault/
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/recoveryservices/vault/
 */
export const azureNative = (type: string, definition: VaultDefinition): PreviewAdapter => ({
  provider: "azure-native",
  definition,
  multiRequestWrites: false,
  settings: (values) =>
    settingsInBody(definition, values, {
      vaultName: textAt(values, "vaultName"),
      resourceGroupName: textAt(values, "resourceGroupName"),
    }),
  stores: (values) => at(values, storageSettings),
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

/**
 * A resource of any type.
 * https://www.pulumi.com/registry/packages/azure-native/api-docs/resources/resource/
 */
export function genericSubject({ old, new: wanted }: Pick<PlannedChange, "old" | "new">): Subject | undefined {
  return subjectOfForms(
    [old, wanted].flatMap((state) => (state ? formOf(toValue(state.inputs)) : [])),
    "azure-native",
  );
}

function formOf(values: Value): ArmForm {
  const [namespace, path, last] = ["resourceProviderNamespace", "parentResourcePath", "resourceType"].map((name) =>
    at(values, name),
  );
  const apiVersion = at(values, "apiVersion");
  const isKnown = [namespace, path ?? "", last].every((each) => typeof each === "string");
  // The path has a name after each type.
  const parents = String(path ?? "")
    .split("/")
    .filter((each, index) => each !== "" && index % 2 === 0);
  return {
    provider: "azure-native",
    armType: isKnown ? [namespace, ...parents, last].join("/") : "",
    apiVersion: typeof apiVersion === "string" ? apiVersion : "",
    body: (all) => all,
    names: (all) => ({
      vaultName: textAt(all, "resourceName"),
      resourceGroupName: textAt(all, "resourceGroupName"),
    }),
    property: (name) => (name === "resourceName" ? "vaultName" : name),
  };
}
