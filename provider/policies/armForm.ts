import type { PolicyContent } from "./content.js";
import type { ArmRule } from "./policyRules.js";

const storeInfo = (dataStoreType: string) => ({ objectType: "DataStoreInfoBase", dataStoreType });

/** The rules as Azure takes them, with every member that its own clients send. */
export function armRulesOf({ schedules, retention }: PolicyContent): ArmRule[] {
  const backups = schedules.map(({ name, store, backupType, times, timeZone, tags }) => ({
    objectType: "AzureBackupRule",
    name,
    backupParameters: { objectType: "AzureBackupParams", backupType },
    dataStore: storeInfo(store),
    trigger: {
      objectType: "ScheduleBasedTriggerContext",
      schedule: {
        repeatingTimeIntervals: times.map(
          ({ date, time, offset = "", every }) => `R/${date}T${time}${offset}/${every}`,
        ),
        ...(timeZone !== undefined && { timeZone }),
      },
      taggingCriteria: tags.map(({ name: tagName, isDefault, priority, criteria }) => ({
        isDefault,
        taggingPriority: priority,
        tagInfo: { id: `${tagName}_`, tagName },
        ...(criteria.length > 0 && {
          criteria: criteria.map((each) => ({ objectType: "ScheduleBasedBackupCriteria", ...each })),
        }),
      })),
    },
  }));
  const kept = retention.map(({ name, isDefault, lifecycles }) => ({
    objectType: "AzureRetentionRule",
    name,
    isDefault,
    lifecycles: lifecycles.map(({ store, keep, copies }) => ({
      sourceDataStore: storeInfo(store),
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration: keep },
      targetDataStoreCopySettings: copies.map((copy) => ({
        dataStore: storeInfo(copy.store),
        copyAfter: copyAfter(copy.after),
      })),
    })),
  }));
  return [...backups, ...kept] as ArmRule[];
}

function copyAfter(after: string) {
  if (after === "Immediate") return { objectType: "ImmediateCopyOption" };
  if (after === "OnExpiry") return { objectType: "CopyOnExpiryOption" };
  return { objectType: "CustomCopyOption", duration: after };
}
