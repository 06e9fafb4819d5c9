import { controlsAsking, type Demand, demands } from "../provider/rules/index.js";
import { at as lookUp } from "../provider/vaults/body.js";
import { merge } from "../provider/vaults/compare.js";
import type { VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, type Maybe, unknown, type Vault } from "../provider/vaults/ruleVault.js";
import { spelled } from "../provider/vaults/values.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import { fromState, liveVault, type ReviewContext } from "./judgeVault.js";
import type { PostureFinding, VaultPosture } from "./report.js";
import { at, containsSecret, containsUnknown, isSecret, toValue } from "./values.js";
import { isVaultId, type PreviewAdapter, type Settings } from "./vaults/adapters.js";
import { type Subject, subjectOf } from "./vaults/index.js";

type VaultSubject = Extract<Subject, { is: "vault" }>;

/** A vault that the program has after the run, changed or not. */
export function remainingVault(planned: PlannedChange): VaultSubject | undefined {
  const subject = planned.action === "delete" || !planned.new ? undefined : subjectOf(planned);
  return subject?.is === "vault" ? subject : undefined;
}

/**
 * What a preview creates for vaults that it does not name yet. A vault of it may get a key or a resource guard in this run
 * that it does not seem to have.
 */
export interface Unplaced {
  encryption: boolean;
  resourceGuard: boolean;
}

export function unplacedIn(all: readonly PlannedChange[]): Unplaced {
  const coming = all.filter(({ action }) => action === "create" || action === "replace" || action === "unknown");
  const subjects = coming.map((planned) => [subjectOf(planned), planned.new] as const);
  return {
    encryption: subjects.some(
      ([subject, wanted]) => subject?.is === "part" && !isVaultId(subject.part.vaultId(toValue(wanted?.inputs ?? {}))),
    ),
    resourceGuard: subjects.some(
      ([subject]) => subject?.is === "dependency" && subject.dependency.kind === "guardAssociation",
    ),
  };
}

/** The settings of a vault after the run that are weaker than a control asks. What is not known is no finding. */
export async function postureOf(
  planned: PlannedChange,
  { definition, ...adapter }: PreviewAdapter,
  context: ReviewContext,
  unplaced: Unplaced,
): Promise<Pick<VaultPosture, "findings" | "undetermined">> {
  const asked = demands.filter((demand) => controlsAsking(definition.kind, demand).length > 0);
  const isUnclear = planned.unchecked !== undefined || planned.action === "unknown";
  const then = isUnclear ? undefined : await afterRun(planned, { definition, ...adapter }, context);
  const findings: PostureFinding[] = [];
  const undetermined: string[] = [];
  for (const demand of asked) {
    const value = then && valueAfter(demand, definition, then, unplaced);
    if (value === undefined || value === unknown) undetermined.push(demand.property);
    else findings.push(...weakerThanAsked(demand, definition, value));
  }
  return { findings, undetermined };
}

function weakerThanAsked(demand: Demand, { kind }: VaultDefinition, value: string): PostureFinding[] {
  const controls = controlsAsking(kind, demand).filter(
    ({ satisfiedBy }) => !satisfiedBy.some((each) => each.toLowerCase() === value.toLowerCase()),
  );
  return controls.length > 0 ? [{ property: demand.property, value, controls }] : [];
}

interface After {
  settings: Settings;
  vault: Vault;
  /** Whether what it lacks is not set: it is new, or Azure shows it. */
  isComplete: boolean;
  /** Whether the preview hides the setting, which Azure may show. */
  isHidden(setting: string): boolean;
}

/** The vault as the run leaves it. Undefined if Azure does not have it any more. */
async function afterRun(
  planned: PlannedChange,
  adapter: PreviewAdapter,
  { live, projected }: ReviewContext,
): Promise<After | undefined> {
  const { definition } = adapter;
  const { address, action, old, new: wanted } = planned;
  const state = old ?? (action === "nothing" ? wanted : undefined);
  const wants = adapter.settings(toValue(wanted?.inputs ?? {}));
  const id = old?.id ?? wanted?.id ?? at(toValue(wanted?.inputs ?? {}), "vaultId");
  const hidden = [old?.inputs, old?.outputs, wanted?.inputs, wanted?.outputs]
    .filter(containsSecret)
    .map((values) => adapter.settings(toValue(values, isSecret)));
  const isHidden = (setting: string) => hidden.some((each) => containsUnknown(each[setting]));
  if (!state || action === "create" || action === "replace") {
    const vault = projected.vault(forRules(definition, wants), id, address);
    return { settings: wants, vault, isComplete: true, isHidden };
  }
  const managed = adapter.settings(toValue(state.inputs));
  const found = live && isVaultId(id) ? await live.vault(definition.kind, id) : undefined;
  if (found && "missing" in found) return undefined;
  const isRead = found !== undefined && "body" in found;
  const has = isRead ? liveVault(definition, String(id), found.body) : fromState(adapter, state, managed);
  const settings = merge(definition, has.settings, wants, managed);
  const own = forRules(definition, settings, has.state);
  const vault = projected.vault(isRead ? own : projected.current(own, id), id, address);
  return { settings, vault, isComplete: isRead, isHidden };
}

/** In words that the table of demands has. Undefined or `unknown` if it cannot be determined. */
function valueAfter(
  { setting, property }: Demand,
  definition: VaultDefinition,
  { settings, vault, isComplete, isHidden }: After,
  unplaced: Unplaced,
): Maybe<string> | undefined {
  const [name = "", field] = property.split(".");
  if (isHidden(name)) return undefined;
  const { encryption, isProtectedByResourceGuard: isGuarded = isComplete ? false : undefined } = vault;
  const hasNoKey = isComplete && encryption?.keyUri === undefined && !unplaced.encryption;
  switch (setting) {
    case "resourceGuard":
      if (isGuarded === false) return unplaced.resourceGuard ? undefined : "Disabled";
      return isGuarded === true ? "Enabled" : undefined;
    case "encryption": {
      const state = encryption?.state ?? (encryption?.keyUri === undefined ? undefined : "Enabled");
      if (state === "Enabled") return "customer-managed key";
      return hasNoKey && (state === undefined || state === "Disabled") ? "platform-managed keys" : undefined;
    }
    case "infrastructureEncryption": {
      const isDecided = hasNoKey || encryption?.keyUri !== undefined;
      return encryption?.infrastructureEncryption ?? (isDecided ? "Disabled" : undefined);
    }
    default: {
      const row = definition.settings[name];
      const value =
        lookUp(settings, property) ?? (isComplete ? lookUp({ [name]: row?.whenAbsent }, property) : undefined);
      const possible = row?.value.is === "fields" && field ? row.value.fields[field] : row?.value;
      // A value that Azure adds later may be stronger or weaker.
      return typeof value === "string" && possible?.is === "oneOf" ? spelled(possible, value) : undefined;
    }
  }
}
