import { appendFileSync } from "node:fs";

/**
 * Set by `azure-backup review` for the preview that it runs: the file that checks write to. The engine stops at the
 * first resource whose check fails, so a refusal by a rule is then written there and the preview goes on.
 *
 * It opens no door: while it is set, whatever would write to Azure is refused outright.
 */
export const reviewVariable = "PULUMI_AZURE_BACKUP_REVIEW";

/** What a check judged about a vault, as far as the rules decide it. */
export interface Judged {
  /** The vault's ARM id, or the engine's text for "not known yet". */
  vault: string;
  /** The rules' verdicts, as they are. */
  verdicts: readonly object[];
  /** The refusals among them, in words. */
  refused: string[];
  /** What else the reader of a preview should know. */
  notes: string[];
}

/** What tells resources of one type apart: of which type what, `review/records.ts` says. */
const naming = [
  ...(["vaultId", "vault", "identity", "policyId", "instanceId", "resourceGuardId"] as const),
  ...(["sourceResourceId", "fileShareName"] as const),
] as const;

/** One line of the file. */
export interface ReviewRecord {
  /** The resource's handler, such as `backupVault`. */
  handler: string;
  inputs: { [name in (typeof naming)[number]]?: unknown };
  /** Absent where there was nothing to judge, because nothing changes. */
  judged?: Judged;
}

export const isReviewed = (env: Record<string, string | undefined>): boolean => Boolean(env[reviewVariable]);

export function recordForReview(env: Record<string, string | undefined>, record: ReviewRecord): void {
  const { handler, inputs, judged } = record;
  // What the words say, the verdicts say too.
  const line = {
    handler,
    inputs: Object.fromEntries(naming.map((name) => [name, inputs[name]])),
    judged: judged && { ...judged, refused: undefined },
  };
  appendFileSync(env[reviewVariable] ?? "", `${JSON.stringify(line)}\n`, { mode: 0o600 });
}

export const nothingIsWritten = (): Error =>
  new Error(
    `Nothing is written to Azure while ${reviewVariable} is set. \`azure-backup review\` sets it for its preview, so that ` +
      "refusals are collected instead of stopping the engine. Unset it to deploy.",
  );
