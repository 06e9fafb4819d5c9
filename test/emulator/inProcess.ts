import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { handles } from "../../emulator/arrange/arrangeAzure.js";
import type { Handles } from "../../emulator/arrange/handles.js";
import { type Azure, newAzure } from "../../emulator/azure/azure.js";
import { signing } from "../../emulator/entra/accessToken.js";
import { answerer } from "../../emulator/server/answer.js";
import { certificates } from "../../emulator/server/certificates.js";
import { settingsOf } from "../../emulator/state/options.js";
import { emptyWorld } from "../../emulator/state/world.js";
import { openWorldStore, type WorldStore } from "../../emulator/store/worldStore.js";

export interface InProcess extends Handles {
  azure: Azure;
  store: WorldStore;
  file: string;
  close(): Promise<void>;
}

let files = 0;

/** An Azure with a data file, without the wire: to look into its world. */
export async function inProcess(directory: string): Promise<InProcess> {
  const file = join(directory, `in-process-${files++}.data`);
  const store = openWorldStore(file, emptyWorld());
  const azure = newAzure(settingsOf({}), store);
  const { answerInside } = answerer(azure, signing((await certificates()).key), () => {
    throw new Error("Nobody is told how to reach it.");
  });
  return {
    azure,
    store,
    file,
    async close() {
      azure.ports.close();
      await store.close(false);
    },
    ...handles(azure, answerInside, "https://localhost"),
  };
}

/** A data file as it would be found if its emulator were killed now. */
export function copyOf(file: string): string {
  for (const part of ["", "-wal"]) copyFileSync(`${file}${part}`, `${file}.copy${part}`);
  return `${file}.copy`;
}
