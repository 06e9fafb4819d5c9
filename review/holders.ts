import type { Planned } from "./planned.js";
import { nameOf, type State, typeOf } from "./preview/step.js";
import { at, hiddenText, toValue, type Value } from "./values.js";
import { encryptionSettings } from "./vaults/azureBackup.js";
import { type Subject, subjectOf } from "./vaults/index.js";

/**
 * Who of a preview's program has what, as far as this package manages it: vaults, their identities and keys, and rights on
 * keys. Its provider takes nothing away that another resource of the program has, and refuses two resources for one thing.
 */
export interface Holders {
  /** By the URN of a resource that goes: what becomes of that which another one has too. */
  kept: ReadonlyMap<string, string>;
  /** By URN: why the program cannot have this resource beside another one. */
  twice: ReadonlyMap<string, string>;
}

/** One resource and what it has: each thing as a text that is the same for whoever has the same. */
interface Holder {
  urn: string;
  has: string[];
  /** What no other resource of the program may have beside it. */
  excludes: string[];
}

export function holdersIn(all: readonly Planned[]): Holders {
  const staying = all.flatMap((planned) => holderOf(planned) ?? []);
  const byThing = new Map<string, string[]>();
  for (const { urn, has } of staying) for (const thing of has) byThing.set(thing, [...(byThing.get(thing) ?? []), urn]);
  const having = (things: string[]) => things.flatMap((thing) => byThing.get(thing) ?? []);

  const kept = all.flatMap((planned) => {
    const { urn, does } = planned;
    const subject = ours(planned);
    if (!subject) return [];
    const holders = leftBy(planned, subject).map((things) =>
      having(things).find((each) => each !== urn || does === "replace"),
    );
    const [first] = holders;
    return first === undefined || holders.includes(undefined) ? [] : [[urn, keptBy(subject, planned, first)] as const];
  });
  const twice = staying.flatMap(({ urn, excludes }) => {
    const other = having(excludes).find((each) => each !== urn);
    return other === undefined ? [] : [[urn, wantedTwice(other)] as const];
  });
  return { kept: new Map(kept), twice: new Map(twice) };
}

type Ours = Exclude<Subject, { is: "notJudged" }>;

function ours({ type }: Planned): Ours | undefined {
  const subject = subjectOf(type);
  if (!subject || subject.is === "notJudged" || subject.is === "keyAccess") return subject as Ours | undefined;
  const { provider } = subject.is === "vault" ? subject.vault : subject.part;
  return provider === "azure-backup" ? subject : undefined;
}

/** What a resource has when everything is created and updated: only then the engine deletes. */
function holderOf(planned: Planned): Holder | undefined {
  const { urn, does, old, new: wanted } = planned;
  const subject = ours(planned);
  // What comes of an operation that this version does not know, nobody can say.
  if (!subject || !wanted || does === "delete" || does === "unknown") return undefined;
  const inputs = toValue(wanted.inputs);
  if (subject.is === "keyAccess") {
    const recorded = does === "create" || does === "replace" ? undefined : (old ?? wanted);
    const access = thing("access", keyIn(inputs)?.key, at(inputs, "principalId"), scopeIn(inputs));
    return { urn, has: [...access, ...rightsOf(inputs, recorded)], excludes: access };
  }
  if (subject.is === "part") {
    const setting = settingOf(subject);
    const part = partIn(inputs, setting);
    const vault: Value = at(inputs, "vault");
    return {
      urn,
      has: [...part, ...thing("apart", setting, vault)],
      excludes: [...part, ...thing("inline", setting, vault)],
    };
  }
  const id = at(inputs, "vaultId");
  const inline = (["identity", "encryption"] as const).filter((name) => wanted.inputs[name] !== undefined);
  return {
    urn,
    has: [...thing("vault", id), ...inline.flatMap((name) => thing("inline", name, id))],
    excludes: [...thing("vault", id), ...inline.flatMap((name) => thing("apart", name, id))],
  };
}

/** What a resource leaves behind when it goes. Each of these stays where another resource has one of its things. */
function leftBy({ does, ops, old }: Planned, subject: Ours): string[][] {
  if (!old || (does !== "delete" && does !== "replace")) return [];
  if (does === "replace" && (subject.is === "vault" || !isCreatedFirst(ops))) return [];
  if (subject.is === "vault") return [thing("vault", old.id)];
  const inputs = toValue(old.inputs);
  if (subject.is === "keyAccess") return rightsOf(inputs, old).map((right) => [right]);
  const setting = settingOf(subject);
  return [[...partIn(inputs, setting), ...thing("inline", setting, at(inputs, "vault"))]];
}

/** What is deleted before its replacement is created goes before anything else has come. */
function isCreatedFirst(ops: string[]): boolean {
  const deleted = ops.indexOf("delete-replaced");
  const created = ops.indexOf("create-replacement");
  return deleted === -1 || (created !== -1 && created < deleted);
}

type Setting = "identity" | "encryption";

const settingOf = ({ part }: Extract<Ours, { is: "part" }>): Setting =>
  part === encryptionSettings ? "encryption" : "identity";

/** A vault has identities beside each other, and one key. */
const partIn = (inputs: Value, setting: Setting): string[] =>
  setting === "identity"
    ? thing(setting, at(inputs, "vault"), at(inputs, "identity"))
    : thing(setting, at(inputs, "vault"));

/** Nothing where a value is not known or secret: that is never taken for the same as another one. */
function thing(what: string, ...values: Value[]): string[] {
  const texts = values.filter((value) => typeof value === "string" && value !== "" && !value.includes(hiddenText));
  return texts.length < values.length ? [] : [[what, ...texts].join(" ").toLowerCase()];
}

const scopeIn = (inputs: Value): Value => at(inputs, "scope") ?? "Key";

/**
 * A role is at the key or at its key vault, and a policy always the key vault's.
 *
 * @param recorded what has been given. Absent: one or the other will be, as the key vault has it
 */
function rightsOf(inputs: Value, recorded: State | undefined): string[] {
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

/** Rights are on a key and not on one of its versions. ARM writes the port into the URIs that it answers. */
export function keyIn(inputs: Value): { key: string; store: string } | undefined {
  const uri = at(inputs, "keyUri");
  const [, store, name] = (typeof uri === "string" && /^https:\/\/([^/:]+)(?::443)?\/keys\/([^/]+)/i.exec(uri)) || [];
  return store && name ? { key: `${store}/keys/${name}`.toLowerCase(), store: store.toLowerCase() } : undefined;
}

function keptBy(subject: Ours, { urn, type }: Planned, holder: string): string {
  const name = nameOf(holder);
  const who = holder === urn ? "its replacement" : `the program's "${name}"`;
  const deeds = {
    vault: () => `Nothing is deleted: ${who} is the same vault.`,
    keyAccess: () => `No access is taken away: ${who} gives it too.`,
    part: (setting: string) => `The vault keeps its ${setting}: ${who} sets it too.`,
  };
  const deed = subject.is === "part" ? deeds.part(settingOf(subject)) : deeds[subject.is]();
  const renamed = `If the resource was renamed in the program, name the old one in the \`aliases\` of "${name}".`;
  const isRenamed = holder !== urn && typeOf(holder) === type;
  return `${deed} Pulumi only forgets this resource.${isRenamed ? ` ${renamed}` : ""}`;
}

const wantedTwice = (other: string): string =>
  `The program's "${nameOf(other)}" is for the same: \`pulumi up\` refuses two resources for one vault, for one setting of ` +
  "a vault, or for one access to a key. Keep one of them.";
