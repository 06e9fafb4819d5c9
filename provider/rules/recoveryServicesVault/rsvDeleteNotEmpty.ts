import { unknown } from "../../vaults/ruleVault.js";
import { wholeVault } from "../backupVault/wholeVault.js";
import { factValue, openValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { counted, firstFew } from "../wording.js";
import { containersText, has, itemsText } from "./registered.js";

export const rsvDeleteNotEmpty: Rule = {
  code: "rsv-delete-not-empty",
  resource: "RecoveryServicesVault",
  title: "A vault is deleted only when it is empty",
  summary:
    "Azure does not delete a vault with protected items, registered storage accounts or servers, items that Site " +
    "Recovery replicates, or private endpoints. Soft-deleted items go with the vault.",
  remediation:
    "Stop protection and delete the backup data of each item, unregister the storage accounts and servers, disable replication, delete the private endpoint connections, then the vault; or keep the vault at Azure: set retainOnDelete: true on the resource, run pulumi up, and only then take it out of the program.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesDelete,
  needs: ["protectedItems", "containers", "replication", "vault"],
  judge(change) {
    const { operation, before, facts } = change;
    if (operation !== "delete") return [];
    const active = (factValue(facts.protectedItems) ?? []).filter(({ isSoftDeleted }) => !isSoftDeleted);
    const containers = factValue(facts.containers) ?? [];
    const { replicatedItems = 0, registeredServers = 0 } = factValue(facts.replication) ?? {};
    const connections = before?.privateEndpoints ?? [];
    const endpoints = connections === unknown ? [] : [...connections].sort();
    // In the order in which to clear them.
    const texts = [
      active.length > 0 && itemsText(active),
      containers.length > 0 && containersText(containers),
      replicatedItems > 0 &&
        counted(replicatedItems, "item replicated by Site Recovery", "items replicated by Site Recovery"),
      registeredServers > 0 &&
        counted(registeredServers, "server registered with Site Recovery", "servers registered with Site Recovery"),
      endpoints.length > 0 && `${counted(endpoints.length, "private endpoint connection")}: ${firstFew(endpoints)}`,
    ].filter((text) => text !== false);
    const holds = has(facts, texts, ["protectedItems", "containers", "replication"]);
    if (holds.is === "empty") {
      return connections === unknown ? [undecided(wholeVault, openValue("before", "privateEndpoints", change))] : [];
    }
    if (holds.is === "open") return [undecided(wholeVault, holds.open)];
    return [{ decision: "refuse", ...wholeVault, reason: `It has ${holds.text}.` }];
  },
};
