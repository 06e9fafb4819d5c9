import { fields, flag, list, matching, type Of, oneOf, type Problem, parse, wholeNumber } from "../vaults/values.js";
import { asAzureReads, showing } from "./azureForm.js";
import { retentionPeriod } from "./periods.js";

/*
 * The rules of a policy in Azure's own form, member by member: a member that this version does not know is an error, so
 * that nothing is compared or judged of which only a part was read.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-policies/create-or-update
 */

const store = fields(
  {
    objectType: oneOf("DataStoreInfoBase"),
    dataStoreType: oneOf("OperationalStore", "VaultStore", "ArchiveStore"),
  },
  ["objectType", "dataStoreType"],
);

/** Azure's specification: no other form of ISO 8601 is accepted. Which intervals a data source has, `validate.ts` knows. */
const repeatingInterval = matching(
  /^R\/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?\/P[0-9A-Z]{2,20}$/,
  "must be a repeating interval such as R/2024-01-07T02:00:00+00:00/P1D",
);

const text = (expected: string) => matching(/^\P{Cc}{1,150}$/u, `must be ${expected}`);

const days = oneOf("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

const criteria = fields(
  {
    objectType: oneOf("ScheduleBasedBackupCriteria"),
    absoluteCriteria: list(oneOf("AllBackup", "FirstOfDay", "FirstOfWeek", "FirstOfMonth", "FirstOfYear")),
    daysOfTheWeek: list(days),
    weeksOfTheMonth: list(oneOf("First", "Second", "Third", "Fourth", "Last")),
    monthsOfYear: list(
      oneOf(
        ...(["January", "February", "March", "April", "May", "June"] as const),
        ...(["July", "August", "September", "October", "November", "December"] as const),
      ),
    ),
    daysOfMonth: list(fields({ date: wholeNumber("days"), isLast: flag })),
    scheduleTimes: list(text("a time such as 2024-01-07T02:00:00Z")),
  },
  ["objectType"],
);

const tagging = fields(
  {
    isDefault: flag,
    taggingPriority: wholeNumber("steps"),
    tagInfo: showing(
      // Azure's specification has both `id` and `eTag` as read-only, and all of its clients send an `id`.
      fields({ id: text("the tag's ID"), tagName: text("the name of a retention rule") }, ["tagName"]),
      "eTag",
    ),
    criteria: list(criteria),
  },
  ["isDefault", "taggingPriority", "tagInfo"],
);

const copy = fields(
  {
    copyAfter: fields(
      {
        objectType: oneOf("ImmediateCopyOption", "CopyOnExpiryOption", "CustomCopyOption"),
        duration: retentionPeriod,
      },
      ["objectType"],
    ),
    dataStore: store,
  },
  ["copyAfter", "dataStore"],
);

const lifecycle = fields(
  {
    sourceDataStore: store,
    deleteAfter: fields({ objectType: oneOf("AbsoluteDeleteOption"), duration: retentionPeriod }, [
      "objectType",
      "duration",
    ]),
    targetDataStoreCopySettings: list(copy),
  },
  ["sourceDataStore", "deleteAfter"],
);

/** A rule that makes backups, or one that keeps them: `objectType` says which members it has. */
const rule = fields(
  {
    objectType: oneOf("AzureBackupRule", "AzureRetentionRule"),
    name: text("the rule's name"),
    backupParameters: fields(
      { objectType: oneOf("AzureBackupParams"), backupType: oneOf("Incremental", "Full", "Discrete") },
      ["objectType", "backupType"],
    ),
    dataStore: store,
    trigger: fields(
      {
        objectType: oneOf("ScheduleBasedTriggerContext"),
        schedule: fields({ repeatingTimeIntervals: list(repeatingInterval), timeZone: text("a time zone") }, [
          "repeatingTimeIntervals",
        ]),
        taggingCriteria: list(tagging),
      },
      ["objectType", "schedule", "taggingCriteria"],
    ),
    isDefault: flag,
    lifecycles: list(lifecycle),
  },
  ["objectType", "name"],
  (value, path, problems) => {
    const isBackup = value.objectType === "AzureBackupRule";
    if (!isBackup && value.objectType !== "AzureRetentionRule") return;
    const [own, others] = isBackup ? [ofBackup, ofRetention] : [ofRetention, ofBackup];
    for (const name of own.required)
      if (value[name] === undefined) problems.push({ path: `${path}.${name}`, expected: "is missing" });
    for (const name of others.all)
      if (value[name] !== undefined)
        problems.push({ path: `${path}.${name}`, expected: `is not a member of a rule of type ${value.objectType}` });
  },
);

const ofBackup = {
  required: ["dataStore", "trigger"],
  all: ["backupParameters", "dataStore", "trigger"],
};
const ofRetention = { required: ["lifecycles"], all: ["lifecycles", "isDefault"] };

export const policyRules = list(rule);

export type ArmRule = Of<typeof rule>;
export type ArmTagging = Of<typeof tagging>;
export type ArmCriteria = Of<typeof criteria>;
export type ArmLifecycle = Of<typeof lifecycle>;

/** What a response has, in the form above, or what in it this version does not know. */
export function readPolicyRules(given: unknown): { rules: ArmRule[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const rules = parse(policyRules, asAzureReads(policyRules, given ?? []), "policyRules", problems) as ArmRule[];
  return { rules, problems };
}
