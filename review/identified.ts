import { parseVaultId } from "../provider/vaults/vaultId.js";
import type { PlannedChange, Tool } from "./changes/plannedChange.js";
import { isIdSecret, type SecretSettings } from "./hideSecrets.js";
import type { ReviewedResource } from "./report.js";
import { toValue } from "./values.js";
import { vaultOf } from "./vaults/adapters.js";
import type { Subject } from "./vaults/index.js";

/** Which resource it is, as a page may say it. */
export function identified(planned: PlannedChange, tool: Tool, subject: Subject, secrets: SecretSettings) {
  const { address, type, position } = planned;
  return {
    ...(tool === "pulumi" ? { urn: address } : { address }),
    type,
    provider: providerOf(subject),
    ...whichVault(planned, subject, secrets),
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
function whichVault({ name, old, new: wanted }: PlannedChange, subject: Subject, secrets: SecretSettings): Place {
  const inputs = () => toValue((wanted ?? old)?.inputs ?? {});
  const id = subject.is === "part" ? subject.part.vaultId(inputs()) : old?.id;
  const parsed = typeof id === "string" && !isIdSecret(secrets) ? parseVaultId(id) : undefined;
  if (parsed) return { ...namesOf(parsed, name), vaultId: String(id) };
  return namesOf(subject.is === "vault" ? vaultOf(subject.vault, inputs()) : {}, name);
}

type Names = Partial<Record<"vaultName" | "resourceGroupName" | "subscriptionId", unknown>>;

export function namesOf({ vaultName, resourceGroupName, subscriptionId }: Names, name: string): Place {
  return {
    name: typeof vaultName === "string" ? vaultName : name,
    ...(typeof resourceGroupName === "string" && { resourceGroupName }),
    ...(typeof subscriptionId === "string" && { subscriptionId }),
  };
}
