/** The vault settings that other resources of the program manage. */
export type ExternallyManaged = Set<"identity" | "encryption">;

const externallyManagedOf = new WeakMap<object, ExternallyManaged>();

/** Records that another resource manages this setting, so that an inline setting can move to that resource. */
export function markExternallyManaged(vault: unknown, setting: "identity" | "encryption"): void {
  externallyManagedOf.get(vault as object)?.add(setting);
}

export const trackExternallyManaged = (vault: object, elsewhere: ExternallyManaged): void => {
  externallyManagedOf.set(vault, elsewhere);
};

/** Waits until the program has registered the resources that it creates together with the vault. */
export const whenSiblingsRegistered = (elsewhere: ExternallyManaged): Promise<string[] | undefined> =>
  new Promise((done) => {
    setImmediate(() => done(elsewhere.size > 0 ? [...elsewhere] : undefined));
  });
