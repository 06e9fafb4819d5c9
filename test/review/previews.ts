/** Previews as `pulumi preview --json` writes them, of a few steps. */
export interface StepOf {
  op: string;
  type: string;
  name: string;
  /** Where the state has it under another type, which an alias leads to. @default `type` */
  oldType?: string;
  id?: string;
  old?: Properties;
  /** What the state holds besides the inputs. */
  outputs?: Properties;
  new?: Properties;
  replaceReasons?: string[];
  /** The names of the inputs that differ, and where, if the provider says it. */
  differs?: string[];
  detailedDiff?: object;
  retainOnDelete?: boolean;
  deletedWith?: string;
  position?: string;
}

type Properties = Record<string, unknown>;

export const subscription = "00000000-0000-0000-0000-000000000001";

export const vaultId = (name = "payroll", group = "backups"): string =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.DataProtection/backupVaults/${name}`;

export const preview = (...steps: StepOf[]): string =>
  JSON.stringify({ steps: steps.map(digestStep), changeSummary: {}, duration: 1 });

/** The same as events, one a line. */
export const events = (...steps: StepOf[]): string =>
  [
    { preludeEvent: { config: {} } },
    ...steps.map((step) => ({ resourcePreEvent: { metadata: eventStep(step), planning: true } })),
    { summaryEvent: { resourceChanges: {} } },
    { cancelEvent: {} },
  ]
    .map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`)
    .join("");

function digestStep(step: StepOf) {
  const { op, replaceReasons, differs: diffReasons, detailedDiff } = step;
  const states = { oldState: oldState(step), newState: newState(step) };
  return { op, urn: urnOf(step), ...states, replaceReasons, diffReasons, detailedDiff };
}

function eventStep(step: StepOf) {
  const { op, type, replaceReasons, differs: diffs, detailedDiff } = step;
  const states = { old: oldState(step), new: newState(step) };
  return { op, urn: urnOf(step), type, ...states, keys: replaceReasons, diffs, detailedDiff };
}

export const urnOf = ({ type, name }: Pick<StepOf, "type" | "name">): string =>
  `urn:pulumi:prod::vaults::${type}::${name}`;

const oldState = ({ old, outputs, id = vaultId(), type, oldType = type, position, ...options }: StepOf) =>
  old && {
    ...{ type: oldType, id, inputs: old, outputs: { ...old, ...outputs } },
    ...{ retainOnDelete: options.retainOnDelete, deletedWith: options.deletedWith, sourcePosition: position },
  };

const newState = (step: StepOf) => step.new && { type: step.type, inputs: step.new, sourcePosition: step.position };

/** ARM's form of a policy of virtual machines that keeps a backup of each day. */
export const machinePolicy = (count: number | string) => ({
  backupManagementType: "AzureIaasVM",
  policyType: "V1",
  instantRpRetentionRangeInDays: 2,
  schedulePolicy: {
    schedulePolicyType: "SimpleSchedulePolicy",
    scheduleRunFrequency: "Daily",
    scheduleRunTimes: ["2020-01-01T02:00:00Z"],
  },
  retentionPolicy: {
    retentionPolicyType: "LongTermRetentionPolicy",
    dailySchedule: { retentionTimes: ["2020-01-01T02:00:00Z"], retentionDuration: { count, durationType: "Days" } },
  },
});
