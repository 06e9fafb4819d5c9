import fc from "fast-check";
import {
  type BackupPolicyInputs,
  inputsOfLive,
  type LivePolicy,
  parsePolicy,
  policyBody,
  policyContent,
  readPolicy,
} from "../../provider/policies/backupPolicy.js";
import { isSameContent } from "../../provider/policies/content.js";
import type { DataSourceName } from "../../provider/policies/dataSources.js";
import { anyPolicyOf } from "./anyPolicy.js";

const vault =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
const anyPolicy = anyPolicyOf(vault);

function parsed(given: Record<string, unknown>): BackupPolicyInputs {
  const { inputs, problems, limits } = parsePolicy(given, {});
  expect([...problems, ...limits]).toEqual([]);
  return inputs;
}

/** Undefined: of Azure's this version does not know something. */
function isSamePolicy(inputs: BackupPolicyInputs, live: LivePolicy): boolean | undefined {
  const content = policyContent(inputs);
  if (!content || !live.content || !live.dataSource) return undefined;
  return inputs.dataSource === live.dataSource && isSameContent(content, live.content);
}

test("every policy in the short form comes back out of Azure's form as it was written", () => {
  fc.assert(
    fc.property(anyPolicy, (given) => {
      const inputs = parsed(given);
      const live = readPolicy(policyBody(inputs).properties);
      expect(isSamePolicy(inputs, live)).toBe(true);
      const back = inputsOfLive(inputs.policyId, live);
      expect(back).not.toHaveProperty("policyRules");
      expect(isSamePolicy(parsed(back as Record<string, unknown>), live)).toBe(true);
    }),
  );
});

test("the rules that the short form stands for are valid by themselves, and the same policy", () => {
  fc.assert(
    fc.property(anyPolicy, (given) => {
      const { policyRules } = policyBody(parsed(given)).properties;
      const { schedule: _, retention: _1, ...named } = given;
      const inputs = parsed({ ...named, policyRules });
      expect(policyBody(inputs).properties.policyRules).toEqual(policyRules);
      expect(isSamePolicy(inputs, readPolicy(policyBody(parsed(given)).properties))).toBe(true);
    }),
  );
});

const rulesOf = (dataSource: DataSourceName, schedule: object | undefined, retention: object[]) =>
  policyBody(parsed({ vault, policyName: "daily", dataSource, ...(schedule && { schedule }), retention })).properties
    .policyRules;

// What az records of its own templates: the test recordings of azure-cli-extensions, 2025-11.
test("operational backup of blobs is one rule, with the name that it must have", () => {
  expect(rulesOf("AzureBlob", undefined, [{ keep: "P30D" }])).toEqual([
    {
      objectType: "AzureRetentionRule",
      name: "Default_OperationalStore",
      isDefault: true,
      lifecycles: [
        {
          sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
          deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" },
          targetDataStoreCopySettings: [],
        },
      ],
    },
  ]);
});

test("a copy in the vault leaves the snapshot as long as the policy keeps snapshots", () => {
  const retention = [{ keep: "P7D" }, { keep: "P12M", of: "FirstOfMonth", store: "VaultStore" }];
  const rules = rulesOf("AzureKubernetesService", { every: "PT4H", at: "02:00" }, retention);
  expect(rules.find(({ name }) => name === "Monthly")?.lifecycles).toEqual([
    {
      sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" },
      targetDataStoreCopySettings: [
        {
          dataStore: { objectType: "DataStoreInfoBase", dataStoreType: "VaultStore" },
          copyAfter: { objectType: "ImmediateCopyOption" },
        },
      ],
    },
    {
      sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "VaultStore" },
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P12M" },
      targetDataStoreCopySettings: [],
    },
  ]);
});

test.each([
  ["UTC", "+00:00"],
  ["W. Europe Standard Time", "+01:00"],
  ["India Standard Time", "+05:30"],
  ["Pacific Standard Time", "-08:00"],
])("in %s the schedule is sent with the offset %s", (timeZone, offset) => {
  const [rule] = rulesOf("AzureDatabaseForMySQL", { every: "P1W", at: "02:00", on: ["Wednesday"], timeZone }, [
    { keep: "P10Y" },
  ]);
  expect(rule?.trigger?.schedule).toEqual({
    repeatingTimeIntervals: [`R/2024-01-10T02:00:00${offset}/P1W`],
    timeZone,
  });
});

describe("of what Azure has", () => {
  const given = {
    vault,
    policyName: "daily",
    dataSource: "AzureDisk",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P7D" }],
  };
  const id = `${vault}/backupPolicies/daily`;

  /** The policy with what a test makes of its rules: the first one makes backups, the second one keeps them. */
  function spoiled(change: (backup: Rule, kept: Rule, rules: Rule[]) => void) {
    const body = structuredClone(policyBody(parsed(given)).properties);
    const rules = body.policyRules as Rule[];
    change(rules[0], rules[1], rules);
    return readPolicy(body);
  }
  const isSame = (change: Parameters<typeof spoiled>[0]) => isSamePolicy(parsed(given), spoiled(change));

  test("null and an empty list are what is absent, and an order says nothing", () => {
    const same = isSame((backup, kept, rules) => {
      kept.lifecycles[0].targetDataStoreCopySettings = null;
      backup.trigger.taggingCriteria[0].criteria = [];
      rules.reverse();
    });
    expect(same).toBe(true);
  });

  const interval = (text: string) => (backup: Rule) => {
    backup.trigger.schedule.repeatingTimeIntervals = [text];
  };

  test("the day from which a daily schedule repeats says nothing", () => {
    expect(isSame(interval("R/2021-05-20T02:00:00Z/P1D"))).toBe(true);
  });

  const others: [string, Parameters<typeof spoiled>[0]][] = [
    ["an hour later", interval("R/2024-01-07T03:00:00+00:00/P1D")],
    ["another interval", interval("R/2024-01-07T02:00:00+00:00/PT4H")],
    ["another retention", (_, kept) => Object.assign(kept.lifecycles[0].deleteAfter, { duration: "P8D" })],
    ["another store", (_, kept) => Object.assign(kept.lifecycles[0].sourceDataStore, { dataStoreType: "VaultStore" })],
    ["another priority", (backup) => Object.assign(backup.trigger.taggingCriteria[0], { taggingPriority: 98 })],
    ["one rule more", (_, kept, rules) => void rules.push({ ...kept, name: "Weekly", isDefault: false })],
  ];
  test.each(others)("%s is another policy", (_, change) => {
    expect(isSame(change)).toBe(false);
  });

  test("nothing is said of a rule with a member that this version does not know", () => {
    const live = spoiled((_, kept) => Object.assign(kept, { legalHold: { state: "On" } }));
    expect(live.content).toBeUndefined();
    expect(live.unread.join()).toContain("legalHold");
    expect(isSamePolicy(parsed(given), live)).toBeUndefined();
  });

  test("what the short form cannot say is imported in Azure's own form", () => {
    const live = spoiled((backup, kept, rules) => {
      backup.trigger.taggingCriteria.push({
        isDefault: false,
        taggingPriority: 20,
        tagInfo: { id: "Mondays_", tagName: "Mondays" },
        criteria: [{ objectType: "ScheduleBasedBackupCriteria", daysOfTheWeek: ["Monday"] }],
      });
      rules.push({ ...kept, name: "Mondays", isDefault: false });
    });
    const imported = inputsOfLive(id, live);
    expect(imported).toMatchObject({ policyName: "daily", dataSource: "AzureDisk", policyRules: live.rules });
    expect(imported).not.toHaveProperty("retention");
  });
});

// biome-ignore lint/suspicious/noExplicitAny: Azure's JSON, which a test spoils
type Rule = any;
