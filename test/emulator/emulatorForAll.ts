import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.js";
import { type Arm, armClient } from "./client.js";

/** The emulator of this file's tests, and a client of it that has signed in. */
export let azure: Emulator;
export let arm: Arm;

/** Runs one emulator for all tests of a file. What they find in it, each says itself. */
export function emulatorForAll(options?: EmulatorOptions): void {
  beforeAll(async () => {
    azure = await startEmulator(options);
    arm = await armClient(azure);
  });
  afterAll(() => azure.close());
}
