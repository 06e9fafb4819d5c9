/** What other resources of the program set of a vault. */
export type Apart = Set<"identity" | "encryption">;

const apartOf = new WeakMap<object, Apart>();

/** A resource of its own sets this of the vault: told to the vault, so that an inline setting can go over to it. */
export function setApart(vault: unknown, setting: "identity" | "encryption"): void {
  apartOf.get(vault as object)?.add(setting);
}

export const rememberApart = (vault: object, apart: Apart): void => {
  apartOf.set(vault, apart);
};

/** The same when the program has made the resources that it makes together with the vault. */
export const whenComplete = (apart: Apart): Promise<string[] | undefined> =>
  new Promise((done) => {
    setImmediate(() => done(apart.size > 0 ? [...apart] : undefined));
  });
