import type { Of, Value } from "./values.js";

/**
 * Everything about one argument of a vault. Every part is required, so that adding a row means a decision on each, and a
 * forgotten part does not compile.
 */
export interface Setting<V extends Value = Value, J extends boolean = boolean, R extends boolean = boolean> {
  value: V;
  required: R;
  /**
   * `name`: a part of the vault's ID. `fixed`: Azure cannot change it. Another value of either requires a replacement.
   * `setting`: a setting of the vault. `request`: sent with a change, not kept by the vault. `program`: used only by this
   * package.
   */
  role: "name" | "fixed" | "setting" | "request" | "program";
  arm: Arm;
  /** `PUT`: a PATCH cannot contain it. `none`: a change of it alone sends no request. */
  written: "PUT" | "PATCH" | "none";
  /** The first stable api-version that has it. A request with an older one omits it. */
  since: string;
  /** The value of a vault whose response omits it. Undefined: not known. */
  whenAbsent: Observed<Of<V>> | undefined;
  /** Azure's default, to which the vault returns when the argument is removed, or `keeps`: the vault keeps its value. */
  whenRemoved: Observed<Of<V>> | "keeps";
  /** A program manages the whole value, or only the fields that it sets. */
  managed: "whole" | "fields";
  /** Whether a rule judges it. */
  judged: J;
}

/**
 * Its place in Resource Manager: the path of the value, the paths of its fields, or none. A value with another shape there
 * has its own functions.
 */
export type Arm = string | Readonly<Record<string, string>> | Shaped | undefined;

export interface Shaped {
  /** Reads from the whole body. */
  read(body: unknown): unknown;
  /** The value to put at `path` in a body. */
  write(value: never, sent: Sent): unknown;
  path: string;
}

/** What `write` may need in addition to the value. */
export interface Sent {
  method: "PUT" | "PATCH";
  /** The vault's current value. */
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

/** A part of the vault's ID. */
export const name = <V extends Value, const R extends boolean>(value: V, required: R): Setting<V, true, R> => ({
  ...nowhere,
  value,
  required,
  role: "name",
  managed: "whole",
  judged: true,
});

/** An argument that only this package uses. */
export const ofProgram = <V extends Value>(value: V): Setting<V, false, false> => ({
  ...nowhere,
  value,
  required: false,
  role: "program",
  managed: "whole",
  judged: false,
});

/** The arguments of a table, as `check` returns them and state records them. Enum values are plain text: Azure adds some. */
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
