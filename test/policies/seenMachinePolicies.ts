import {
  at,
  atEleven,
  complete,
  completeShort,
  firstAndLast,
  fourDays,
  hourly,
  machines,
  onFourDays,
  type Seen,
  simple,
  someDays,
  ten,
  tenDates,
  twice,
  v2,
} from "./clientPolicies.js";

export const seenMachinePolicies = {
  "azurerm's daily machines": {
    dataSource: "VM",
    properties: machines("V1", simple("Daily", "23:00"), ten),
    short: { schedule: atEleven, retention: [{ keep: "P10D" }], instantRpRetentionRangeInDays: 2 },
  },
  "azurerm's enhanced daily machines": {
    dataSource: "VM",
    properties: machines(
      "V2",
      v2({ scheduleRunFrequency: "Daily", dailySchedule: { scheduleRunTimes: [at("23:00")] } }),
      ten,
    ),
    short: { policyType: "V2", schedule: atEleven, retention: [{ keep: "P10D" }], instantRpRetentionRangeInDays: 7 },
  },
  "azurerm's machines every four hours, once": {
    dataSource: "VM",
    properties: machines("V2", v2(hourly(4, "23:00", 4)), ten),
    short: {
      policyType: "V2",
      schedule: { every: "PT4H", at: "23:00", windowDuration: "PT4H" },
      retention: [{ keep: "P10D" }],
      instantRpRetentionRangeInDays: 7,
    },
  },
  "azurerm's complete hourly machines": {
    dataSource: "VM",
    properties: machines("V2", v2(hourly(12, "23:00", 24)), { ...ten, ...complete(someDays) }),
    short: {
      policyType: "V2",
      schedule: { every: "PT12H", at: "23:00" },
      retention: [{ keep: "P10D" }, { keep: "P42W", of: { daysOfTheWeek: someDays } }, ...completeShort(someDays)],
      instantRpRetentionRangeInDays: 7,
    },
  },
  "azurerm's complete weekly machines": {
    dataSource: "VM",
    properties: machines("V1", simple("Weekly", "23:00", fourDays), complete(fourDays)),
    short: {
      schedule: { every: "P1W", at: "23:00", on: fourDays },
      retention: [{ keep: "P42W" }, ...completeShort(fourDays)],
      instantRpRetentionRangeInDays: 5,
    },
  },
  "azurerm's enhanced weekly machines, of which some days are kept for longer": {
    dataSource: "VM",
    properties: machines("V2", v2({ scheduleRunFrequency: "Weekly", ...onFourDays }), {
      weekly: ["P42W", { on: fourDays }],
      monthly: ["P7M", { on: someDays, weeks: firstAndLast }],
      yearly: ["P77Y", { on: ["Sunday"], weeks: ["Last"], months: ["January"] }],
    }),
    short: {
      policyType: "V2",
      schedule: { every: "P1W", at: "23:00", on: fourDays },
      retention: [
        { keep: "P42W" },
        { keep: "P7M", of: { daysOfTheWeek: someDays, weeksOfTheMonth: firstAndLast } },
        { keep: "P77Y", of: { daysOfTheWeek: ["Sunday"], weeksOfTheMonth: ["Last"], monthsOfYear: ["January"] } },
      ],
      instantRpRetentionRangeInDays: 5,
    },
  },
  "azurerm's machines that keep days of the month and the last": {
    dataSource: "VM",
    properties: machines("V1", simple("Daily", "23:00"), {
      ...ten,
      monthly: ["P10M", { dates: tenDates, last: true }],
      yearly: ["P10Y", { dates: tenDates, last: true, months: twice }],
    }),
    short: {
      schedule: atEleven,
      retention: [
        { keep: "P10D" },
        { keep: "P10M", of: { daysOfTheMonth: tenDates, lastDayOfTheMonth: true } },
        { keep: "P10Y", of: { daysOfTheMonth: tenDates, lastDayOfTheMonth: true, monthsOfYear: twice } },
      ],
      instantRpRetentionRangeInDays: 2,
    },
  },
  "azurerm's machines with four days of instant restore": {
    dataSource: "VM",
    properties: machines("V1", simple("Daily", "23:00"), { daily: ["P31D"] }, { instantRpRetentionRangeInDays: 4 }),
    short: { schedule: atEleven, retention: [{ keep: "P31D" }], instantRpRetentionRangeInDays: 4 },
  },
  "azurerm's machines with a resource group for their snapshots": {
    dataSource: "VM",
    properties: machines("V1", simple("Daily", "23:00"), ten, {
      instantRPDetails: { azureBackupRGNamePrefix: "acctest", azureBackupRGNameSuffix: "suffix" },
    }),
    short: undefined,
  },
  "azurerm's machines that go to the archive": {
    dataSource: "VM",
    properties: machines("V1", simple("Weekly", "23:00", fourDays), complete(fourDays), {
      tieringPolicy: { ArchivedRP: { tieringMode: "TierAfter", duration: 5, durationType: "Months" } },
    }),
    short: undefined,
  },
  "azurerm's crash-consistent machines": {
    dataSource: "VM",
    properties: machines(
      "V2",
      v2({ scheduleRunFrequency: "Daily", dailySchedule: { scheduleRunTimes: [at("23:00")] } }),
      ten,
      { snapshotConsistencyType: "OnlyCrashConsistent" },
    ),
    short: undefined,
  },
} satisfies Record<string, Seen>;
