import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { programProperty } from "../../provider/host/fromProgram.js";
import type { ProviderRecord } from "../../review/index.js";
import { type Report, review, text } from "../../review/index.js";
import { oneRun } from "../support/oneRun.js";
import { preview, type StepOf } from "./previews.js";
import { said as decided } from "./said.js";

const ours = "pulumi-nodejs:dynamic/azure-backup:";
const keyUri = "https://kv-shared.vault.azure.net/keys/first";
const otherKey = "https://kv-shared.vault.azure.net/keys/second";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = "[secret]";

let azure: Emulator;
let vault: string;
let keyVault: string;
let identity: string;
let other: string;
let principalId: string;

/** A vault whose key is reached by a user-assigned identity, and another identity that reaches it as well. */
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-shared");
  const group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-shared/providers`;
  vault = `${group}/Microsoft.DataProtection/backupVaults/bv-shared`;
  keyVault = azure.createKeyVault("rg-shared", "kv-shared").id;
  for (const name of ["first", "second"]) azure.createKey(keyVault, name);
  const [holder, spare] = ["id-holder", "id-spare"].map((name) => azure.createUserAssignedIdentity("rg-shared", name));
  for (const each of [holder, spare]) azure.grant(keyVault, each?.properties.principalId ?? "");
  identity = holder?.id ?? "";
  other = spare?.id ?? "";
  principalId = holder?.properties.principalId ?? "";
  const storageSettings = [{ datastoreType: "VaultStore", type: "GeoRedundant" }];
  azure.arm("PUT", vault, {
    location: "westeurope",
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {}, [other]: {} } },
    properties: { storageSettings },
  });
  azure.vault(vault);
  azure.setVault(vault, {
    properties: {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri },
          kekIdentity: { identityType: "UserAssigned", identityId: identity },
        },
      },
    },
  });
});
afterAll(() => azure.close());

const reviewed = (steps: StepOf[], records?: ProviderRecord[]): Promise<Report> =>
  review(preview(...steps), { live: liveAzure(azure.env), records });
const refused = ({ resources }: Report) =>
  resources.flatMap(({ verdicts }) => verdicts.filter(({ decision }) => decision === "refuse").map(({ code }) => code));
type Properties = Record<string, unknown>;

interface Kind {
  type: string;
  inputs(): Properties;
  /** The same for Azure in other words. */
  respelled(): Properties;
  /** Not the same: a resource that has this keeps nothing. */
  others(): Properties[];
  outputs?: Properties;
  /** What refuses the deletion if no other resource owns it. */
  code: string;
}

const upper = (id: string) => id.toUpperCase();
const roleOutputs = () => ({ grantedBy: "RoleAssignment", keyVaultId: keyVault, roleAssignmentId: "role" });
const policyOutputs = () => ({ grantedBy: "AccessPolicy", keyVaultId: keyVault, keyPermissions: ["get"] });

const kinds: Record<string, () => Kind> = {
  "an identity on a vault": () => ({
    type: "IdentityAssignment",
    inputs: () => ({ vault, identity }),
    respelled: () => ({ vault: upper(vault), identity: upper(identity) }),
    others: () => [
      { vault, identity: other },
      { vault: `${vault}2`, identity },
      { vault, identity: unknown },
    ],
    code: "kek-identity-removed",
  }),
  "a vault's key": () => ({
    type: "EncryptionSettings",
    inputs: () => ({ vault, keyUri, identity }),
    respelled: () => ({ vault: upper(vault), keyUri: `${keyUri}/${"a".repeat(32)}`, identity: upper(identity) }),
    others: () => [
      { vault: `${vault}2`, keyUri, identity },
      { vault: secret, keyUri, identity },
    ],
    code: "cmk-removed",
  }),
  "a role at a key": () => ({
    type: "KeyAccess",
    inputs: () => ({ keyUri, principalId, scope: "Key" }),
    respelled: () => ({
      keyUri: `${keyUri.replace("kv-", "KV-").replace(".net/", ".net:443/")}/${"a".repeat(32)}`,
      principalId: upper(principalId),
    }),
    others: () => [
      { keyUri: otherKey, principalId, scope: "Key" },
      { keyUri, principalId, scope: "KeyVault" },
      { keyUri, principalId: unknown, scope: "Key" },
      { keyUri: secret, principalId, scope: "Key" },
    ],
    outputs: roleOutputs(),
    code: "cmk-dependency-deleted-first",
  }),
  "an access policy, which is good for all keys of its key vault": () => ({
    type: "KeyAccess",
    inputs: () => ({ keyUri, principalId, scope: "Key" }),
    respelled: () => ({ keyUri: otherKey, principalId: upper(principalId), scope: "Key" }),
    others: () => [
      { keyUri: keyUri.replace("kv-shared", "kv-else"), principalId, scope: "Key" },
      { keyUri, principalId: unknown, scope: "Key" },
    ],
    outputs: policyOutputs(),
    code: "cmk-dependency-deleted-first",
  }),
};

const stepOf = (op: string, name: string, { type, outputs }: Kind, properties: Properties): StepOf => ({
  op,
  type: `${ours}${type}`,
  name,
  ...(op !== "create" && { old: properties, outputs }),
  ...(op !== "delete" && { new: properties }),
});

describe.each(Object.entries(kinds))("%s", (_, kindOf) => {
  let kind: Kind;
  let gone: StepOf;

  beforeAll(() => {
    kind = kindOf();
    gone = stepOf("delete", "before", kind, kind.inputs());
  });

  test("is not refused where another resource of the program keeps it, and the page says what to do", async () => {
    expect(refused(await reviewed([gone]))).toEqual([kind.code]);
    for (const op of ["create", "update", "same"]) {
      for (const properties of [kind.inputs(), kind.respelled()]) {
        const report = await reviewed([stepOf(op, "after", kind, properties), gone]);
        const old = report.resources.find(({ planned }) => planned === "delete");
        expect(old).toMatchObject({ verdicts: [] });
        expect(old?.notes).toEqual([
          expect.stringMatching(
            /"after" in this program.*only removes this resource from the stack.*`aliases` of "after"/,
          ),
        ]);
        expect(text(report).replace(/\s+/g, " ")).toContain("Pulumi only removes this resource from the stack");
      }
    }
  });

  test("is refused if the other resource owns something else, or may, or is deleted as well", async () => {
    for (const properties of kind.others()) {
      const report = await reviewed([stepOf("create", "after", kind, properties), gone]);
      expect(["refuse", "undecided"]).toContain(report.decision);
      const old = report.resources.find(({ planned }) => planned === "delete");
      expect(old?.verdicts.map(({ code }) => code)).toContain(kind.code);
      expect(old?.notes.join()).not.toContain("only forgets");
    }
    for (const op of ["delete", "frobnicate"]) {
      const rest = stepOf(op, "after", kind, kind.inputs());
      expect(refused(await reviewed([rest, gone]))).toContain(kind.code);
    }
  });

  test("is reported as a conflict, whatever is planned for either", async () => {
    // A policy is one thing for all keys, and an access to another key is another one all the same.
    const { inputs, respelled } = {
      ...kind,
      ...(kind.outputs?.grantedBy === "AccessPolicy" && { respelled: kind.inputs }),
    };
    for (const [one, two] of [
      ["create", "create"],
      ["same", "create"],
      ["same", "same"],
      ["update", "same"],
    ] as const) {
      const report = await reviewed([stepOf(one, "first", kind, inputs()), stepOf(two, "second", kind, respelled())]);
      expect(report.decision).toBe("unchecked");
      expect(report.resources.map(({ urn, unchecked }) => `${urn?.split("::").at(-1)}: ${unchecked}`).sort()).toEqual([
        expect.stringContaining('first: It conflicts with "second" in this program'),
        expect.stringContaining('second: It conflicts with "first" in this program'),
      ]);
    }
    for (const properties of kind.others()) {
      const report = await reviewed([
        stepOf("same", "first", kind, inputs()),
        stepOf("create", "second", kind, properties),
      ]);
      expect(report.counts.unchecked).toBe(0);
    }
  });
});

const part = (op: string, type: string, name: string, old?: Properties, wanted?: Properties): StepOf => ({
  op,
  type: `${ours}${type}`,
  name,
  old,
  new: wanted,
});
const vaultStep = (op: string, old: Properties, wanted: Properties): StepOf =>
  part(op, "BackupVault", "vault", { ...named(), ...old }, { ...named(), ...wanted });
const named = (): Properties => ({
  vaultId: vault,
  vaultName: "bv-shared",
  resourceGroupName: "rg-shared",
  location: "westeurope",
  redundancy: "GeoRedundant",
});
const inline = () => ({
  identity: { type: "UserAssigned", userAssignedIdentities: [identity, other] },
  encryption: { state: "Enabled", keyUri, identity },
});

test("what a vault sets itself from now on is not refused where its own resource goes, and is refused beside one", async () => {
  const identityGone = part("delete", "IdentityAssignment", "identity", { vault, identity });
  const keyGone = part("delete", "EncryptionSettings", "key", { vault, keyUri, identity });
  const over = await reviewed([{ ...vaultStep("update", {}, inline()), id: vault }, identityGone, keyGone]);
  expect(decided(over)).toEqual([]);
  expect(over.resources.flatMap(({ notes }) => notes).sort()).toEqual([
    'The vault keeps its encryption: "vault" in this program sets it, too. Pulumi only removes this resource from the stack.',
    'The vault keeps its identity: "vault" in this program sets it, too. Pulumi only removes this resource from the stack.',
  ]);

  const both = await reviewed([
    { ...vaultStep("same", inline(), inline()), id: vault },
    part("create", "IdentityAssignment", "identity", undefined, { vault, identity }),
  ]);
  expect(both).toMatchObject({ decision: "unchecked", counts: { unchecked: 2 } });
});

test("two resources for one vault are not judged", async () => {
  const [one, two] = ["first", "second"].map((name) => ({ ...vaultStep("same", {}, {}), id: vault, name })) as StepOf[];
  expect((await reviewed([one as StepOf, two as StepOf])).counts.unchecked).toBe(2);
});

test("the plugin records a vault without what follows from its arguments, and is judged as the classes are", async () => {
  const { vaultId: _, ...recorded }: Properties = { ...named(), subscriptionId: azure.env.ARM_SUBSCRIPTION_ID };
  const created = (name: string, vaultName = "bv-shared"): StepOf => {
    const type = "azure-backup:index:BackupVault";
    return { op: "create", type, name, new: { ...recorded, vaultName } };
  };
  const unchecked = async (...steps: StepOf[]) => (await reviewed(steps)).counts.unchecked;
  expect(await unchecked(created("first"), created("second"))).toBe(2);
  expect(await unchecked(created("first"), created("second", "bv-other"))).toBe(0);
  expect(await unchecked(created("first"), created("second", unknown))).toBe(0);
});

const role = () => ({ ...roleOutputs(), roleAssignmentId: "role" });
const access = (op: string, outputs: Properties, old: Properties, wanted?: Properties): StepOf => ({
  ...part(op, "KeyAccess", "access", { keyUri, principalId, scope: "Key", ...old }, wanted),
  outputs,
});

test("access that is good for all keys of a key vault is refused while a vault uses any of them", async () => {
  expect(refused(await reviewed([access("delete", role(), { keyUri: otherKey })]))).toEqual([]);
  for (const [outputs, old] of [
    [policyOutputs(), {}],
    [role(), { scope: "KeyVault" }],
  ]) {
    const report = await reviewed([access("delete", outputs as Properties, { keyUri: otherKey, ...old })]);
    expect(refused(report)).toEqual(["cmk-dependency-deleted-first"]);
    expect(text(report)).toContain('Backup vault "bv-shared"');
  }
});

test("a policy that a replacement needs for another key of the key vault stays, unless it goes first", async () => {
  const wanted = { keyUri: otherKey, principalId, scope: "Key" };
  const replaced = (...ops: string[]) => ops.map((op) => access(op, policyOutputs(), {}, wanted));
  const kept = await reviewed(replaced("create-replacement", "replace", "delete-replaced"));
  expect(decided(kept)).toEqual([]);
  expect(kept.resources.flatMap(({ notes }) => notes)).toEqual([
    expect.stringContaining("its replacement grants it, too"),
  ]);
  const first = await reviewed(replaced("delete-replaced", "replace", "create-replacement"));
  expect(refused(first)).toEqual(["cmk-dependency-deleted-first"]);
});

const spare = () => ({ vault, identity: other });
const moved = (op: string, wanted: Properties) =>
  part(op, "EncryptionSettings", "key", { vault, keyUri, identity }, { vault, keyUri, ...wanted });

describe("an identity and its access that go once the vault's key has moved on", () => {
  const identityMoves = () =>
    part("replace", "IdentityAssignment", "identity", { vault, identity }, { vault, identity: other });
  const goes = () => [
    identityMoves(),
    part("delete", "IdentityAssignment", "before", { vault, identity }),
    access("delete", role(), {}),
  ];

  test("are refused while it stays", async () => {
    for (const step of goes()) expect((await reviewed([step])).decision).toBe("refuse");
    for (const step of goes()) {
      expect((await reviewed([step, moved("same", { identity: other })])).decision).toBe("refuse");
      expect((await reviewed([step, moved("update", { identity })])).decision).toBe("refuse");
    }
  });

  test("are not refused if it moves in the same run, and undecided if its target is unknown", async () => {
    for (const step of goes()) {
      const report = await reviewed([step, moved("update", spare())]);
      expect(report.counts).toMatchObject({ refused: 0, undecided: 0, unchecked: 0 });
      expect((await reviewed([step, moved("update", { identity: unknown })])).decision).toBe("undecided");
    }
  });

  test("are judged also where the provider has judged what comes", async () => {
    const inputs = { vault, identity: other };
    const records: ProviderRecord[] = [
      { handler: "identityAssignment", inputs, judged: { vault, verdicts: [], notes: [] } },
      { handler: "keyAccess", inputs: {} },
    ];
    expect(refused(await reviewed([identityMoves()], records))).toEqual(["kek-identity-removed"]);
    const replaced = access("replace", role(), {}, { keyUri: otherKey, principalId, scope: "Key" });
    expect(refused(await reviewed([replaced], records))).toEqual(["cmk-dependency-deleted-first"]);
  });
});

test("what is set on a vault that is not known yet says so, in the provider's preview too, and is no pass for a key", async () => {
  for (const waitsForNew of [false, true]) {
    const run = oneRun(azure);
    const args = { vault: unknown, identity, [programProperty]: { waitsForNew } };
    expect((await run.identityAssignment.check({}, args)).failures).toEqual([]);
    // Nothing can be said against the identities of a vault that the same run makes.
    const said = waitsForNew ? [] : [expect.stringContaining("the vault is only known during `pulumi up`")];
    expect(run.warnings).toEqual(said);
  }

  const identityComes = part("create", "IdentityAssignment", "identity", undefined, { vault: unknown, identity });
  const keyComes = part("create", "EncryptionSettings", "key", undefined, { vault: unknown, keyUri, identity });
  const judged = { vault: unknown, verdicts: [], notes: ["said by the provider"] };
  const records = ["identityAssignment", "encryptionSettings"].map((handler) => ({
    handler,
    inputs: { vault: unknown, identity },
    judged,
  }));
  for (const given of [undefined, records]) {
    const report = await reviewed([identityComes, keyComes], given);
    expect(report.decision).toBe("undecided");
    for (const { notes } of report.resources)
      expect(notes).toContainEqual(expect.stringContaining("Its vault is only known during `pulumi up`"));
  }

  const hidden = await reviewed([{ ...identityComes, new: { vault: secret, identity } }]);
  expect(hidden.resources[0]?.notes).toEqual([expect.stringContaining("hides the values of secrets")]);
});

describe("a key that another resource of the program sets on a vault counts, also where Azure is not read", () => {
  const native = (type: string) => ({
    vaultName: "bv-shared",
    resourceGroupName: "rg-shared",
    location: "westeurope",
    identity: { type },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
  });
  const withoutIdentity = (): StepOf => ({
    op: "update",
    type: "azure-native:dataprotection:BackupVault",
    name: "vault",
    id: vault,
    old: native("SystemAssigned"),
    new: native("None"),
  });
  const classicKey = (op: string): StepOf => {
    const inputs = { dataProtectionBackupVaultId: vault, keyVaultKeyId: keyUri };
    return {
      op,
      type: "azure:dataprotection/backupVaultCustomerManagedKey:BackupVaultCustomerManagedKey",
      name: "key",
      id: vault,
      ...(op !== "create" && { old: inputs }),
      ...(op !== "delete" && { new: inputs }),
    };
  };

  test.each(["same", "create", "update"])("%s", async (op) => {
    const report = await review(preview(withoutIdentity(), classicKey(op)));
    const ofVault = report.resources.filter(({ provider }) => provider === "azure-native");
    expect(refused({ ...report, resources: ofVault })).toEqual(["kek-identity-removed"]);
  });

  test("without one, the identity can go", async () => {
    expect(refused(await review(preview(withoutIdentity())))).toEqual([]);
  });

  test("its own finding is not repeated for the vault", async () => {
    const tagged: StepOf = { ...withoutIdentity(), new: { ...native("SystemAssigned"), tags: { owner: "payroll" } } };
    const { resources } = await review(preview(tagged, classicKey("create")));
    expect(resources.find(({ provider }) => provider === "azure-native")?.verdicts).toEqual([]);
  });
});

describe("a vault that is deleted under one name and created under another says so on both", () => {
  const inputs = { vaultName: "bv-shared", resourceGroupName: "rg-shared", location: "westeurope" };
  const type = { native: "azure-native:dataprotection:BackupVault", own: `${ours}BackupVault` };
  const deleted = (more: Partial<StepOf> = {}): StepOf => ({
    op: "delete",
    type: type.native,
    name: "before",
    id: vault,
    old: inputs,
    ...more,
  });
  const created = (more: Partial<StepOf> = {}): StepOf => ({
    op: "create",
    type: type.native,
    name: "after",
    new: inputs,
    ...more,
  });
  const notes = async (...steps: StepOf[]) => {
    const { resources } = await review(preview(...steps));
    return Object.fromEntries(resources.map((each) => [each.urn?.split("::").at(-1), each.notes.join(" ")]));
  };

  test("after a rename", async () => {
    const { before, after } = await notes(deleted(), created());
    expect(before).toContain('"after" in this program is the same vault in Azure. If you renamed');
    expect(after).toContain('"before", which would be deleted, is the same vault in Azure. If you renamed');
  });

  test("when another provider takes it over", async () => {
    const { before, after } = await notes(deleted(), created({ type: type.own, new: { ...inputs, vaultId: vault } }));
    for (const note of [before, after])
      expect(note).toContain('`pulumi state delete` for "before" and set `adopt: true` on "after"');
  });

  test("but not for another vault, one that stays, or one whose name is not known", async () => {
    const none = { before: "", after: "" };
    expect(await notes(deleted(), created({ new: { ...inputs, resourceGroupName: "rg-other" } }))).toEqual(none);
    expect(await notes(deleted(), created({ new: { ...inputs, vaultName: unknown } }))).toEqual(none);
    const kept = await notes(deleted({ retainOnDelete: true }), created());
    expect(Object.values(kept).join()).not.toContain("same vault in Azure");
  });
});
