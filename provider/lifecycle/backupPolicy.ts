import {
  inputsOfLive,
  parsePolicy,
  policyBody,
  policyContent,
  policyContents,
  readPolicy,
  requirePolicyId,
} from "../policies/backupPolicy.js";
import { isSameContent, keptBy } from "../policies/content.js";
import { type DataSourceName, pageOf } from "../policies/dataSources.js";
import { gapsOf } from "../policies/gaps.js";
import { judgeDependency, lessFrequent, policyDeleted, policyRetentionShorter } from "../rules/index.js";
import { policyLifecycle } from "./policies/lifecycle.js";

/** Azure updates no policy of a Backup vault: another content replaces it. Recovery points that exist keep their retention. */
export const backupPolicy = policyLifecycle({
  kind: "BackupVault",
  words: {
    users: "backup instances",
    adopted: "Azure changes no policy, so it must be as the program describes it",
    differs: "its schedule or retention is not as the program describes it, and Azure changes no policy.",
  },
  contents: policyContents,
  parse: parsePolicy,
  contentOf: policyContent,
  isSameContent,
  fixed: (a, b) => a.dataSource !== b.dataSource || !isSameContent(a.content, b.content),
  body: policyBody,
  read: readPolicy,
  inputsOfLive,
  requireId: requirePolicyId,
  policies: ({ backupPolicies }) => backupPolicies,
  users: (facts, vaultId, options) => facts.instances(vaultId, options),
  inUse: policyDeleted,
  async judgeChange({ before, after }) {
    const source = pageOf(before.dataSource as DataSourceName);
    const kept = { before: keptBy(before.content), after: keptBy(after.content), source };
    const gaps = { before: gapsOf(before.content), after: gapsOf(after.content), source };
    return [
      ...judgeDependency(policyRetentionShorter, "replace", kept),
      ...judgeDependency(lessFrequent.BackupVault, "replace", gaps),
    ];
  },
});
