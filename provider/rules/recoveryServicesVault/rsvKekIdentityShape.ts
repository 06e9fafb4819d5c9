import { kekIdentityNotAttached } from "../backupVault/kekIdentityNotAttached.js";
import { kekIdentityShape } from "../backupVault/kekIdentityShape.js";
import type { Rule } from "../rule.js";
import { reports, sources } from "../sources.js";

export const rsvKekIdentityShape: Rule = {
  ...kekIdentityShape,
  code: "rsv-kek-identity-shape",
  resource: "RecoveryServicesVault",
  title: "How the key's identity is named, and that it is on the vault",
  summary: `${kekIdentityShape.summary} Azure was seen to reject an identity that is not on the vault.`,
  source: sources.recoveryServicesVault,
  overridable: true,
  needs: ["vault"],
  judge: (change) => [
    ...kekIdentityShape.judge(change),
    ...kekIdentityNotAttached.judge(change).map((finding) => ({
      instead: "Add the identity to the vault first.",
      ...finding,
      evidence: "peers" as const,
      source: reports.keyIdentityInvalid,
    })),
  ],
};
