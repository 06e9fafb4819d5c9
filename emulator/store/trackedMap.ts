/**
 * A map that knows which of its entries may have changed: those that were set, deleted or got, for whoever got an entry
 * may have changed it. Walking through all of them is for reading: it would else cost a look at every entry.
 * (Made empty: the constructor of Map would set entries before they can be tracked.)
 */
export class TrackedMap<Value> extends Map<string, Value> {
  /** With false: it was taken out since, and stands at the end of the order if it is back. */
  #touched = new Map<string, boolean>();

  /** What may have changed since the last time that this was asked, and whether it kept its place. */
  takeTouched(): Map<string, boolean> {
    const touched = this.#touched;
    this.#touched = new Map();
    return touched;
  }

  #touch(key: string, place = true): void {
    this.#touched.set(key, place && (this.#touched.get(key) ?? true));
  }

  /** To look at an entry only. */
  peek(key: string): Value | undefined {
    return super.get(key);
  }

  override get(key: string): Value | undefined {
    const value = super.get(key);
    if (value !== undefined) this.#touch(key);
    return value;
  }

  override set(key: string, value: Value): this {
    // What is new stands at the end, in the order of coming.
    if (!super.has(key)) this.#touched.delete(key);
    this.#touch(key, super.has(key));
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    this.#touch(key, false);
    return super.delete(key);
  }

  override clear(): void {
    for (const key of super.keys()) this.#touch(key, false);
    super.clear();
  }
}
