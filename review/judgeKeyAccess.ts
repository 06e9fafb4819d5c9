import { ruleOf, type Verdict, vaultsNamed } from "../provider/rules/index.js";
import { type Encryption, unknown } from "../provider/vaults/ruleVault.js";
import type { VaultKind } from "../provider/vaults/vaultId.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import type { Judgement, ReviewContext } from "./judgeVault.js";
import type { KeyAccess, KeyUser } from "./live.js";
import { keyIn, keyOf } from "./owners.js";
import { at, toValue, type Value } from "./values.js";

const code = "cmk-dependency-deleted-first";

/** An access that a vault's encryption needs must not be deleted before the vault, or before the vault uses another. */
export async function judgeKeyAccess(planned: PlannedChange, context: ReviewContext): Promise<Judgement> {
  const { action, old } = planned;
  const { live, deleted } = context;
  const nothing: Judgement = { verdicts: [], notes: [] };
  const isRemoved = action === "delete" || action === "replace";
  if (!isRemoved || old?.retainOnDelete || old?.outputs.grantedBy === "Nothing") return nothing;
  const kept = context.kept.get(keyOf(planned));
  if (kept !== undefined) return { verdicts: [], notes: [kept] };
  const access = accessOf(toValue({ ...old?.inputs, ...old?.outputs }));
  if (!live?.vaultsUsing || !access) return one("undecided", "Not read yet: the vaults that use the key.");
  const found = await live.vaultsUsing(access);
  if ("unreadable" in found) {
    return one("undecided", `The vaults that use the key could not be read: ${found.unreadable}`);
  }
  const users = found.value.filter(({ id }) => !deleted.has(id.toLowerCase()));
  const needing = (need: Need) =>
    users.filter((user) => needOf(access, user, context.projected.encryption(user.id)) === need);
  const [using, perhaps] = [needing("yes"), needing("unknown")];
  if (using.length > 0) {
    const reason = `Its key encrypts ${vaultsNamed(using)}. Without access to it, backup, restore and even the deletion of the vault fail.`;
    return one("refuse", reason, using[0]?.kind);
  }
  if (perhaps.length === 0) return nothing;
  const reason = `Its key encrypts ${vaultsNamed(perhaps)}, whose new key or identity is only known during \`pulumi up\`.`;
  return one("undecided", reason, perhaps[0]?.kind);
}

export function accessOf(recorded: Value): KeyAccess | undefined {
  const [keyUri, principalId, keyVaultId] = ["keyUri", "principalId", "keyVaultId"].map((name) => at(recorded, name));
  const [grantedBy, scope] = ["grantedBy", "scope"].map((name) => at(recorded, name) ?? undefined);
  if (typeof keyUri !== "string" || typeof principalId !== "string" || typeof keyVaultId !== "string") return undefined;
  // An unknown value may be the one that covers more keys.
  if (grantedBy === unknown || scope === unknown) return undefined;
  return {
    keyUri,
    principalId,
    keyVaultId,
    ...(grantedBy !== undefined && { grantedBy: String(grantedBy) }),
    ...(scope !== undefined && { scope: String(scope) }),
  };
}

type Need = "yes" | "no" | "unknown";

/** Whether a vault that uses the key through this access still does once everything is created and updated. */
function needOf(access: KeyAccess, { identity }: KeyUser, wants: Encryption | undefined): Need {
  if (!wants) return "yes";
  if (wants.keyUri === unknown) return "unknown";
  const [before, after] = [keyIn({ keyUri: access.keyUri }), keyIn({ keyUri: wants.keyUri })];
  const isForAll = access.grantedBy === "AccessPolicy" || access.scope === "KeyVault";
  if (after && (isForAll ? after.store !== before?.store : after.key !== before?.key)) return "no";
  if (wants.identity === unknown || wants.identity === undefined || identity === undefined) return "unknown";
  return wants.identity.toLowerCase() === identity.toLowerCase() ? "yes" : "no";
}

/** @param resource the kind of a vault that needs the access, if one is known */
function one(decision: Verdict["decision"], reason: string, resource: VaultKind = "BackupVault"): Judgement {
  const verdict: Verdict = {
    code,
    decision,
    resource,
    operation: "delete",
    property: "",
    from: "",
    to: "",
    reason,
    remediation:
      decision === "refuse"
        ? "Move the encryption to another identity or key first, or delete the vault first."
        : "Run the command again with credentials that can read the vaults in Azure.",
    source: ruleOf(code)?.source ?? "",
    evidence: "microsoft",
    overridable: false,
  };
  return { verdicts: [verdict], notes: [] };
}
