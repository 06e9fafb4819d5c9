import type { Shape } from "../arm/shape.js";
import { isTimeZone } from "../arm/timeZones.js";
import type { ArmResource } from "../state/records.js";
import { invalidInput } from "./backupError.js";

const store = { objectType: "string", dataStoreType: "string" } as const;

/** https://learn.microsoft.com/rest/api/dataprotection/backup-policies/create-or-update */
export const policyRulesShape = [
  {
    name: "string",
    objectType: "string",
    backupParameters: { objectType: "string", backupType: "string" },
    dataStore: store,
    trigger: {
      objectType: "string",
      schedule: { repeatingTimeIntervals: ["string"], timeZone: "string" },
      taggingCriteria: [
        {
          isDefault: "boolean",
          taggingPriority: "number",
          tagInfo: { id: "string", tagName: "string" },
          criteria: [
            {
              objectType: "string",
              absoluteCriteria: ["string"],
              daysOfTheWeek: ["string"],
              weeksOfTheMonth: ["string"],
              monthsOfYear: ["string"],
              daysOfMonth: [{ date: "number", isLast: "boolean" }],
              scheduleTimes: ["string"],
            },
          ],
        },
      ],
    },
    isDefault: "boolean",
    lifecycles: [
      {
        sourceDataStore: store,
        deleteAfter: { objectType: "string", duration: "string" },
        targetDataStoreCopySettings: [{ copyAfter: { objectType: "string", duration: "string" }, dataStore: store }],
      },
    ],
  },
] as const satisfies Shape;

const kinds = ["AzureBackupRule", "AzureRetentionRule"];

/** Azure's specification: no other form is accepted. */
const repeating = /^R\/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?\/P/;

/** Azure's specification has these as well (`BackupSchedule.timeZone`, 2026-03-01). azurerm sends an empty text for none. */
const isZoneOfSchedule = (given: string): boolean =>
  given === "" || /^(Z|[+-]\d{2}:\d{2})$/.test(given) || isTimeZone(given);

/** What Azure takes of a policy's rules no further than the specification and its clients show. */
export function refuseOddRules(rules: ArmResource[] | undefined): void {
  const names = (rules ?? []).map((rule) => rule.name?.toLowerCase());
  for (const [index, rule] of (rules ?? []).entries()) {
    const at = `properties.policyRules[${index}]`;
    if (!kinds.includes(rule.objectType)) throw invalidInput(`${at}.objectType must be ${kinds.join(" or ")}.`);
    // Reported since 2026-08, and what az and Az.DataProtection keep their users from:
    // https://learn.microsoft.com/powershell/module/az.dataprotection/edit-azdataprotectionpolicyretentionruleclientobject
    if (names.indexOf(names[index]) < index) throw invalidInput(`${at}.name is the name of another rule.`);
    for (const interval of rule.trigger?.schedule?.repeatingTimeIntervals ?? [])
      if (!repeating.test(interval))
        throw invalidInput(`${at}.trigger.schedule: ${interval} is no repeating interval.`);
    const zone = rule.trigger?.schedule?.timeZone;
    if (typeof zone === "string" && !isZoneOfSchedule(zone))
      throw invalidInput(`${at}.trigger.schedule.timeZone: ${zone} is no time zone of Windows.`);
  }
}
