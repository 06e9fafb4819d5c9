import type { PlannedChange, State } from "./changes/plannedChange.js";
import { at, hiddenText, toValue, type Value } from "./values.js";
import { encryptionSettings } from "./vaults/azureBackup.js";
import { type Subject, subjectOf } from "./vaults/index.js";

/**
 * Which resource of a preview's program owns what: vaults, their identities and keys, and permissions on keys. This
 * package's provider removes nothing that another resource of the program owns, and refuses two owners of one thing.
 */
export interface Ownership {
  /** By the key of a deletion (`keyOf`): a note on what another resource owns, too, and so stays. */
  kept: ReadonlyMap<string, string>;
  /** By address: why the program cannot have both this resource and another one. */
  conflicts: ReadonlyMap<string, string>;
}

/** Identifies a change: a resource and a copy of it that an earlier run left behind have one address. */
export const keyOf = ({ address, old }: PlannedChange): string => `${address} ${old?.id ?? ""}`;

/** A resource and what it owns, each thing as a text that is the same for all its owners. */
interface Owner extends Pick<PlannedChange, "address" | "name" | "type"> {
  owns: string[];
  /** What no other resource of the program may own. */
  excludes: string[];
}

export function ownershipIn(all: readonly PlannedChange[]): Ownership {
  const remaining = all.flatMap((planned) => ownerOf(planned) ?? []);
  const byThing = new Map<string, Owner[]>();
  for (const owner of remaining) {
    for (const thing of owner.owns) {
      const others = byThing.get(thing);
      if (others) others.push(owner);
      else byThing.set(thing, [owner]);
    }
  }
  const ownersOf = (things: string[]) => things.flatMap((thing) => byThing.get(thing) ?? []);

  const removed = all.filter(({ action }) => action === "delete" || action === "replace");
  const kept = removed.flatMap((planned) => {
    const { address, action } = planned;
    const subject = ours(planned);
    if (!subject) return [];
    const owners = ownedByDeleted(planned, subject).map((things) =>
      ownersOf(things).find((each) => each.address !== address || action === "replace"),
    );
    const [first] = owners;
    return first === undefined || owners.includes(undefined)
      ? []
      : [[keyOf(planned), keptNote(subject, planned, first)] as const];
  });
  const conflicts = remaining.flatMap(({ address, excludes }) => {
    const other = ownersOf(excludes).find((each) => each.address !== address);
    return other === undefined ? [] : [[address, conflictNote(other)] as const];
  });
  return { kept: new Map(kept), conflicts: new Map(conflicts) };
}

type Ours = Exclude<Subject, { is: "unsupported" | "dependency" }>;

function ours(planned: PlannedChange): Ours | undefined {
  const subject = subjectOf(planned);
  if (!subject || subject.is === "dependency") return undefined;
  if (subject.is === "unsupported" || subject.is === "keyAccess") return subject as Ours;
  const { provider } = subject.is === "vault" ? subject.vault : subject.part;
  return provider === "azure-backup" ? subject : undefined;
}

/** What a resource owns when everything is created and updated, which is before the engine deletes anything. */
function ownerOf(planned: PlannedChange): Owner | undefined {
  const { address, name, type, action, old, new: wanted } = planned;
  const owner = { address, name, type };
  const subject = ours(planned);
  // The result of an operation that this version does not know is unknown.
  if (!subject || !wanted || action === "delete" || action === "unknown") return undefined;
  const inputs = toValue(wanted.inputs);
  if (subject.is === "keyAccess") {
    const recorded = action === "create" || action === "replace" ? undefined : (old ?? wanted);
    const access = thing("access", keyIn(inputs)?.key, at(inputs, "principalId"), scopeIn(inputs));
    return { ...owner, owns: [...access, ...permissionsOf(inputs, recorded)], excludes: access };
  }
  if (subject.is === "part") {
    const setting = settingOf(subject);
    const part = partIn(inputs, setting);
    const vault: Value = at(inputs, "vault");
    return {
      ...owner,
      owns: [...part, ...thing("separate", setting, vault)],
      excludes: [...part, ...thing("inline", setting, vault)],
    };
  }
  const id = at(inputs, "vaultId");
  const vault = thing("vault", id);
  const inline = (["identity", "encryption"] as const).filter((name) => wanted.inputs[name] !== undefined);
  return {
    ...owner,
    owns: [...vault, ...inline.flatMap((name) => thing("inline", name, id))],
    excludes: [...vault, ...inline.flatMap((name) => thing("separate", name, id))],
  };
}

/** What a deleted or replaced resource owned. Each of these groups stays if another resource owns something of it. */
function ownedByDeleted({ action, isCreatedFirst, old }: PlannedChange, subject: Ours): string[][] {
  if (!old) return [];
  if (action === "replace" && (subject.is === "vault" || !isCreatedFirst)) return [];
  if (subject.is === "vault") return [thing("vault", old.id)];
  const inputs = toValue(old.inputs);
  if (subject.is === "keyAccess") return permissionsOf(inputs, old).map((permission) => [permission]);
  const setting = settingOf(subject);
  return [[...partIn(inputs, setting), ...thing("inline", setting, at(inputs, "vault"))]];
}

type Setting = "identity" | "encryption";

const settingOf = ({ part }: Extract<Ours, { is: "part" }>): Setting =>
  part === encryptionSettings ? "encryption" : "identity";

/** A vault can have several identities, but only one key. */
const partIn = (inputs: Value, setting: Setting): string[] =>
  setting === "identity"
    ? thing(setting, at(inputs, "vault"), at(inputs, "identity"))
    : thing(setting, at(inputs, "vault"));

/** Empty if a value is unknown or secret, because it cannot be compared. */
function thing(what: string, ...values: Value[]): string[] {
  const texts = values.filter((value) => typeof value === "string" && value !== "" && !value.includes(hiddenText));
  return texts.length < values.length ? [] : [[what, ...texts].join(" ").toLowerCase()];
}

const scopeIn = (inputs: Value): Value => at(inputs, "scope") ?? "Key";

/**
 * A role assignment is on the key or on its key vault; an access policy is always on the key vault.
 *
 * @param recorded the state of an existing access. Absent: one or the other will be granted, depending on the key vault
 */
function permissionsOf(inputs: Value, recorded: State | undefined): string[] {
  const { key, store } = keyIn(inputs) ?? {};
  const principal: Value = at(inputs, "principalId");
  const scope = scopeIn(inputs);
  const role = thing("role", scope === "Key" ? key : scope === "KeyVault" ? store : undefined, principal);
  const policy = thing("policy", store, principal);
  if (!recorded) return [...role, ...policy];
  const { grantedBy, roleAssignmentId, keyPermissions } = recorded.outputs;
  if (grantedBy === "Nothing") return [];
  return [...(roleAssignmentId ? role : []), ...(keyPermissions ? policy : [])];
}

/** Permissions are on a key, not on one of its versions. ARM's responses have the port in the URI. */
export function keyIn(inputs: Value): { key: string; store: string } | undefined {
  const uri = at(inputs, "keyUri");
  const [, store, name] = (typeof uri === "string" && /^https:\/\/([^/:]+)(?::443)?\/keys\/([^/]+)/i.exec(uri)) || [];
  return store && name ? { key: `${store}/keys/${name}`.toLowerCase(), store: store.toLowerCase() } : undefined;
}

function keptNote(subject: Ours, { address, type }: PlannedChange, owner: Owner): string {
  const who = owner.address === address ? "its replacement" : `"${owner.name}" in this program`;
  const effects = {
    vault: () => `Nothing is deleted: ${who} manages the same vault.`,
    keyAccess: () => `No access is revoked: ${who} grants it, too.`,
    part: (setting: string) => `The vault keeps its ${setting}: ${who} sets it, too.`,
  };
  const effect = subject.is === "part" ? effects.part(settingOf(subject)) : effects[subject.is]();
  const renamed = `If you renamed the resource in the program, add its old name to the \`aliases\` of "${owner.name}".`;
  const isRenamed = owner.address !== address && owner.type === type;
  return `${effect} Pulumi only removes this resource from the stack.${isRenamed ? ` ${renamed}` : ""}`;
}

const conflictNote = (other: Owner): string =>
  `It conflicts with "${other.name}" in this program: \`pulumi up\` refuses two resources for one vault, one setting of a ` +
  "vault, or one access to a key. Keep one of them.";
