import { oneRun } from "../support/oneRun.js";
import {
  another,
  asking,
  azure,
  firstCodeOf,
  guard,
  type Kind,
  must,
  type policies,
  policyOf,
  type Request,
  unlocking,
  type World,
} from "./protectionWorld.js";
import { aligned } from "./tables.js";

/** The state of a source before the change, beside its vault. Suspension of an item needs a vault that is immutable. */
const states = ["none", "protected", "stopped", "suspended", "soft-deleted", "elsewhere"] as const;
type State = (typeof states)[number];

function put(kind: Kind, world: World, state: State): void {
  if (state === "none") return;
  if (state === "elsewhere") {
    const vault = kind.newVault();
    const there = kind.worldOf(vault, world.source);
    must(...(kind.before?.(there) ?? []), kind.protect(there, policyOf(there, "daily")));
    return;
  }
  must(...(kind.before?.(world) ?? []), kind.protect(world, policyOf(world, "daily")));
  if (state === "stopped") must(kind.stop(world));
  if (state === "suspended") {
    kind.immutable(world.vault, "Unlocked");
    must(kind.suspend(world));
    kind.immutable(world.vault, "Disabled");
  }
  if (state === "soft-deleted") must(kind.remove(world));
}

/** What a program changes: our handlers do it by what was recorded of the first creation, or as a new resource. */
interface Change {
  isNew?: true;
  args?: (kind: Kind, world: World) => object;
  removal?: string;
  azures(kind: Kind, world: World, state: State): Request[];
}

const otherThan = ({ sourceOf }: Kind, { source }: World) => sourceOf(`other-than-${source.split("/").at(-1)}`);

const policyChange = (name: (typeof policies)[number]): Change => ({
  args: (_, world) => ({ policyId: policyOf(world, name) }),
  azures: (kind, world, state) => kind.resume(world, state, policyOf(world, name)),
});

const changes: Record<string, Change> = {
  new: { isNew: true, azures: (kind, world) => [kind.protect(world, policyOf(world, "daily"))] },
  adopt: {
    isNew: true,
    args: () => ({ adopt: true }),
    azures: (kind, world, state) => kind.resume(world, state, policyOf(world, "daily")),
  },
  undelete: {
    isNew: true,
    args: () => ({ undelete: true, adopt: true }),
    azures: (kind, world, state) =>
      state === "soft-deleted"
        ? kind.undelete(world, policyOf(world, "daily"))
        : kind.resume(world, state, policyOf(world, "daily")),
  },
  resume: {
    args: () => ({}),
    azures: (kind, world, state) => kind.resume(world, state, policyOf(world, "daily")),
  },
  longer: policyChange("longer"),
  shorter: policyChange("shorter"),
  source: {
    args: (kind, world) =>
      kind.resource === "backupInstance"
        ? { dataSourceId: otherThan(kind, world) }
        : { sourceResourceId: otherThan(kind, world) },
    azures: (kind, world) => [kind.protect({ ...world, source: otherThan(kind, world) }, policyOf(world, "daily"))],
  },
  stop: {
    removal: "stopProtectionRetainData",
    azures: (kind, world) => [kind.stop(world, asking(kind, world, "stop"))],
  },
  suspend: { removal: "suspend", azures: (kind, world) => [kind.suspend(world, asking(kind, world, "suspend"))] },
  delete: { removal: "delete", azures: (kind, world) => [...unlocking(kind, world), kind.remove(world)] },
};

type Values = Record<string, unknown>;

/** Refused: in a preview, or only at the write. */
async function ours(kind: Kind, world: World, change: Change): Promise<{ refused?: string; isLate?: boolean }> {
  const run = oneRun(azure)[kind.resource];
  const before = { ...world.args, adopt: true } as Values;
  const state = {
    ...before,
    protectionState: "Protected",
    ...(kind.resource === "backupInstance" && { instanceId: world.id, protectionState: "ProtectionConfigured" }),
  };
  let isLate = false;
  try {
    if (change.removal) {
      isLate = true;
      await run.delete(world.id, { ...state, onDelete: change.removal });
      return {};
    }
    const args = { ...world.args, ...change.args?.(kind, world) };
    const { inputs, failures } = await run.check(change.isNew ? {} : state, args);
    if (failures.length > 0) return { refused: failures.map(({ reason }) => reason).join("\n") };
    isLate = true;
    if (change.isNew) await run.create(inputs);
    else await run.update(world.id, { ...state, protectionState: "ProtectionStopped" }, inputs);
    return {};
  } catch (error) {
    return { refused: (error as Error & { reasons?: string[] }).message, isLate };
  }
}

/** That its account is unregistered, too, is no answer to what was asked. */
const answers = (): number =>
  azure.writes().filter(({ path }) => !/\/protectionContainers\/[^/]+$/i.test(path.split("?")[0] ?? "")).length;

async function cell(kind: Kind, state: State, name: string, arrange: (vault: string) => void): Promise<string> {
  const change = changes[name] as Change;
  const world = () => {
    const made = kind.worldOf(kind.newVault(), kind.sourceOf(`source-${another()}`));
    put(kind, made, state);
    arrange(made.vault);
    return made;
  };
  const [mine, theirs] = [world(), world()];
  const written = answers();
  const { refused, isLate } = await ours(kind, mine, change);
  const isWritten = answers() > written;
  const azures = firstCodeOf([...(kind.before?.(theirs) ?? []), ...change.azures(kind, theirs, state)]);
  if (refused !== undefined && azures !== undefined) return isLate ? "late" : "no";
  if (refused !== undefined) return "ours";
  if (!isWritten) return "idle";
  if (azures !== undefined) return `theirs: ${azures}`;
  const [one, other] = [kind.shown(mine), kind.shown(theirs)].map((each) => JSON.stringify(each));
  return one === other ? "-" : `apart: ${one} ${other}`;
}

const vaults: Record<string, (kind: Kind, vault: string) => void> = {
  plain: () => {},
  immutable: (kind, vault) => kind.immutable(vault, "Unlocked"),
  locked: (kind, vault) => kind.immutable(vault, "Locked"),
  guarded: (kind, vault) => guard(kind, vault),
  "without soft delete": (_, vault) =>
    void azure.setVault(vault, { properties: { securitySettings: { softDeleteSettings: { state: "Off" } } } }),
};

const inPlain = Object.keys(changes);
/** What a vault's protections are about. */
const inOthers = ["undelete", "longer", "shorter", "stop", "suspend", "delete"];

/** All changes from all states, in a vault of this name. */
export async function tableOf(kind: Kind, vaultName: string): Promise<string> {
  const arrange = (vault: string) => vaults[vaultName]?.(kind, vault);
  const isPlain = vaultName === "plain";
  const columns = isPlain ? inPlain : inOthers;
  const rows: string[][] = [];
  for (const state of isPlain ? states : (["protected", "stopped", "suspended", "soft-deleted"] as const)) {
    const row: string[] = [];
    for (const name of columns) row.push(await cell(kind, state, name, arrange));
    rows.push([state, ...row]);
  }
  return `\n${aligned([["from \\ to", ...columns], ...rows])}\n`;
}
