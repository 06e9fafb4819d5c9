import { rules, type VaultKind, type Verdict, vaultsNamed } from "../provider/rules/index.js";
import type { Around, Judgement } from "./judgeVault.js";
import type { Planned } from "./planned.js";
import { at, toValue } from "./values.js";

const code = "cmk-dependency-deleted-first";

/** An access that a vault's encryption needs does not go before the vault. */
export async function judgeKeyAccess({ does, old }: Planned, { live, deleted }: Around): Promise<Judgement> {
  const nothing: Judgement = { verdicts: [], notes: [] };
  const goes = does === "delete" || does === "replace";
  if (!goes || old?.retainOnDelete || old?.outputs.grantedBy === "Nothing") return nothing;
  const outputs = toValue(old?.outputs ?? {});
  const [keyUri, principalId, keyVaultId] = ["keyUri", "principalId", "keyVaultId"].map((name) => at(outputs, name));
  const isKnown = typeof keyUri === "string" && typeof principalId === "string" && typeof keyVaultId === "string";
  if (!live?.vaultsUsing || !isKnown)
    return one("undecided", "It depends on the vaults that use the key, not read yet.");
  const found = await live.vaultsUsing({ keyUri, principalId, keyVaultId });
  if ("unreadable" in found) {
    return one("undecided", `It depends on the vaults that use the key, which could not be read: ${found.unreadable}`);
  }
  const users = found.value.filter(({ id }) => !deleted.has(id.toLowerCase()));
  const [user] = users;
  if (!user) return nothing;
  const because = `Its key encrypts ${vaultsNamed(users)}: without it backup, restore and even the vault's deletion fail.`;
  return one("refuse", because, user.kind);
}

/** @param resource the kind of a vault that needs the access, where one is known */
function one(decision: Verdict["decision"], because: string, resource: VaultKind = "BackupVault"): Judgement {
  const rule = rules.find((each) => each.code === code);
  const verdict: Verdict = {
    code,
    decision,
    resource,
    operation: "delete",
    property: "",
    from: "",
    to: "",
    because,
    instead:
      decision === "refuse"
        ? "Move the encryption to another identity or key first, or delete the vault first."
        : "Run this where it can read the vaults at Azure.",
    source: rule?.source ?? "",
    evidence: "microsoft",
    overridable: false,
  };
  return { verdicts: [verdict], notes: [] };
}
