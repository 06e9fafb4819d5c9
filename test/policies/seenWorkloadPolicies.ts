import {
  atEleven,
  databases,
  firstAndLast,
  hourly,
  keptFor,
  logs,
  longTerm,
  type Seen,
  shares,
  simple,
  someDays,
  ten,
  tenDates,
  twice,
} from "./clientPolicies.js";

export const seenWorkloadPolicies = {
  "azurerm's daily file shares, with every tier": {
    dataSource: "AzureFileShare",
    properties: shares(simple("Daily", "23:00"), {
      retentionPolicy: longTerm("23:00", {
        ...ten,
        weekly: ["P7W", { on: someDays }],
        monthly: ["P7M", { on: someDays, weeks: firstAndLast }],
        yearly: ["P7Y", { dates: tenDates, last: true, months: twice }],
      }),
    }),
    short: {
      schedule: atEleven,
      retention: [
        { keep: "P10D" },
        { keep: "P7W", of: { daysOfTheWeek: someDays } },
        { keep: "P7M", of: { daysOfTheWeek: someDays, weeksOfTheMonth: firstAndLast } },
        { keep: "P7Y", of: { daysOfTheMonth: tenDates, lastDayOfTheMonth: true, monthsOfYear: twice } },
      ],
    },
  },
  "azurerm's hourly file shares": {
    dataSource: "AzureFileShare",
    properties: shares(
      { ...hourly(4, "10:00", 12), scheduleRunTimes: [] },
      { retentionPolicy: longTerm(undefined, ten) },
    ),
    short: { schedule: { every: "PT4H", at: "10:00", windowDuration: "PT12H" }, retention: [{ keep: "P10D" }] },
  },
  "azurerm's hourly file shares in the vault": {
    dataSource: "AzureFileShare",
    properties: shares(hourly(4, "10:00", 12), {
      vaultRetentionPolicy: { vaultRetention: longTerm(undefined, { daily: ["P20D"] }), snapshotRetentionInDays: 15 },
    }),
    short: {
      schedule: { every: "PT4H", at: "10:00", windowDuration: "PT12H" },
      retention: [{ keep: "P20D" }],
      snapshotRetentionInDays: 15,
    },
  },
  "az's file shares in the vault": {
    dataSource: "AzureFileShare",
    properties: shares(
      {
        hourlySchedule: null,
        scheduleRunDays: null,
        scheduleRunFrequency: "Daily",
        scheduleRunTimes: ["2026-09-09T23:00:00+00:00"],
      },
      {
        vaultRetentionPolicy: {
          vaultRetention: {
            ...longTerm("23:00", { daily: ["P30D"] }),
            weeklySchedule: null,
            monthlySchedule: null,
            yearlySchedule: null,
          },
          snapshotRetentionInDays: 5,
        },
      },
    ),
    short: { schedule: atEleven, retention: [{ keep: "P30D" }], snapshotRetentionInDays: 5 },
  },
  // Azure/bicep-registry-modules, avm/res/recovery-services/vault, tests/e2e/max (2026-09): the case of a name is another one.
  "AVM's file shares": {
    dataSource: "AzureFileShare",
    properties: {
      backupManagementType: "AzureStorage",
      retentionPolicy: longTerm("04:30", { daily: ["P30D"] }),
      schedulePolicy: { ...simple("Daily", "04:30"), scheduleWeeklyFrequency: 0 },
      timeZone: "UTC",
      workloadType: "AzureFileShare",
    },
    short: { schedule: { every: "P1D", at: "04:30" }, retention: [{ keep: "P30D" }] },
  },
  // Azure/azure-rest-api-specs, RecoveryServicesBackup, 2026-05-01, ProtectionPolicies_CreateOrUpdate_Hourly.json.
  "the specification's hourly file shares": {
    dataSource: "AzureFileShare",
    properties: shares(hourly(4, "08:00", 12), {
      retentionPolicy: {
        retentionPolicyType: "LongTermRetentionPolicy",
        dailySchedule: { retentionDuration: { count: 5, durationType: "Days" }, retentionTimes: null },
        monthlySchedule: {
          retentionDuration: { count: 60, durationType: "Months" },
          retentionScheduleDaily: null,
          retentionScheduleFormatType: "Weekly",
          retentionScheduleWeekly: { daysOfTheWeek: ["Sunday"], weeksOfTheMonth: ["First"] },
          retentionTimes: null,
        },
      },
    }),
    short: {
      schedule: { every: "PT4H", at: "08:00", windowDuration: "PT12H" },
      retention: [{ keep: "P5D" }, { keep: "P60M", of: { daysOfTheWeek: ["Sunday"], weeksOfTheMonth: ["First"] } }],
    },
  },
  "azurerm's SQL Server": {
    dataSource: "SQLDataBase",
    properties: databases(
      "SQLDataBase",
      { timeZone: "UTC" },
      {
        policyType: "Full",
        schedulePolicy: simple("Daily", "15:00"),
        retentionPolicy: longTerm("15:00", {
          daily: ["P8D"],
          monthly: ["P10M", { dates: [27, 28] }],
          yearly: ["P10Y", { dates: [27, 28], months: ["February"] }],
        }),
      },
      logs(15, 8),
    ),
    short: {
      schedule: { every: "P1D", at: "15:00" },
      retention: [
        { keep: "P8D" },
        { keep: "P10M", of: { daysOfTheMonth: [27, 28] } },
        { keep: "P10Y", of: { daysOfTheMonth: [27, 28], monthsOfYear: ["February"] } },
      ],
      log: { every: "PT15M", keep: "P8D" },
    },
  },
  "azurerm's SAP HANA, incremental": {
    dataSource: "SAPHanaDatabase",
    properties: databases(
      "SAPHanaDatabase",
      { timeZone: "UTC", issqlcompression: true, isCompression: true },
      {
        policyType: "Full",
        schedulePolicy: simple("Weekly", "15:00", ["Monday", "Tuesday"]),
        retentionPolicy: longTerm("15:00", {
          weekly: ["P4W", { on: ["Monday", "Tuesday"] }],
          monthly: ["P10M", { on: ["Tuesday"], weeks: ["Third"] }],
          yearly: ["P8Y", { on: ["Tuesday"], weeks: ["Third"], months: ["May", "February"] }],
        }),
      },
      {
        policyType: "Incremental",
        schedulePolicy: simple("Weekly", "23:00", ["Saturday", "Friday"]),
        retentionPolicy: keptFor(11),
      },
      logs(15, 8),
    ),
    short: {
      schedule: { every: "P1W", at: "15:00", on: ["Monday", "Tuesday"] },
      retention: [
        { keep: "P4W" },
        { keep: "P10M", of: { daysOfTheWeek: ["Tuesday"], weeksOfTheMonth: ["Third"] } },
        {
          keep: "P8Y",
          of: { daysOfTheWeek: ["Tuesday"], weeksOfTheMonth: ["Third"], monthsOfYear: ["May", "February"] },
        },
      ],
      incremental: { at: "23:00", on: ["Saturday", "Friday"], keep: "P11D" },
      log: { every: "PT15M", keep: "P8D" },
      isCompression: true,
    },
  },
  "azurerm's SAP HANA, differential, elsewhere": {
    dataSource: "SAPHanaDatabase",
    properties: databases(
      "SAPHanaDatabase",
      { timeZone: "Pacific Standard Time" },
      {
        policyType: "Full",
        schedulePolicy: simple("Weekly", "16:00", ["Tuesday", "Thursday"]),
        retentionPolicy: longTerm("16:00", { weekly: ["P5W", { on: ["Tuesday", "Thursday"] }] }),
      },
      {
        policyType: "Differential",
        schedulePolicy: simple("Weekly", "17:00", ["Saturday", "Sunday"]),
        retentionPolicy: keptFor(12),
      },
      logs(30, 9),
    ),
    short: {
      schedule: { every: "P1W", at: "16:00", on: ["Tuesday", "Thursday"], timeZone: "Pacific Standard Time" },
      retention: [{ keep: "P5W" }],
      differential: { at: "17:00", on: ["Saturday", "Sunday"], keep: "P12D" },
      log: { every: "PT30M", keep: "P9D" },
    },
  },
  "az's SAP ASE": {
    dataSource: "SAPAseDatabase",
    properties: databases(
      "SAPAseDatabase",
      { timeZone: "UTC" },
      {
        policyType: "Full",
        schedulePolicy: { ...simple("Daily", "19:30"), scheduleWeeklyFrequency: 0 },
        retentionPolicy: longTerm("19:30", { daily: ["P180D"], weekly: ["P104W", { on: ["Sunday"] }] }),
      },
      logs(120, 15),
    ),
    short: {
      schedule: { every: "P1D", at: "19:30" },
      retention: [{ keep: "P180D" }, { keep: "P104W", of: { daysOfTheWeek: ["Sunday"] } }],
      log: { every: "PT2H", keep: "P15D" },
    },
  },
} satisfies Record<string, Seen>;
