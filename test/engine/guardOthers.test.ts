import { type Emulator, startEmulator } from "../../emulator/index.js";
import { createOneOfEach, type Made } from "../support/oneOfEach.js";
import { newStack, type Run, type Stack } from "../support/stack.js";
import { startStandIn } from "../support/standInProvider.js";

// What vaults hold, managed by other providers. Its vaults are not in the program, so only Azure can say what they allow.

let azure: Emulator;
let stack: Stack;
let standIn: Awaited<ReturnType<typeof startStandIn>>;
let made: Made;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  made = await createOneOfEach(azure);
  const locked = { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } };
  azure.setVault(argumentsOf("ProtectedItem").vault as string, locked);
  const types = families.flatMap(({ types }) => Object.values(types));
  standIn = await startStandIn(
    Object.fromEntries(types.map((type) => [type, { id: ({ armId }) => String(armId), replaces: () => [] }])),
  );
});

beforeEach(async () => {
  stack = await newStack(azure.env);
  stack.env.PULUMI_DEBUG_PROVIDERS = `azure-native:${standIn.port},azure:${standIn.port}`;
});

afterEach(() => stack.remove());

afterAll(async () => {
  standIn.stop();
  await azure.close();
});

const argumentsOf = (name: keyof Made) => made[name].args as Record<string, unknown>;

type Part = "policy" | "instance" | "item" | "association";

/** @property inputs what the rules look at, `keep` being how long the policy keeps backups */
interface Family {
  name: string;
  types: Record<Part, string>;
  inputs(keep: string): Record<Part, object>;
}

const families: Family[] = [
  {
    name: "azure-native",
    types: {
      policy: "azure-native:dataprotection:BackupPolicy",
      instance: "azure-native:dataprotection:BackupInstance",
      item: "azure-native:recoveryservices:ProtectedItem",
      association: "azure-native:recoveryservices:ResourceGuardProxy",
    },
    inputs: (keep) => ({
      policy: { properties: { objectType: "BackupPolicy", policyRules: [rule(keep)] } },
      instance: { properties: { policyInfo: { policyId: made.BackupPolicy.id } } },
      item: { properties: { policyId: argumentsOf("ProtectedItem").policyId } },
      association: { properties: { resourceGuardResourceId: made.ResourceGuard.id } },
    }),
  },
  {
    name: "the classic provider",
    types: {
      policy: "azure:dataprotection/backupPolicyDisk:BackupPolicyDisk",
      instance: "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk",
      item: "azure:backup/protectedVM:ProtectedVM",
      association: "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation",
    },
    inputs: (keep) => ({
      policy: { defaultRetentionDuration: keep },
      instance: { backupPolicyId: made.BackupPolicy.id },
      item: { backupPolicyId: argumentsOf("ProtectedItem").policyId },
      association: { resourceGuardId: made.ResourceGuard.id },
    }),
  },
];

const rule = (keep: string) => ({
  objectType: "AzureRetentionRule",
  name: "Default",
  isDefault: true,
  lifecycles: [
    {
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration: keep },
      sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
    },
  ],
});

const failureOf = ({ code, output }: Run) => (code === 0 ? "" : output);

test.each(families)(
  "what $name manages in vaults is judged before it is deleted or changed",
  async ({ types, inputs }) => {
    const ids = {
      policy: made.BackupPolicy.id,
      instance: made.BackupInstance.id,
      item: made.ProtectedItem.id,
      association: made.ResourceGuardAssociation.id,
    };
    /** The instance goes before the policy that it uses. */
    const program = (parts: Part[], keep = "P7D") => {
      const of = parts.map((part) => ({ part, type: types[part], args: { armId: ids[part], ...inputs(keep)[part] } }));
      return stack.program(`
      const pulumi = require("@pulumi/pulumi");
      require("pulumi-azure-backup/guard").guardVaults();
      const made = {};
      for (const { part, type, args } of ${JSON.stringify(of)})
        made[part] = new pulumi.CustomResource(type, part, args, { dependsOn: part === "instance" ? [made.policy ?? []].flat() : [] });`);
    };

    expect(failureOf(await program(["policy", "instance", "item", "association"]).up())).toBe("");

    const withoutPolicy = await program(["instance", "item", "association"]).pulumi("preview");
    expect(failureOf(withoutPolicy)).toContain(
      'policy-in-use-deleted: backup policy "policy" cannot be deleted. It is used by 1 backup instance: disk-payroll',
    );

    const changed = await program(["policy", "instance", "item", "association"], "P9D").pulumi("preview");
    expect(failureOf(changed)).toContain('policy-changed: backup policy "policy" cannot be updated.');

    const withoutItem = await program(["policy", "instance", "association"]).pulumi("preview");
    expect(failureOf(withoutItem)).toContain('rsv-protected-item-deleted: protected item "item" cannot be deleted.');
    expect(failureOf(withoutItem)).toContain('Recovery Services vault "rsv-other" is Locked');

    const allowed = await program(["item"]).pulumi("preview");
    expect(failureOf(allowed)).toBe("");
    expect(allowed.output).toContain('backup-instance-deleted: backup instance "instance" would be removed.');
    expect(allowed.output).toContain(
      'resource-guard-unlinked: association with a resource guard "association" would be removed.',
    );
  },
);
