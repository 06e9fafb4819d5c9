import { isUnknown } from "../provider/vaults/unknowns.js";
import type { PlannedChange, Preview, Tool } from "./changes/plannedChange.js";
import { readPreview } from "./changes/readPreview.js";
import {
  instanceActedOn,
  isJudgedAtCreation,
  judgeDependencyChange,
  type Knowledge,
  knowledge,
  mayConcernBackups,
} from "./dependencies/index.js";
import { hiddenNames } from "./hiddenNames.js";
import { hideSecrets, secretSettings, withoutValues } from "./hideSecrets.js";
import { identified, nounOf, placeOf, providerOf } from "./identified.js";
import { judgeKeyAccess } from "./judgeKeyAccess.js";
import { type Given, judgePart } from "./judgePart.js";
import { type Judgement, judgeVault, type ReviewContext } from "./judgeVault.js";
import type { Live } from "./live.js";
import { keyOf, ownershipIn } from "./owners.js";
import { postureOf, remainingVault, unplacedIn } from "./posture.js";
import { classifyErrors } from "./previewErrors.js";
import { projectedState } from "./projectedState.js";
import { readingOnce } from "./readingOnce.js";
import type { ProviderRecord, Records } from "./records.js";
import { recordsFrom } from "./records.js";
import { renamesIn } from "./renames.js";
import type { Report, ReviewedResource, VaultPosture } from "./report.js";
import { summary } from "./report.js";
import { deletedIn } from "./sameRun.js";
import { withoutSensitiveValues, withSensitiveValues } from "./sensitiveValues.js";
import { inToolWords } from "./toolWords.js";
import { withUnreadBody } from "./vaults/azapi.js";
import { inClassicForm } from "./vaults/azurerm.js";
import { type Subject, subjectOf } from "./vaults/index.js";
import { type HiddenNames, withoutHiddenNames } from "./withoutHiddenNames.js";

export interface ReviewOptions {
  /** Reads Azure. Without it, findings that depend on Azure are undecided. */
  live?: Live | ((preview: Preview) => Live | undefined);
  /** What this package's provider judged while the preview ran. */
  records?: readonly ProviderRecord[] | (() => Promise<readonly ProviderRecord[]>);
  /** What is reviewed, for example the directory of a Terraform configuration. @default Pulumi's project and stack */
  name?: string;
  /** Also reports which settings of the remaining vaults are weaker than benchmarks and policies ask. @default false */
  posture?: boolean;
  /** Unix seconds. @default now */
  now?: number;
  /** Called during the review with the number of steps read so far. */
  onSteps?: (count: number) => void;
}

/**
 * Checks every change to a vault in a preview of Pulumi, in a plan of Terraform or OpenTofu, or in a what-if result.
 *
 * @param preview the output of `pulumi preview --json`, `terraform show -json` or `az deployment group what-if`, as text or
 * as a stream
 * @throws PreviewError if it is not a preview, or not a complete one
 */
export async function review(
  preview: string | AsyncIterable<string | Uint8Array>,
  options: ReviewOptions = {},
): Promise<Report> {
  const { now = Math.floor(Date.now() / 1000), onSteps } = options;
  const text = typeof preview === "string" ? once(preview) : preview;
  const read = await readPreview(text, (change) => subjectOf(change) !== undefined, onSteps);
  const records = recordsFrom(
    (await (typeof options.records === "function" ? options.records() : options.records)) ?? [],
  );
  const reader = typeof options.live === "function" ? options.live(read) : options.live;
  const all = read.changes.map(inClassicForm).map(withUnreadBody);
  const hidden = hiddenNames(all);
  const live = reader && withoutHiddenNames(readingOnce(reader), hidden);
  const given = { tool: read.tool, records, live, now, hidden };
  const around = surroundings(all, given);
  const { context } = around;
  const whole = read.tool === "terraform" ? withSensitiveValues(all) : undefined;
  const aroundWhole = whole && surroundings([...whole.values()], given);
  const renames = renamesIn(all, context.kept);
  // Two resources for one thing are a mistake even if nothing changes.
  const planned = all.filter(({ address, action }) => action !== "nothing" || context.conflicts.has(address));
  const judged = await mapConcurrent(8, planned, async (each) => {
    const resource = await reviewedWhole(each, around, given, aroundWhole && [whole.get(each) ?? each, aroundWhole]);
    const notes = [each.note, instanceActedOn(each, hidden), renames.get(each)].filter((note) => note !== undefined);
    return resource && notes.length > 0 ? { ...resource, notes: [...notes, ...resource.notes] } : resource;
  });
  const posture = options.posture && (await postureIn(all, read.tool, context));
  const { refused, failures } = classifyErrors(read.errors);
  const shown = judged.filter((each) => each !== undefined);
  const resources = [...shown, ...unplanned(records, hidden), ...refused].sort(byName);
  const others = read.others + countOthers(all, new Set(shown.map(({ urn, address }) => urn ?? address)));
  const noAccess = live?.noAccess?.();
  return inToolWords({
    ...summary({ ...read, others }, resources, failures),
    ...(options.name !== undefined && { name: options.name }),
    ...(noAccess !== undefined && { noAccess }),
    ...(posture && { posture }),
  });
}

interface Inputs {
  tool: Tool;
  records: Records;
  live: Live | undefined;
  now: number;
  hidden: HiddenNames;
}

/** What a change is judged by besides itself. */
interface Surroundings {
  all: readonly PlannedChange[];
  context: ReviewContext;
  known: Knowledge;
}

function surroundings(all: readonly PlannedChange[], { live, now, hidden }: Inputs): Surroundings {
  const { kept, conflicts } = ownershipIn(all);
  const context: ReviewContext = {
    ...{ live, now, hidden, kept, conflicts, goes: deletedIn(all), projected: projectedState(all) },
    deleted: deletedVaults(all, kept),
  };
  return { all, context, known: knowledge(all, context) };
}

/** @param withSensitive the change, and what it is judged by, with the sensitive values. None: there are no such values */
async function reviewedWhole(
  planned: PlannedChange,
  around: Surroundings,
  inputs: Inputs,
  withSensitive: readonly [PlannedChange, Surroundings] | undefined,
): Promise<ReviewedResource | undefined> {
  const shown = await reviewed(planned, around, inputs);
  if (!withSensitive) return shown;
  const [whole, aroundWhole] = withSensitive;
  const found = subjectOf(whole) && (await reviewed(whole, aroundWhole, inputs));
  if (!found) return undefined;
  return withoutSensitiveValues(
    found,
    shown,
    identified(planned, inputs.tool, subjectOf(planned) as Subject, inputs.hidden),
  );
}

/** The changes of what vaults may depend on that the review has nothing to say of. */
function countOthers(all: readonly PlannedChange[], shown: ReadonlySet<string | undefined>): number {
  return all.filter((change) => {
    if (change.operation === "same") return false;
    const subject = subjectOf(change);
    const isOther = subject?.is === "dependency" || subject?.is === "unsupported";
    return isOther && !shown.has(change.address);
  }).length;
}

/** The engine visits resources in any order, but the page of the same change must be the same. */
const byName = (a: Named, b: Named): number =>
  compared(a.name, b.name) || compared(a.urn ?? a.address ?? "", b.urn ?? b.address ?? "");

type Named = Pick<ReviewedResource, "name" | "urn" | "address">;

const compared = (a: string, b: string) => (a < b ? -1 : Number(a > b));

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function deletedVaults(planned: readonly PlannedChange[], kept: ReviewContext["kept"]): ReadonlySet<string> {
  const removed = planned.filter((each) => {
    const { action, old } = each;
    const isRemoved = (action === "delete" || action === "replace") && !old?.retainOnDelete;
    return isRemoved && subjectOf(each)?.is === "vault" && !kept.has(keyOf(each));
  });
  return new Set(removed.map(({ old }) => (old?.id ?? "").toLowerCase()));
}

/** The posture of the vaults that the program has after the run. */
async function postureIn(all: readonly PlannedChange[], tool: Tool, context: ReviewContext): Promise<VaultPosture[]> {
  const unplaced = unplacedIn(all);
  const vaults = await mapConcurrent(8, all, async (planned) => {
    const subject = remainingVault(planned);
    if (!subject) return undefined;
    const who = identified(planned, tool, subject, context.hidden);
    return { ...who, ...(await postureOf(planned, subject.vault, context, unplaced)) };
  });
  return vaults.filter((each) => each !== undefined).sort(byName);
}

/** Undefined if it turns out to have nothing to do with vaults. */
async function reviewed(
  planned: PlannedChange,
  { context, known }: Surroundings,
  { tool, records }: Inputs,
): Promise<ReviewedResource | undefined> {
  const { address, action, operation } = planned;
  const subject = subjectOf(planned) as Subject;
  const secrets = secretSettings(planned, subject);
  const noun = nounOf(subject);
  const base = {
    ...identified(planned, tool, subject, context.hidden),
    ...(noun !== undefined && { noun }),
    planned: action === "unknown" || action === "nothing" ? ("update" as const) : action,
    ...(isDestroyed(planned, subject, context) && { destroys: true as const }),
    ...(operation === "action" && { runs: true as const }),
  };
  const unchecked =
    (subject.is === "unsupported" ? subject.why : planned.unchecked) ??
    (action === "unknown" ? `This version does not know the operation ${operation}.` : undefined);
  // What exists of a vault does not depend on what is new.
  const recorded =
    subject.is === "dependency" && planned.new ? records.of(planned.type, planned.new.inputs) : undefined;
  const byProvider = recorded?.verdicts ?? [];
  const isNoted = action === "create" && planned.note !== undefined;
  if (subject.is === "dependency" && action === "create" && byProvider.length === 0) {
    if (!isJudgedAtCreation(planned, subject.dependency) && !isNoted) return undefined;
  }
  if (subject.is === "unsupported" && isWithoutEffect(planned, subject)) return undefined;
  if (unchecked) {
    const isSubject = subject.is === "dependency" || subject.is === "unsupported";
    const isOther = isSubject && !(await mayConcernBackups(planned, subject, { known, context }));
    return isOther ? undefined : { ...base, verdicts: [], notes: [], unchecked };
  }
  if (subject.is === "dependency") {
    const { dependency } = subject;
    const isChecked = recorded !== undefined;
    const own = await judgeDependencyChange(planned, dependency, { isChecked, context, known });
    // What the rest of the run does to those that use it, only the review knows.
    const verdicts = [...own.verdicts, ...byProvider.filter(({ code }) => !own.rules.has(code))];
    const isShown = verdicts.length > 0 || dependency.isOfVault || isNoted;
    return isShown ? { ...base, ...hideSecrets({ verdicts, notes: [] }, secrets) } : undefined;
  }
  const { isOfNewVault, ...judgement } = await judgementWith(records, planned, subject, { context, known });
  const clash = context.conflicts.get(address);
  return {
    ...base,
    ...((isOfNewVault || (subject.is === "vault" && action === "create")) && { creates: true as const }),
    ...hideSecrets(judgement, secrets),
    ...(clash !== undefined && { unchecked: clash }),
  };
}

/** A resource that is only forgotten stays as it is, whatever it is. A replacement then only creates the new one. */
function isWithoutEffect(
  { action, old }: PlannedChange,
  { without }: Extract<Subject, { is: "unsupported" }>,
): boolean {
  const isForgotten = old?.retainOnDelete === true;
  if (action === "delete" && isForgotten) return true;
  return without?.includes(action === "replace" && isForgotten ? "create" : action) === true;
}

/** Whether a vault would be deleted in Azure. */
const isDestroyed = (planned: PlannedChange, subject: Subject, { kept }: ReviewContext): boolean =>
  subject.is === "vault" &&
  (planned.action === "delete" || planned.action === "replace") &&
  planned.old?.retainOnDelete !== true &&
  !kept.has(keyOf(planned));

/** Uses the provider's verdicts where it has any. It judges what is created or updated, never what is deleted. */
async function judgementWith(
  records: Records,
  planned: PlannedChange,
  subject: Subject,
  given: Given,
): Promise<Judgement> {
  const { type, action, new: wanted } = planned;
  if (action === "nothing") return { verdicts: [], notes: [] };
  const isOwn = providerOf(subject) === "azure-backup" && action !== "delete" && isChecked(subject, wanted?.inputs);
  const own = isOwn && wanted ? records.of(type, wanted.inputs) : undefined;
  if (!own) return judgementOf(planned, subject, given);
  if (action !== "replace" || subject.is !== "part") return own;
  const deleted = await judgementOf({ ...planned, action: "delete" }, subject, given);
  return { ...deleted, verdicts: [...own.verdicts, ...deleted.verdicts], notes: [...own.notes, ...deleted.notes] };
}

/** Whether the provider applies the rules to it: not to a key access, and not to a setting of an unknown vault. */
const isChecked = (subject: Subject, inputs: Record<string, unknown> | undefined): boolean =>
  subject.is === "vault" || (subject.is === "part" && !isUnknown(inputs?.vault));

function judgementOf(planned: PlannedChange, subject: Subject, given: Given): Promise<Judgement> {
  if (subject.is === "vault") return judgeVault(planned, subject.vault, given.context);
  if (subject.is === "part") return judgePart(planned, subject.part, given);
  return judgeKeyAccess(planned, given.context);
}

/** What the provider judged, but the preview did not show because it ended early. */
function unplanned(records: Records, hidden: HiddenNames): ReviewedResource[] {
  return records.rest().map(({ type, vaultId, verdicts }) => ({
    type,
    provider: "azure-backup",
    ...(placeOf(vaultId, hidden) ?? { name: hidden.of(vaultId) ?? "(name not known yet)" }),
    planned: "update",
    // Without a step, it is not known which of these values are secrets.
    verdicts: verdicts.map(withoutValues),
    notes: [],
  }));
}

/** Runs `work` on all items, at most `limit` at a time. The results are in the order of the items. */
async function mapConcurrent<T, R>(limit: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
