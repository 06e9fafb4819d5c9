import { join } from "node:path";
import { answerer } from "../../emulator/answer.js";
import { type Azure, newAzure } from "../../emulator/azure.js";
import { certificates } from "../../emulator/certificates.js";
import { type Keeping, openDataFile } from "../../emulator/data/dataFile.js";
import type { Handles } from "../../emulator/emulator.js";
import { signing } from "../../emulator/entra/signing.js";
import { handles } from "../../emulator/handles.js";
import { settingsOf } from "../../emulator/options.js";
import { emptyWorld } from "../../emulator/world.js";

export interface InProcess extends Handles {
  azure: Azure;
  keeping: Keeping;
  file: string;
  close(): Promise<void>;
}

let files = 0;

/** An Azure with a data file, without the wire: to look into its world. */
export async function inProcess(directory: string): Promise<InProcess> {
  const file = join(directory, `in-process-${files++}.data`);
  const keeping = openDataFile(file, emptyWorld());
  const azure = newAzure(settingsOf({}), keeping);
  const { answerInside } = answerer(azure, signing((await certificates()).key), () => {
    throw new Error("Nobody is told how to reach it.");
  });
  return {
    azure,
    keeping,
    file,
    async close() {
      azure.ports.close();
      await keeping.close(false);
    },
    ...handles(azure, answerInside, "https://localhost"),
  };
}
