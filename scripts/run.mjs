// `npm run quickstart|test|walk|bench|emulator`: makes the machine ready, then runs the command with the rest of the line.
// Plain JavaScript without dependencies that runs on Node 20: it is what brings the dependencies and a newer Node.
import { build } from "./lib/build.mjs";
import { ready } from "./lib/ready.mjs";
import { start } from "./lib/start.mjs";

const [name = "", ...args] = process.argv.slice(2);

/** @type {Record<string, { script: string[], build: boolean, pulumi: boolean, testTools?: boolean } | undefined>} */
const commands = {
  setup: { script: [], build: true, pulumi: true },
  quickstart: { script: ["scripts/quickstart.mjs"], build: true, pulumi: true },
  // Without arguments it is the whole gate, which reports what does not compile with everything else that is wrong.
  test: { script: ["scripts/test.mjs"], build: args.length > 0, pulumi: true, testTools: true },
  walk: { script: ["scripts/walk.mjs"], build: false, pulumi: false },
  bench: { script: ["bench/main.mjs"], build: true, pulumi: true },
  review: { script: ["dist/cli/main.js", "review"], build: true, pulumi: true },
  emulator: { script: ["emulator/dist/main.js"], build: true, pulumi: false },
};

const command = commands[name];

// Leaving by way of `exit` lets the steps clear up what they have begun.
const stop = () => process.exit(130);

if (command) {
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const { node, env } = await ready(command);
    if (command.build) await build(node);
    process.off("SIGINT", stop).off("SIGTERM", stop);
    process.exitCode = command.script.length ? await start(node, [...command.script, ...args], env) : 0;
  } catch (error) {
    // Anything else is a mistake in these scripts, and then the stack trace is what helps.
    if (!(error instanceof Error && error.name === "NotReady")) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
} else {
  console.error(`There is no command "${name}". Say: node scripts/run.mjs ${Object.keys(commands).join("|")}`);
  process.exitCode = 1;
}
