/** What other resources of the program set of a vault. */
export type ExternallyManaged = Set<"identity" | "encryption">;

const externallyManagedOf = new WeakMap<object, ExternallyManaged>();

/** A resource of its own sets this of the vault: told to the vault, so that an inline setting can go over to it. */
export function markExternallyManaged(vault: unknown, setting: "identity" | "encryption"): void {
  externallyManagedOf.get(vault as object)?.add(setting);
}

export const trackExternallyManaged = (vault: object, apart: ExternallyManaged): void => {
  externallyManagedOf.set(vault, apart);
};

/** The same when the program has made the resources that it makes together with the vault. */
export const whenSiblingsRegistered = (apart: ExternallyManaged): Promise<string[] | undefined> =>
  new Promise((done) => {
    setImmediate(() => done(apart.size > 0 ? [...apart] : undefined));
  });
