import { parseVaultId } from "../provider/vaults/vaultId.js";
import type { PlannedChange, Tool } from "./changes/plannedChange.js";
import { isIdSecret, secretSettings } from "./hideSecrets.js";
import type { ReviewedResource } from "./report.js";
import { toValue, type Value } from "./values.js";
import { vaultOf } from "./vaults/adapters.js";
import type { Subject } from "./vaults/index.js";
import type { HiddenNames } from "./withoutHiddenNames.js";

/** Which resource it is, as a page may say it. */
export function identified(planned: PlannedChange, tool: Tool, subject: Subject, hidden: HiddenNames) {
  const { address, type, position } = planned;
  return {
    ...(tool === "pulumi" ? { urn: address } : { address }),
    type,
    provider: providerOf(subject),
    ...whichVault(planned, subject, hidden),
    position,
  };
}

export function providerOf(subject: Subject): ReviewedResource["provider"] {
  if (subject.is === "vault") return subject.vault.provider;
  if (subject.is === "part") return subject.part.provider;
  if (subject.is === "dependency") return subject.dependency.provider;
  return subject.is === "unsupported" ? subject.provider : "azure-backup";
}

/** What it is called where it is not a vault. */
export function nounOf(subject: Subject): string | undefined {
  if (subject.is === "dependency") return subject.dependency.noun;
  return subject.is === "keyAccess" ? "key access" : undefined;
}

type Place = Pick<ReviewedResource, "name" | "vaultId" | "resourceGroupName" | "subscriptionId">;

/** A vault is shown by its name in Azure, any other resource by its name in the program. */
function whichVault(planned: PlannedChange, subject: Subject, hidden: HiddenNames): Place {
  const { name, old, new: wanted } = planned;
  const inputs = () => toValue((wanted ?? old)?.inputs ?? {});
  const id = subject.is === "part" ? subject.part.vaultId(inputs()) : old?.id;
  const secrets = secretSettings(planned, subject);
  // Of what a version does not know, any argument may be part of its name.
  const isUnknown = subject.is === "unsupported" && secrets.from.length + secrets.to.length > 0;
  // What marks a vault's name elsewhere hides it in the findings of other resources, not on its own.
  const place = isUnknown || isIdSecret(secrets) ? undefined : placeOf(id, subject.is === "vault" ? undefined : hidden);
  return place ?? namesOf(subject.is === "vault" ? vaultOf(subject.vault, inputs()) : {}, name);
}

/** Undefined: it is not the ID of a vault, or that of one whose name is secret. */
export function placeOf(id: Value, hidden?: HiddenNames): Place | undefined {
  const parsed = typeof id === "string" && hidden?.of(id) === undefined ? parseVaultId(id) : undefined;
  return parsed && { ...namesOf(parsed, ""), vaultId: String(id) };
}

type Names = Partial<Record<"vaultName" | "resourceGroupName" | "subscriptionId", unknown>>;

function namesOf({ vaultName, resourceGroupName, subscriptionId }: Names, name: string): Place {
  return {
    name: typeof vaultName === "string" ? vaultName : name,
    ...(typeof resourceGroupName === "string" && { resourceGroupName }),
    ...(typeof subscriptionId === "string" && { subscriptionId }),
  };
}
