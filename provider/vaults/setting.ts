import type { Of, OneOf, Value } from "./values.js";

/**
 * One argument of a vault: all that there is to know of it. Every part has to be said, so that whoever adds a row
 * decides on each, and a part that is forgotten does not compile.
 */
export interface Setting<V extends Value = Value, J extends boolean = boolean, R extends boolean = boolean> {
  value: V;
  required: R;
  /**
   * `name`: the vault's id says it. `fixed`: Azure cannot change it on a vault. Another value of either is another vault.
   * `setting`: what a vault has. `request`: goes along with a change, and the vault does not keep it. `program`: means
   * something to this package only.
   */
  role: "name" | "fixed" | "setting" | "request" | "program";
  arm: Arm;
  /** `PUT`: a PATCH has no room for it. `none`: nothing is sent for it alone. */
  written: "PUT" | "PATCH" | "none";
  /** The first stable api-version that has it. A request by an older one leaves it out. */
  since: string;
  /** What a vault has where Azure leaves it out of its answer. Undefined: that is not known. */
  whenAbsent: Observed<Of<V>> | undefined;
  /** Azure's default, which the vault goes back to when the argument leaves the program; or it keeps what it has. */
  whenRemoved: Observed<Of<V>> | "keeps";
  /** A program manages all of it, or those of its fields that it names. */
  managed: "whole" | "fields";
  /** Whether a rule asks for it. */
  judged: J;
}

/**
 * Where Resource Manager has it: the path of a value, those of its fields, or nowhere. What has another shape there has
 * functions of its own.
 */
export type Arm = string | Readonly<Record<string, string>> | Shaped | undefined;

export interface Shaped {
  /** Of the whole body. */
  read(body: unknown): unknown;
  /** As it stands at `path` in a body. */
  write(value: never, sent: Sent): unknown;
  path: string;
}

/** What a writer may have to know beside the value. */
export interface Sent {
  method: "PUT" | "PATCH";
  /** What the vault has of it now. */
  has: unknown;
}

/** Azure may know more values than this package. */
type Observed<T> = T extends string ? string : T extends object ? { [K in keyof T]: Observed<T[K]> } : T;

export type Settings = Readonly<Record<string, Setting>>;

/** Every part of a row, with its types kept. */
export const setting = <V extends Value, const J extends boolean, const R extends boolean>(
  row: Setting<V, J, R>,
): Setting<V, J, R> => row;

const nowhere = { arm: undefined, written: "none", since: "any", whenAbsent: undefined, whenRemoved: "keeps" } as const;

/** What the vault's id says. */
export const name = <V extends Value, const R extends boolean>(value: V, required: R): Setting<V, true, R> => ({
  ...nowhere,
  value,
  required,
  role: "name",
  managed: "whole",
  judged: true,
});

/** What means something to this package only. */
export const ofProgram = <V extends Value>(value: V): Setting<V, false, false> => ({
  ...nowhere,
  value,
  required: false,
  role: "program",
  managed: "whole",
  judged: false,
});

/** The arguments of a table, as `check` hands them on and state keeps them. Enum values are plain text: Azure adds some. */
export type ArgumentsOf<S extends Settings> = Flat<
  { [K in keyof S as S[K] extends Setting<Value, boolean, true> ? K : never]: Observed<Of<S[K]["value"]>> } & {
    [K in keyof S as S[K] extends Setting<Value, boolean, true> ? never : K]?: Observed<Of<S[K]["value"]>>;
  }
>;

/** The arguments of a table as a program may write them. */
export type WrittenOf<S extends Settings> = { [K in keyof S]?: Of<S[K]["value"]> };

/** The names of the rows that rules judge. */
export type JudgedIn<S extends Settings> = { [K in keyof S]: S[K] extends Setting<Value, true> ? K : never }[keyof S];

type Flat<T> = { [K in keyof T]: T[K] };

export const valuesOf = (value: Value): readonly string[] => (value.is === "oneOf" ? (value as OneOf).values : []);
