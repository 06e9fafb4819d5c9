import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.js";
import { type Arm, armClient } from "./client.js";
import { answerProblems } from "./schemas/recoveryServicesBackup.js";

/** The emulator of this file's tests, and a client of it that has signed in. */
export let azure: Emulator;
export let arm: Arm;

const problems: string[] = [];

/**
 * Runs one emulator for all tests of a file. What they find in it, each says itself, and what Recovery Services answers is held
 * against Microsoft's specification.
 */
export function emulatorForAll(options?: EmulatorOptions): void {
  beforeAll(async () => {
    azure = await startEmulator(options);
    const plain = await armClient(azure);
    arm = async (method, target, ...more) => {
      const answer = await plain(method, target, ...more);
      problems.push(...answerProblems(method, decodeURIComponent(new URL(target, azure.url).pathname), answer));
      return answer;
    };
  });
  afterEach(() => expect(problems.splice(0)).toEqual([]));
  afterAll(() => azure.close());
}
