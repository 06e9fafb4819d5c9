import type { Emulator } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { handlerName, type ResourceTypeName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { changesOfEach, createOneOfEach } from "../support/oneOfEach.js";
import { created, oneRun } from "../support/oneRun.js";
import type { Engine, Recorded, Run } from "./engine.js";

type Values = Record<string, unknown>;

/** One resource, before whose creation and after which the emulator's world has a snapshot: `before` and `with` its title. */
export interface Subject {
  title: Title;
  type: ResourceTypeName;
  args: Values;
  /** What an update makes of the arguments. */
  changed?: Values;
  recorded: Recorded;
  /** What errors name. */
  name: string;
  /** What an operation changes at Azure. */
  paths: string[];
  /** What is there without it. */
  before: string;
}

/** One of each type of resource, so that none can be added without; and one whose update revokes what it granted. */
export const titles = [...resourceTypeNames, "BackupInstance of another identity"] as const;
export type Title = (typeof titles)[number];

export type Operation = "create" | "update" | "delete" | "refresh";

export async function subjectsIn(azure: Emulator): Promise<Record<Title, Subject>> {
  const made = await createOneOfEach(azure);
  const each = resourceTypeNames.map((type) => {
    const { recorded } = made[type];
    const args = made[type].args as Values;
    const change = changesOfEach[type];
    const changed = change === "none" ? undefined : { ...args, ...change(args) };
    return { title: type, type, args, changed, recorded, name: nameIn(args), paths: [pathOf(type, recorded)] };
  });
  const all = [...each, await instanceOfAnotherIdentity(azure)].map((subject): [string, Subject] => {
    begin(azure, "create", subject);
    return [subject.title, { ...subject, before: stateOf(azure, subject) }];
  });
  return Object.fromEntries(all) as Record<Title, Subject>;
}

/** Where what a resource stands for is at Azure. */
function pathOf(type: ResourceTypeName, { id, outputs }: Recorded): string {
  if (type === "KeyAccess") return String(outputs.roleAssignmentId);
  return type === "IdentityAssignment" || type === "EncryptionSettings" ? String(outputs.vault) : id;
}

function nameIn({ vaultName, resourceGuardName, vault, keyUri }: Values): string {
  const key = new URL(String(keyUri ?? "https://none")).host;
  return String(vaultName ?? resourceGuardName ?? (vault === undefined ? key : String(vault).split("/").at(-1)));
}

/** The roles that the first identity got go when the second has them. */
async function instanceOfAnotherIdentity(azure: Emulator): Promise<Omit<Subject, "before">> {
  const title: Title = "BackupInstance of another identity";
  const { id: userAssignedIdentityArmUrl } = azure.createUserAssignedIdentity("rg-payroll", "id-backup");
  const vault = await created(oneRun(azure).backupVault, {
    vaultName: "bv-roles",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "LocallyRedundant",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [userAssignedIdentityArmUrl] },
  });
  const policy = { vault: vault.id, policyName: "blobs", dataSource: "AzureBlob", retention: [{ keep: "P30D" }] };
  const account = `${vault.id.replace(/\/providers.*/, "")}/providers/Microsoft.Storage/storageAccounts/stpayroll`;
  const args = {
    vault: vault.id,
    instanceName: "blobs",
    dataSource: "AzureBlob",
    dataSourceId: account,
    policyId: (await created(oneRun(azure).backupPolicy, policy)).id,
    identityDetails: { useSystemAssignedIdentity: false, userAssignedIdentityArmUrl },
    grantRoles: true,
  };
  azure.snapshot(`before ${title}`);
  const { id, inputs, outs } = await created(oneRun(azure).backupInstance, args);
  azure.snapshot(`with ${title}`);
  const { identityDetails: _, ...changed } = args;
  return {
    title,
    type: "BackupInstance",
    args,
    changed: { ...changed, identityDetails: { useSystemAssignedIdentity: true } },
    recorded: { id, inputs, outputs: outs },
    name: "bv-roles",
    paths: [id, `${account}/providers/Microsoft.Authorization/roleAssignments`],
  };
}

/** What can be done to each: a key's settings go with their vault, and what only another resource could be is not updated. */
export function operationsOn(title: Title): Operation[] {
  const isFixed = title in changesOfEach && changesOfEach[title as ResourceTypeName] === "none";
  const others: Operation[] = isFixed ? ["create", "refresh"] : ["create", "update", "refresh"];
  return title === "EncryptionSettings" ? others : [...others, "delete"];
}

/** Everything at Azure is as it was before the operation. */
export function begin(
  azure: Emulator,
  operation: Operation,
  { title, recorded }: Pick<Subject, "title" | "recorded">,
): Recorded | undefined {
  azure.restore(`${operation === "create" ? "before" : "with"} ${title}`);
  return operation === "create" ? undefined : recorded;
}

type Env = Record<string, string>;

export async function run(
  operation: Operation,
  { type, args, changed = args }: Subject,
  { engine, env }: { engine: Engine; env: Env },
  recorded: Recorded | undefined,
  more: Values = {},
): Promise<Run> {
  const lifecycle = lifecycles[handlerName(type)];
  if (operation === "create") return engine.up(env, recorded, { ...args, ...more }, lifecycle);
  if (operation === "update") return engine.up(env, recorded, { ...changed, ...more }, lifecycle);
  if (operation === "delete") return engine.destroy(env, givenUp(recorded), lifecycle);
  try {
    const found = await engine.refresh(env, recorded, lifecycle);
    return { recorded: found, errors: [], warnings: [] };
  } catch (error) {
    return { recorded, errors: [(error as Error).message], warnings: [] };
  }
}

/** The backups, too. */
const givenUp = (recorded?: Recorded) =>
  recorded && { ...recorded, outputs: { ...recorded.outputs, onDelete: "delete" } };

/** What differs from one run to the next, and means nothing. */
const passing = /Time$|TimeInUTC$|etag|createdAt|createdOn|updatedOn|nextRun|systemData|^uniqueId$|ProtectionId$/i;

/** What Azure has of it. The principal of a vault that is created anew is another one. */
export const stateOf = (azure: Emulator, { paths }: Pick<Subject, "paths">): string =>
  JSON.stringify(
    paths.map((path) => liveAt(azure, path)),
    (key, value) =>
      passing.test(key) ? undefined : key === "identity" ? { ...value, principalId: undefined } : sorted(value),
  );

/** What is deleted may be kept for a while. */
function liveAt(azure: Emulator, path: string): unknown {
  const { status, body } = azure.arm("GET", path);
  const { isScheduledForDeferredDelete } = (body as { properties?: Values })?.properties ?? {};
  return status === 404 || isScheduledForDeferredDelete ? "gone" : body;
}

const sorted = (value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Where one state is no longer the other. */
export function unlike(state: string, wanted: string): string[] {
  if (state === wanted) return [];
  let at = 0;
  while (state[at] === wanted[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
  return [`ends as ...${around(state)}..., not as ...${around(wanted)}...`];
}
