import { present, readBody } from "../../provider/vaults/body.js";
import { definitions, type VaultDefinition } from "../../provider/vaults/definitions.js";
import { forRules, liveState, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { isObject } from "../../provider/vaults/values.js";
import type { VaultId, VaultKind } from "../../provider/vaults/vaultId.js";
import type { Provider } from "../report.js";
import { at, toValue, type Value } from "../values.js";
import type { PartAdapter, PreviewAdapter, Subject } from "./adapters.js";
import { settingsApart } from "./separateSettings.js";

/** How a resource holds what is sent to Resource Manager. */
export interface ArmForm {
  provider: Provider;
  /** As in `Microsoft.DataProtection/backupVaults`. */
  armType: string;
  apiVersion: string;
  body(values: Value): Value;
  names(values: Value): Partial<Record<"vaultName" | "resourceGroupName", Value>>;
  /** The ARM ID of the resource that it is a part of. Absent: its arguments do not say it. */
  parentId?(values: Value): Value;
  /** What the provider adds to the body from Azure's response. */
  response?(values: Value): Value;
  /** The name that the rules use for its property. */
  property?(name: string): string;
}

const kinds: Record<string, VaultKind> = {
  "microsoft.dataprotection/backupvaults": "BackupVault",
  "microsoft.recoveryservices/vaults": "RecoveryServicesVault",
};

/** Settings of a vault that Azure has as resources of their own, and of which some are judged where their vault is known. */
const separateSettings = new Set([
  ...Object.keys(settingsApart),
  "microsoft.dataprotection/backupvaults/backupresourceguardproxies",
  "microsoft.recoveryservices/vaults/backupencryptionconfigs",
  "microsoft.recoveryservices/vaults/backupresourceguardproxies",
]);

const kindOf = ({ armType }: Pick<ArmForm, "armType">): VaultKind | undefined => kinds[armType.toLowerCase()];

/** Undefined if it is neither a vault nor a setting of one. */
export function armSubject(form: ArmForm): Subject | undefined {
  const kind = kindOf(form);
  if (kind) return { is: "vault", vault: vaultInBody(definitions[kind], form) };
  if (!separateSettings.has(form.armType.toLowerCase())) return undefined;
  const apart = settingApart(form);
  if (apart) return apart;
  const why = `It changes a setting of a vault as ${form.armType}, which this version does not check.`;
  return { is: "unsupported", provider: form.provider, why };
}

export const ofAnotherType = (provider: Provider): Subject => ({
  is: "unsupported",
  provider,
  why: "It changes to a resource of another type.",
});

/**
 * The subject of a resource that can be of any type, before and after the change.
 *
 * @param made what a resource of a known type is
 */
export function subjectOfForms(
  forms: readonly ArmForm[],
  provider: Provider,
  made: (form: ArmForm) => Subject | undefined = armSubject,
): Subject | undefined {
  const types = new Set(forms.map(({ armType }) => armType.toLowerCase()));
  const form = forms.at(-1);
  if (
    !form ||
    ![...types].some((each) => each === "" || /^microsoft\.(dataprotection|recoveryservices)\//.test(each))
  ) {
    return undefined;
  }
  if (types.has("")) return { is: "unsupported", provider, why: "The preview does not show its type." };
  // A vault that another resource replaces is deleted, which the judgement of a changed vault does not show.
  if (types.size > 1) return ofAnotherType(provider);
  return made(form);
}

function vaultInBody(definition: VaultDefinition, form: ArmForm): PreviewAdapter {
  const { provider, apiVersion, body, names, response = body, property = (name) => name } = form;
  return {
    provider,
    definition,
    multiRequestWrites: false,
    settings: (values) => settingsInBody(definition, body(values), names(values)),
    stores: (values) => at(body(values), storageSettings),
    state(values) {
      const read = liveState[definition.kind];
      // The program may list them, wherever the response is.
      const { replicatedRegions } = read(body(values));
      return { ...read(response(values)), ...(replicatedRegions !== undefined && { replicatedRegions }) };
    },
    apiVersion: () => apiVersion,
    property,
  };
}

export const storageSettings = "properties.storageSettings";

/** A vault's settings in the body of a request or a response. */
export const settingsInBody = (
  definition: VaultDefinition,
  body: Value,
  names: Partial<Record<keyof VaultId, Value>>,
): Readonly<Record<string, unknown>> => ({
  ...readBody(definition.settings, body, definition.neverSet),
  ...present(names),
});

/** A resource that adds its body to the one of an existing vault. Its deletion changes nothing. */
export function addedBody(form: ArmForm, vaultId: (values: Value) => Value): Subject | undefined {
  const kind = kindOf(form);
  return kind ? { is: "part", part: partInBody(definitions[kind], form, vaultId) } : armSubject(form);
}

/** A setting of a vault as a resource of its own, whose state shows all that it has set. */
function settingApart(form: ArmForm): Subject | undefined {
  const inVault = settingsApart[form.armType.toLowerCase()];
  const { parentId } = form;
  if (!inVault || !parentId) return undefined;
  const ofVault = { ...form, body: (values: Value) => inVault(form.body(values)) };
  const part = partInBody(definitions.RecoveryServicesVault, ofVault, parentId);
  return { is: "part", part: { ...part, inAzure: { notObserved: ["rsv-soft-delete-not-always-on"] } } };
}

const partInBody = (
  definition: VaultDefinition,
  { provider, apiVersion, body }: ArmForm,
  vaultId: (values: Value) => Value,
): PartAdapter => ({
  provider,
  vaults: [{ definition, apiVersion: () => apiVersion, multiRequestWrites: false }],
  vaultId,
  added: (vault, values) => merged(vault, forRules(definition, settingsInBody(definition, body(values), {}))),
  removed: (vault) => vault,
});

function merged(vault: Vault, added: Vault): Vault {
  const fields = Object.entries(added).map(([name, value]) => {
    const has: unknown = vault[name as keyof Vault];
    return [name, isObject(has) && isObject(value) ? { ...has, ...value } : value];
  });
  return { ...vault, ...Object.fromEntries(fields) };
}

/** A body that may be written as JSON. What cannot be read is unknown. */
export function bodyFrom(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return toValue(JSON.parse(value));
  } catch {
    return unknown;
  }
}
