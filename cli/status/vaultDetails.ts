import {
  type DeletionFinding,
  type EncryptionOverview,
  jobDays,
  type VaultOverview,
} from "../../provider/overview/index.js";
import { isValue } from "../../provider/vaults/values.js";
import { vaultNouns } from "../../provider/vaults/vaultId.js";
import type { Cell, Section } from "../output/sections.js";
import type { Tone } from "../output/terminal.js";
import { jobCell, keyCell, levelCell, protectionCell } from "./cells.js";
import { dataSources, policies, resourceGuards } from "./contents.js";

/** All that is known of one vault. */
export function vaultDetails(vault: VaultOverview): Section[] {
  return [
    { title: `${vaultNouns[vault.kind]} ${vault.vaultName}`, rows: settings(vault) },
    {
      title: "Instances",
      columns: ["type", "state", "count"],
      rows: (vault.instances ?? []).map(({ type, state, count }) => [type, protectionCell(state), String(count)]),
      otherwise: vault.instances ? "none" : "could not be read",
    },
    dataSources(vault),
    policies(vault),
    {
      title: `Jobs in the last ${jobDays} days`,
      columns: ["operation", "status", "count"],
      rows: (vault.jobs ?? []).map(({ operation, status, count }) => [operation, jobCell(status), String(count)]),
      otherwise: vault.jobs ? "none" : "could not be read",
    },
    ...resourceGuards(vault),
    { title: "Encryption", rows: encryption(vault.encryption) },
    deletion(vault),
    {
      title: "Settings that can no longer be changed",
      rows: vault.closed.map(({ property, state, notTo, stays, decision, reason, source }) => {
        const now = state === "unset" ? "not set" : state;
        const kept = stays ? now : `${now}, cannot become ${notTo.join(" or ")}`;
        return [
          { text: property, link: source },
          decision === "undecided" ? { text: `${kept}?`, tone: "attention" } : kept,
          reason,
        ];
      }),
      otherwise: "none",
    },
    ...unread(vault),
  ];
}

function settings(vault: VaultOverview): Cell[][] {
  const { redundancy, immutability, softDelete, ...features } = vault.settings;
  const { crossRegionRestore, crossSubscriptionRestore, isProtectedByResourceGuard: guarded } = features;
  const retention = softDelete?.retentionDurationInDays;
  const softDeletion = [softDelete?.state, retention && `${retention} days`].filter(Boolean).join(", ");
  const isSettled = vault.provisioningState === undefined || isValue("Succeeded", vault.provisioningState);
  const rows: [string, Cell | undefined][] = [
    ["resource group", vault.resourceGroupName],
    ["subscription", vault.subscriptionId],
    ["location", vault.location],
    ["state", vault.provisioningState && toned(vault.provisioningState, isSettled ? "good" : "attention")],
    ["redundancy", redundancy],
    ["immutability", immutability],
    ["soft delete", softDeletion],
    ["cross-region restore", crossRegionRestore],
    ["cross-subscription restore", crossSubscriptionRestore],
    ["resource guard", guarded === undefined ? undefined : guarded ? "enabled" : "none"],
    ["security level", vault.security.bcdrSecurityLevel && levelCell(vault.security.bcdrSecurityLevel)],
    ["secure score", vault.security.secureScore],
  ];
  return present(rows);
}

function encryption({ keyManagement, ...customer }: EncryptionOverview): Cell[][] {
  if (keyManagement === "platform") return [["keys", "platform-managed"]];
  const { state, keyUri, identity, infrastructureEncryption, key, keyVault, access } = customer;
  const isOpen = keyVault !== "missing" && keyVault && !(keyVault.softDelete && keyVault.purgeProtection);
  const rights = access && Object.entries(access).map(([right, may]) => `${right} ${may}`);
  const mayAll = access && Object.values(access).every((may) => may === "yes");
  const rows: [string, Cell | undefined][] = [
    ["keys", "customer-managed"],
    ["state", state && toned(state, state === "Enabled" ? "good" : "bad")],
    ["key", keyUri],
    ["key state", key && keyCell(key)],
    ["key type", key?.type && [key.type, key.size].filter(Boolean).join(" ")],
    ["key expires", key?.status === "missing" ? undefined : key && (key.expires ?? "never")],
    ["key vault", keyVault === "missing" ? toned("missing", "bad") : isOpen ? toned(weakness, "bad") : undefined],
    ["identity", identity],
    ["key permissions of the identity", rights && toned(rights.join(", "), mayAll ? "good" : "attention")],
    ["infrastructure encryption", infrastructureEncryption],
  ];
  return present(rows);
}

const weakness = "soft delete or purge protection is off";

function deletion(vault: VaultOverview): Section {
  const rows = vault.deletion.findings.map(({ code, decision, reason, remediation, source }): Cell[] => [
    { text: code, tone: tones[decision], link: source },
    `${reason} ${remediation}`,
  ]);
  const { decision } = vault.deletion;
  const tone = decision === "undecided" ? "attention" : undefined;
  return { title: `Deletion: ${decision}`, tone, rows, otherwise: "nothing blocks it" };
}

const tones: Record<DeletionFinding["decision"], Tone> = { refuse: "bad", undecided: "attention", warn: "attention" };

function unread({ unreadable }: VaultOverview): Section[] {
  if (unreadable.length === 0) return [];
  const rows = unreadable.map(({ what, why }) => [what, why]);
  return [{ title: "Could not be read", tone: "attention", rows }];
}

const toned = (text: string, tone: Tone): Cell => ({ text, tone });

const present = (rows: [string, Cell | undefined][]): Cell[][] =>
  rows.flatMap(([name, cell]) => (cell === undefined || cell === "" ? [] : [[name, cell]]));
