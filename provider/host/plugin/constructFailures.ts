import { fromPulumi } from "../pulumiModules.js";

type Fail = (error: unknown) => void;

/** The components that are being made, by the SDK's settings of each. */
const running = new Map<object, Fail>();

/**
 * Runs this with settings of the SDK for itself. What the SDK throws aside, into promises that nobody awaits, fails this and
 * nothing else of the plugin.
 */
export function failingAlone<T>(work: () => Promise<T>): Promise<T> {
  const { withLocalStorage, getLocalStore } = fromPulumi("./runtime/state");
  if (!process.listeners("unhandledRejection").includes(rejected)) process.on("unhandledRejection", rejected);
  return withLocalStorage(async () => {
    const settings = getLocalStore();
    try {
      return await new Promise<T>((done, fail) => {
        running.set(settings, fail);
        work().then(done, fail);
      });
    } finally {
      running.delete(settings);
    }
  });
}

/** Without an answer, the engine shows an error of gRPC in its place. */
export const runEnded = () => new Error("The run ended before this component was complete.");

/** The engine has ended the run, and answers nothing of what these wait for. */
export function endComponents(): void {
  for (const fail of running.values()) fail(runEnded());
}

function rejected(error: unknown): void {
  const settings = fromPulumi("./runtime/state").getLocalStore();
  // Not of a component: it ends the process, as without this listener.
  if (settings === undefined) throw error;
  // Of one that has failed already there may be more.
  running.get(settings)?.(new Error(reasonOf(error)));
}

/** Without the outputs on which the SDK noticed it. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^(error serializing property "\w+": )+/, "");
