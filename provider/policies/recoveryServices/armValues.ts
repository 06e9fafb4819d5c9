import { fields, flag, list, matching, type Of, oneOf, type Problem, parse, wholeNumber } from "../../vaults/values.js";
import { asAzureReads, showing } from "../azureForm.js";
import { weekdays } from "../content.js";
import { months, weeks } from "./content.js";

/*
 * The properties of a policy in Azure's own form, member by member: a member that this version does not know is an error, so
 * that nothing is compared or judged of which only a part was read.
 * https://learn.microsoft.com/rest/api/backup/protection-policies/create-or-update
 */

/** Only the time of day counts. */
const time = matching(
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:\d{2}(\.\d{1,7})?(Z|\+00:00)$/,
  "must be a time such as 2020-01-01T02:00:00Z, of which only the time of day counts",
);
const times = list(time);
const days = list(oneOf(...weekdays));
const word = (expected: string) => matching(/^\P{Cc}{1,150}$/u, `must be ${expected}`);

const retentionDuration = fields(
  { count: wholeNumber("units"), durationType: oneOf("Days", "Weeks", "Months", "Years") },
  ["count", "durationType"],
);
const weekly = fields({ daysOfTheWeek: days, weeksOfTheMonth: list(oneOf(...weeks)) });
const daily = fields({ daysOfTheMonth: list(fields({ date: wholeNumber("days"), isLast: flag })) });
const kept = { retentionTimes: times, retentionDuration };
const format = {
  retentionScheduleFormatType: oneOf("Daily", "Weekly"),
  retentionScheduleDaily: daily,
  retentionScheduleWeekly: weekly,
};

const retentionPolicy = fields(
  {
    retentionPolicyType: oneOf("LongTermRetentionPolicy", "SimpleRetentionPolicy"),
    dailySchedule: fields(kept, ["retentionDuration"]),
    weeklySchedule: fields({ ...kept, daysOfTheWeek: days }, ["retentionDuration", "daysOfTheWeek"]),
    monthlySchedule: fields({ ...kept, ...format }, ["retentionDuration", "retentionScheduleFormatType"]),
    yearlySchedule: fields({ ...kept, ...format, monthsOfYear: list(oneOf(...months)) }, [
      "retentionDuration",
      "retentionScheduleFormatType",
      "monthsOfYear",
    ]),
    retentionDuration,
  },
  ["retentionPolicyType"],
);

const schedulePolicy = fields(
  {
    schedulePolicyType: oneOf("SimpleSchedulePolicy", "SimpleSchedulePolicyV2", "LogSchedulePolicy"),
    scheduleRunFrequency: oneOf("Hourly", "Daily", "Weekly"),
    scheduleRunDays: days,
    scheduleRunTimes: times,
    hourlySchedule: fields({
      interval: wholeNumber("hours"),
      scheduleWindowStartTime: time,
      scheduleWindowDuration: wholeNumber("hours"),
    }),
    dailySchedule: fields({ scheduleRunTimes: times }),
    weeklySchedule: fields({ scheduleRunDays: days, scheduleRunTimes: times }),
    scheduleWeeklyFrequency: wholeNumber("weeks"),
    scheduleFrequencyInMins: wholeNumber("minutes"),
  },
  ["schedulePolicyType"],
);

const tieringPolicy = fields({
  ArchivedRP: fields(
    {
      tieringMode: oneOf("TierRecommended", "TierAfter", "DoNotTier"),
      duration: wholeNumber("units"),
      durationType: oneOf("Days", "Weeks", "Months", "Years", "Invalid"),
    },
    ["tieringMode"],
  ),
});

/** `makePolicyConsistent` is said in a request of az, besides what the policy is. */
export const armProperties = showing(
  fields(
    {
      backupManagementType: oneOf("AzureIaasVM", "AzureStorage", "AzureWorkload"),
      workLoadType: word("a type of workload"),
      policyType: oneOf("V1", "V2"),
      vmWorkloadPolicyType: oneOf("Streaming"),
      timeZone: word("a time zone"),
      schedulePolicy,
      retentionPolicy,
      vaultRetentionPolicy: fields({ vaultRetention: retentionPolicy, snapshotRetentionInDays: wholeNumber("days") }, [
        "vaultRetention",
        "snapshotRetentionInDays",
      ]),
      instantRpRetentionRangeInDays: wholeNumber("days"),
      instantRPDetails: fields({
        azureBackupRGNamePrefix: word("the beginning of a name"),
        azureBackupRGNameSuffix: word("the end of a name"),
      }),
      snapshotConsistencyType: oneOf("OnlyCrashConsistent"),
      tieringPolicy,
      settings: fields({ timeZone: word("a time zone"), issqlcompression: flag, isCompression: flag }),
      subProtectionPolicy: list(
        fields(
          {
            policyType: oneOf("Full", "Differential", "Incremental", "Log"),
            schedulePolicy,
            retentionPolicy,
            tieringPolicy,
          },
          ["policyType", "schedulePolicy", "retentionPolicy"],
        ),
      ),
    },
    ["backupManagementType"],
  ),
  "protectedItemsCount",
  "makePolicyConsistent",
);

export type ArmPolicy = Of<typeof armProperties>;
export type ArmSchedule = Of<typeof schedulePolicy>;
export type ArmRetention = Of<typeof retentionPolicy>;
export type ArmTiering = Of<typeof tieringPolicy>;

/** In a request, besides: a program has it as an argument of its own. */
const answered = showing(armProperties, "resourceGuardOperationRequests");

/** What a response has, in the form above, or what in it this version does not know. */
export function readArmProperties(given: object): { arm: ArmPolicy; problems: Problem[] } {
  const problems: Problem[] = [];
  const arm = parse(answered, asAzureReads(answered, given), "properties", problems) as ArmPolicy;
  return { arm, problems };
}
