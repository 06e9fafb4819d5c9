import { type Maybe, unknown } from "../vaults/ruleVault.js";
import { type FromTo, undecided, when } from "./findings.js";
import { immutability } from "./immutability.js";
import type { Change, Finding, Rule } from "./rule.js";
import { reports, sources } from "./sources.js";
import { stateOf } from "./stateMachine.js";
import { all, any, differs, not, type Truth, truthOf } from "./truth.js";
import { shown } from "./wording.js";

// How long the backups of an immutable Recovery Services vault are immutable: as their policies say, or for some days.

type Vault = NonNullable<Change<"RecoveryServicesVault">["after"]>;

const machine = immutability.RecoveryServicesVault;

/** `@minValue` and `@maxValue` of `durationInDays` in Azure's specification: `sources.immutabilityConfiguration`. */
const least = 30;
const most = 36_135;

/** As Azure spells it. */
function typeOf({ immutabilityConfiguration }: Vault): Maybe<string> | undefined {
  const type = immutabilityConfiguration?.type ?? undefined;
  if (typeof type !== "string") return type;
  return types.find((known) => known.toLowerCase() === type.toLowerCase()) ?? type;
}

const types: readonly string[] = ["AsPerPolicy", "TimeBased"];

/** Azure's default is AsPerPolicy. */
const typeInEffect = (vault: Vault): Maybe<string> => typeOf(vault) ?? "AsPerPolicy";

const daysOf = ({ immutabilityConfiguration }: Vault): Maybe<number> | undefined =>
  immutabilityConfiguration?.durationInDays ?? undefined;

function isType(type: string, vault: Vault, whose: "unknownCurrent" | "unknownDesired" = "unknownDesired"): Truth {
  const given = typeInEffect(vault);
  return given === unknown ? whose : truthOf(given === type);
}

function isSet(value: unknown): Truth {
  return value === unknown ? "unknownDesired" : truthOf(value !== undefined);
}

/**
 * Whether the write says anything new about it: a vault is not judged for what it has, and keeps what no longer stands in the
 * program.
 */
function isTouched({ before, after }: Change<"RecoveryServicesVault">): Truth {
  if (!after?.immutabilityConfiguration) return "no";
  if (!before) return "yes";
  return any(differs(typeOf(before), typeOf(after)), differs(daysOf(before), daysOf(after)));
}

const property = "immutabilityConfiguration";

function daysFromTo({ before, after }: Change<"RecoveryServicesVault">): FromTo {
  const of = (vault: Vault | undefined) => (vault ? shown(daysOf(vault)) : "");
  return { property: `${property}.durationInDays`, from: of(before), to: of(after) };
}

function fromTo({ before, after }: Change<"RecoveryServicesVault">): FromTo {
  return { property, from: before ? inWords(before) : "", to: after ? inWords(after) : "" };
}

function inWords(vault: Vault): string {
  const type = typeOf(vault);
  const days = daysOf(vault);
  if (days === undefined) return shown(type);
  const of = days === unknown ? "a number of days that is not known yet" : `${days} days`;
  return type === undefined ? of : `${type === unknown ? "a type that is not known yet" : type} of ${of}`;
}

const asPerPolicyReason = "The duration of AsPerPolicy immutability, the default type, comes from the backup policies.";
const timeBasedReason = "TimeBased immutability needs a duration.";
const rangeReason = `TimeBased immutability lasts ${least} to ${most} days.`;

const duration: Rule<"RecoveryServicesVault"> = {
  code: "rsv-immutability-duration",
  topic: "immutability",
  resource: "RecoveryServicesVault",
  title: `TimeBased immutability lasts ${least} to ${most} days, and only it has a duration`,
  summary: `${rangeReason} ${timeBasedReason} ${asPerPolicyReason}`,
  remediation: `Set \`${property}.durationInDays\` to a number from ${least} to ${most}.`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutabilityConfiguration,
  needs: [],
  judge: (change) => {
    const { operation, after } = change;
    if (!after || operation === "replace") return [];
    const touched = isTouched(change);
    const type = typeOf(after);
    const days = daysOf(after);
    const where = daysFromTo(change);
    if (typeof type === "string" && !types.includes(type) && touched !== "no") {
      const remediation =
        "Use AsPerPolicy or TimeBased, or upgrade to a version of pulumi-azure-backup that recognizes it.";
      const reason = `This version does not recognize the type ${type}.`;
      return [undecided({ ...fromTo(change), property: `${property}.type` }, { reason, remediation })];
    }
    const isOutside: Truth =
      typeof days === "number" ? truthOf(!(days >= least && days <= most)) : days === undefined ? "no" : isSet(days);
    const candidates: [Truth, Finding][] = [
      [
        all(touched, isType("AsPerPolicy", after), isSet(days)),
        {
          decision: "refuse",
          ...where,
          reason: asPerPolicyReason,
          remediation: `Remove \`${property}.durationInDays\`, or set \`${property}.type\` to TimeBased.`,
        },
      ],
      [all(touched, isOutside), { decision: "refuse", ...where, reason: rangeReason }],
      [
        all(touched, isType("TimeBased", after), not(isSet(days))),
        { decision: "refuse", ...where, reason: timeBasedReason },
      ],
    ];
    const found = candidates.find(([truth]) => truth === "yes") ?? candidates.find(([truth]) => truth !== "no");
    return found ? when(...found, change) : [];
  },
};

const unusedReason =
  "Only an immutable vault has a configuration of its immutability, and Microsoft's own client sends none for another one.";

const unused: Rule<"RecoveryServicesVault"> = {
  code: "rsv-immutability-configuration-unused",
  topic: "immutability",
  resource: "RecoveryServicesVault",
  title: "A vault that is not immutable has no configuration of its immutability",
  summary: unusedReason,
  remediation: `Set \`immutability\` to Unlocked, or remove \`${property}\`.`,
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.immutabilityConfiguration,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    const isMutable = (vault: Vault, whose: "unknownCurrent" | "unknownDesired"): Truth => {
      const state = stateOf(machine, vault);
      return state === unknown ? whose : truthOf(state === "Disabled");
    };
    const truth = all(
      isMutable(after, "unknownDesired"),
      any(isSet(typeOf(after)), isSet(daysOf(after))),
      any(isTouched(change), before ? not(isMutable(before, "unknownCurrent")) : "yes"),
    );
    return when(truth, { decision: "refuse", ...fromTo(change), reason: unusedReason }, change);
  },
};

const weakenedReason =
  "A locked vault's immutability cannot be reduced, neither to fewer days nor from TimeBased to AsPerPolicy.";
const lockedReason =
  "A reviewer of Azure's specification wrote that Azure refuses any change of a locked vault's configuration.";

const locked: Rule<"RecoveryServicesVault"> = {
  code: "rsv-immutability-configuration-locked",
  topic: "immutability",
  resource: "RecoveryServicesVault",
  title: "The configuration of locked immutability stays",
  summary: `${weakenedReason} ${lockedReason} Whether Azure lets it be extended is not known, so that is a warning.`,
  remediation: `Keep \`${property}\` as the vault has it.`,
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.lockedConfiguration,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after } = change;
    if (operation !== "change" || !before || !after?.immutabilityConfiguration) return [];
    const isChanged = any(differs(typeInEffect(before), typeInEffect(after)), differs(daysOf(before), daysOf(after)));
    const state = stateOf(machine, before);
    const isLocked: Truth = state === unknown ? "unknownCurrent" : truthOf(state === "Locked");
    const from = daysOf(before);
    const to = daysOf(after);
    const isFixed = isType("TimeBased", before, "unknownCurrent");
    const isShorter: Truth =
      from === unknown
        ? "unknownCurrent"
        : to === unknown
          ? "unknownDesired"
          : truthOf(from !== undefined && to !== undefined && to < from);
    const isWeakened = all(
      isLocked,
      isChanged,
      isFixed,
      any(isType("AsPerPolicy", after), all(isType("TimeBased", after), isShorter)),
    );
    const weakened = when(isWeakened, { decision: "refuse", ...fromTo(change), reason: weakenedReason }, change);
    if (weakened.length > 0) return weakened;
    return when(
      all(isLocked, isChanged),
      {
        decision: "warn",
        ...fromTo(change),
        reason: lockedReason,
        remediation: "If Azure refuses it, keep the old one.",
      },
      change,
    );
  },
};

export const immutabilityConfigurationRules: readonly Rule<"RecoveryServicesVault">[] = [duration, unused, locked];
