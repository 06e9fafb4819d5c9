import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { Reached } from "./clients.js";

/** The file that says that the emulator accepts connections, for as long as it does. */
export class ReadyFile {
  readonly #file: string;
  readonly #text: string;
  #written: Promise<void> | undefined;

  constructor(file: string, { url, caFile, env }: Reached) {
    this.#file = file;
    this.#text = `${JSON.stringify({ url, caFile, env }, undefined, 2)}\n`;
  }

  async write(): Promise<void> {
    this.#written = this.#writeWhole();
    await this.#written;
  }

  /** Also while it is being written. One that another emulator has written since stays. */
  async remove(): Promise<void> {
    await this.#written?.catch(() => {});
    const now = await readFile(this.#file, "utf8").catch(() => undefined);
    if (now === this.#text) await rm(this.#file, { force: true });
  }

  /** Whoever waits for the file finds it complete. */
  async #writeWhole(): Promise<void> {
    const part = `${this.#file}.part`;
    try {
      await writeFile(part, this.#text);
      await rename(part, this.#file);
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `The emulator did not start: the ready file ${this.#file} cannot be written (${code}). Choose a file in a ` +
          "directory that exists and that you can write to.",
      );
    }
  }
}
