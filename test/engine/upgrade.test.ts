import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { newStack, type Resource, type Stack, type Step } from "../support/stack.js";
import { prepare, principalOf, restore } from "../upgrade/azure.mjs";
import { versions } from "../upgrade/program.cjs";

const directory = join(root, "test/upgrade");
const newest = versions.at(-1) as string;

let azure: Emulator;
let stack: Stack;

beforeEach(async () => {
  azure = await startEmulator();
  prepare(azure, versions);
  stack = await newStack(azure.env);
  // The secrets of all recorded states are encrypted with this passphrase and salt.
  copyFileSync(join(directory, "stackSettings.yaml"), join(stack.directory, "Pulumi.dev.yaml"));
});
afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** The program of every version in one. They have no name in common. */
function programs(tags: object = {}): string {
  const each = versions.map((version) => {
    const given = JSON.stringify({ principalId: principalOf(azure, version), tags });
    return `program(pulumi, azureBackup, ${JSON.stringify(version)}, ${given});`;
  });
  return `const { program } = require(${JSON.stringify(join(directory, "program.cjs"))});
    const [pulumi, azureBackup] = [require("@pulumi/pulumi"), require("pulumi-azure-backup")];
    ${each.join("\n")}`;
}

const recorded = (version: string) => JSON.parse(readFileSync(join(directory, `states/${version}.json`), "utf8"));

/** The resources of all states in one stack: only the stack itself and Pulumi's provider are in each of them. */
function together(deployments: { resources: Resource[] }[]) {
  const ofPulumi = ({ type }: Resource) => type.startsWith("pulumi:");
  const shared = deployments[0]?.resources.filter(ofPulumi) ?? [];
  const [provider] = shared.filter(({ type }) => type.startsWith("pulumi:providers:"));
  const own = deployments.flatMap(({ resources }) => resources.filter((each) => !ofPulumi(each)));
  const inOneStack = own.map((each) => ({ ...each, provider: `${provider?.urn}::${provider?.id}` }));
  return { version: 3, deployment: { ...deployments[0], resources: [...shared, ...inOneStack] } };
}

/**
 * What not every version has of a resource: the mark that tells two resources with one ID apart, an argument that is new,
 * and the identity of a Recovery Services vault, which the first version with these vaults could set only with the vault.
 */
const ofOneVersion = ["instance", "sourceScanConfiguration", "principalId", "tenantId"];

const withoutTags = (ids: string[]) => ids.map((id) => ({ ...azure.vault(id), tags: undefined, etag: undefined }));

test("states that earlier versions wrote preview without changes, can be updated, and are completed by a refresh", async () => {
  const deployments = versions.map((version) => restore(azure, recorded(version)).deployment);
  writeFileSync(join(stack.directory, "states.json"), JSON.stringify(together(deployments)));
  expect(await stack.pulumi("stack", "import", "--file", "states.json")).toMatchObject({ code: 0 });
  const before = await stack.resources();
  const vaults = before.flatMap(({ id, type }) => (type.endsWith("Vault") ? [id] : []));
  const inAzure = withoutTags(vaults);

  const preview = await stack.program(programs()).pulumi("preview", "--json");
  expect(preview).toMatchObject({ code: 0 });
  const { steps, changeSummary, diagnostics = [] } = JSON.parse(preview.output);
  const changes = steps.filter(({ op }: Step) => op !== "same");
  expect(changes.map(({ op, urn, diffReasons }: Step) => ({ op, urn, diffReasons }))).toEqual([]);
  expect(changeSummary).toEqual({ same: before.length + 1 });
  expect(diagnostics).toEqual([]);

  const tagged = before.filter(({ inputs }) => inputs.tags !== undefined);
  const up = await stack.program(programs({ costs: "4711" })).up();
  expect(up).toMatchObject({ code: 0 });
  expect(
    up.output
      .match(/~ (\d+) updated\s+(\d+) unchanged/)
      ?.slice(1)
      .map(Number),
  ).toEqual([tagged.length, before.length + 1 - tagged.length]);
  expect(tagged.map(({ id }) => azure.vault(id)?.tags.costs)).toEqual(tagged.map(() => "4711"));
  expect(withoutTags(vaults)).toEqual(inAzure);

  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(withoutTags(vaults)).toEqual(inAzure);
  const after = await stack.resources();
  const outputsOf = ({ outputs }: Resource) => Object.keys(outputs).filter((name) => !ofOneVersion.includes(name));
  for (const resource of after) {
    const [urn, name = ""] = resource.urn.split(/::(?=[^:]*$)/);
    const today = `${urn}::${name.replace(/^[^-]*/, newest)}`;
    const sameToday = after.find((each) => each.urn === today) as Resource;
    expect({ name, outputs: outputsOf(resource) }).toEqual({ name, outputs: outputsOf(sameToday) });
  }
});
