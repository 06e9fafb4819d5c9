import { join } from "node:path";
import { handles } from "../../emulator/arrange/arrangeAzure.js";
import type { Handles } from "../../emulator/arrange/handles.js";
import { type Azure, newAzure } from "../../emulator/azure/azure.js";
import { type Keeping, openDataFile } from "../../emulator/data/dataFile.js";
import { signing } from "../../emulator/entra/accessToken.js";
import { answerer } from "../../emulator/server/answer.js";
import { certificates } from "../../emulator/server/certificates.js";
import { settingsOf } from "../../emulator/state/options.js";
import { emptyWorld } from "../../emulator/state/world.js";

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
