import { isUnknown } from "../provider/vaults/unknowns.js";
import { byThen } from "./byThen.js";
import { errorsOf } from "./errorsOf.js";
import { hideSecrets, isIdSecret, type SecretSettings, secretSettings, withoutValues } from "./hideSecrets.js";
import { holdersIn } from "./holders.js";
import { judgeKeyAccess } from "./judgeKeyAccess.js";
import { judgePart } from "./judgePart.js";
import { type Around, type Judgement, judgeVault } from "./judgeVault.js";
import type { Live } from "./live.js";
import { mapConcurrent } from "./mapConcurrent.js";
import { type Planned, plannedIn } from "./planned.js";
import { positionOf } from "./position.js";
import { type Preview, readPreview } from "./preview/readPreview.js";
import { nameOf } from "./preview/step.js";
import { type ProviderRecord, type Records, recordsFrom } from "./records.js";
import type { Report, ReviewedResource } from "./report.js";
import { summary } from "./summary.js";
import { toValue } from "./values.js";
import { partsOf, vaultOf } from "./vaults/adapters.js";
import { type Subject, subjectOf } from "./vaults/index.js";

export interface ReviewOptions {
  /** What reads Azure. Left out: what depends on it is undecided. */
  live?: Live | ((preview: Preview) => Live | undefined);
  /** What this package's provider has judged while the preview ran. */
  records?: readonly ProviderRecord[] | (() => Promise<readonly ProviderRecord[]>);
  /** Unix seconds. @default the present */
  now?: number;
  /** Told now and then how many steps have been read. */
  onSteps?: (count: number) => void;
}

/**
 * Judges every change to a vault in a preview of Pulumi's.
 *
 * @param preview what `pulumi preview --json` writes, as text or as it comes
 * @throws PreviewError where that is no preview, or not all of one
 */
export async function review(
  preview: string | AsyncIterable<string | Uint8Array>,
  options: ReviewOptions = {},
): Promise<Report> {
  const { now = Math.floor(Date.now() / 1000), onSteps } = options;
  const text = typeof preview === "string" ? once(preview) : preview;
  const read = await readPreview(text, (type) => subjectOf(type) !== undefined, onSteps);
  const records = recordsFrom(
    (await (typeof options.records === "function" ? options.records() : options.records)) ?? [],
  );
  const live = typeof options.live === "function" ? options.live(read) : options.live;

  const all = plannedIn(read.steps);
  const { kept, twice } = holdersIn(all);
  // Two resources for one thing are a mistake also where nothing changes.
  const planned = all.filter(({ urn, does }) => does !== "nothing" || twice.has(urn));
  const deleted = deletedVaults(planned.filter(({ urn }) => !kept.has(urn)));
  const around: Around = { live, now, kept, twice, deleted, byThen: byThen(all) };
  const judged = await mapConcurrent(planned, (each) => reviewed(each, around, records));
  const { refused, failures } = errorsOf(read.errors);
  const resources = [...judged, ...unplanned(records), ...refused].sort(byName);
  const noAccess = live?.noAccess?.();
  return { ...summary(read, resources, failures), ...(noAccess !== undefined && { noAccess }) };
}

/** The engine comes to resources in any order, and the page of the same change is the same. */
const byName = (a: ReviewedResource, b: ReviewedResource): number =>
  compared(a.name, b.name) || compared(a.urn ?? "", b.urn ?? "");

const compared = (a: string, b: string) => (a < b ? -1 : Number(a > b));

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function deletedVaults(planned: Planned[]): ReadonlySet<string> {
  const goes = planned.filter(({ type, does, old }) => {
    const isVault = subjectOf(type)?.is === "vault";
    return isVault && (does === "delete" || does === "replace") && !old?.retainOnDelete;
  });
  return new Set(goes.map(({ old }) => (old?.id ?? "").toLowerCase()));
}

async function reviewed(planned: Planned, around: Around, records: Records): Promise<ReviewedResource> {
  const { urn, type, does, ops, old, new: wanted } = planned;
  const subject = subjectOf(type) as Subject;
  const secrets = secretSettings(planned, subject);
  const base = {
    urn,
    type,
    provider: providerOf(subject),
    ...whichVault(planned, subject, secrets),
    planned: does === "unknown" || does === "nothing" ? ("update" as const) : does,
    position: positionOf(wanted, old),
  };
  const unjudged =
    does === "unknown"
      ? `This version does not know the operation ${ops.join(", ")}.`
      : subject.is === "notJudged"
        ? subject.why
        : undefined;
  if (unjudged) return { ...base, verdicts: [], notes: [], unjudged };
  const secretsHidden = hideSecrets(await judgementWith(records, planned, subject, around), secrets);
  const clash = around.twice.get(urn);
  return { ...base, ...secretsHidden, ...(clash !== undefined && { unjudged: clash }) };
}

/** With what this package's provider has judged, where it has: of what comes, never of what goes. */
async function judgementWith(records: Records, planned: Planned, subject: Subject, around: Around): Promise<Judgement> {
  const { type, does, new: wanted } = planned;
  if (does === "nothing") return { verdicts: [], notes: [] };
  const isOwn = providerOf(subject) === "azure-backup" && does !== "delete" && isChecked(subject, wanted?.inputs);
  const own = isOwn && wanted ? records.of(type, wanted.inputs) : undefined;
  if (!own) return judgementOf(planned, subject, around);
  if (does !== "replace" || subject.is !== "part") return own;
  const gone = await judgementOf({ ...planned, does: "delete" }, subject, around);
  return { ...gone, verdicts: [...own.verdicts, ...gone.verdicts], notes: [...own.notes, ...gone.notes] };
}

/** Whether the provider has judged it by the rules: nothing of an access, and no part of a vault that it does not know. */
const isChecked = (subject: Subject, inputs: Record<string, unknown> | undefined): boolean =>
  subject.is === "vault" || (subject.is === "part" && !isUnknown(inputs?.vault));

function judgementOf(planned: Planned, subject: Subject, around: Around): Promise<Judgement> {
  if (subject.is === "vault") return judgeVault(planned, subject.vault, around);
  if (subject.is === "part") return judgePart(planned, subject.part, around);
  return judgeKeyAccess(planned, around);
}

function providerOf(subject: Subject): ReviewedResource["provider"] {
  if (subject.is === "vault") return subject.vault.provider;
  if (subject.is === "part") return subject.part.provider;
  return subject.is === "notJudged" ? subject.provider : "azure-backup";
}

/** Everybody knows a vault by its name; a resource that is none is known by Pulumi's. */
function whichVault(
  { urn, old, new: wanted }: Planned,
  subject: Subject,
  secrets: SecretSettings,
): { name: string; vaultId?: string } {
  const inputs = () => toValue((wanted ?? old)?.inputs ?? {});
  const id = subject.is === "part" ? subject.part.vaultId(inputs()) : old?.id;
  const fromId = typeof id === "string" ? partsOf(id).vaultName : undefined;
  if (typeof fromId === "string" && !isIdSecret(secrets)) return { name: fromId, vaultId: String(id) };
  const fromInputs = subject.is === "vault" ? vaultOf(subject.vault, inputs()).vaultName : undefined;
  return { name: typeof fromInputs === "string" ? fromInputs : nameOf(urn) };
}

/** The provider has judged what the preview did not come to show. */
function unplanned(records: Records): ReviewedResource[] {
  return records.rest().map(({ type, vaultId, verdicts }) => ({
    type,
    provider: "azure-backup",
    name: String(partsOf(vaultId).vaultName ?? "(name not known yet)"),
    ...(partsOf(vaultId).vaultName !== undefined && { vaultId }),
    planned: "update",
    // Without a step nobody knows which of these values are secrets.
    verdicts: verdicts.map(withoutValues),
    notes: [],
  }));
}
