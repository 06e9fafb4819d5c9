import { kekIdentityNotAttached } from "../backupVault/kekIdentityNotAttached.js";
import { kekIdentityShape } from "../backupVault/kekIdentityShape.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvKekIdentityShape: Rule = {
  ...kekIdentityShape,
  code: "rsv-kek-identity-shape",
  resource: "RecoveryServicesVault",
  title: "How the key's identity is named, and that it is on the vault",
  summary:
    `${kekIdentityShape.summary} An identity can reach the key only if it is on the vault. That Azure rejects another ` +
    "one is inferred; azurerm adds the identity after it has created the vault with the key.",
  source: sources.recoveryServicesVault,
  overridable: true,
  needs: ["vault"],
  judge: (change) => [
    ...kekIdentityShape.judge(change),
    ...kekIdentityNotAttached.judge(change).map((finding) => ({
      remediation: "Add the identity to the vault first.",
      ...finding,
      evidence: "community" as const,
      source: sources.recoveryServicesCmk,
    })),
  ],
};
