// `npm run build|quickstart|test|sdk|walk|record|pictures|bench|plugin|emulator`: installs what is missing, then runs the command
// with the other arguments.
// Plain JavaScript without dependencies that runs on Node 20, because it installs the dependencies and a newer Node.
import { build } from "./lib/build.mjs";
import { ready } from "./lib/ready.mjs";
import { start } from "./lib/start.mjs";

const [name = "", ...args] = process.argv.slice(2);

/** @type {Record<string, { script: string[], build: boolean, pulumi: boolean, testTools?: boolean, generators?: boolean } | undefined>} */
const commands = {
  build: { script: [], build: true, pulumi: false },
  setup: { script: [], build: true, pulumi: true },
  quickstart: { script: ["scripts/quickstart.mjs"], build: true, pulumi: true },
  // Without arguments, it runs all checks, which report compile errors together with all other failures.
  test: { script: ["scripts/test.mjs"], build: args.length > 0, pulumi: true, testTools: true },
  sdk: { script: ["scripts/sdk.mjs"], build: false, pulumi: false, generators: true },
  walk: { script: ["scripts/walk.mjs"], build: false, pulumi: false },
  record: { script: ["scripts/recordState.mjs"], build: true, pulumi: true },
  pictures: { script: ["scripts/pictures.mjs"], build: true, pulumi: true, testTools: true },
  bench: { script: ["bench/main.mjs"], build: true, pulumi: true },
  plugin: { script: ["scripts/plugin.mjs"], build: true, pulumi: false },
  review: { script: ["dist/cli/main.js", "review"], build: true, pulumi: true },
  emulator: { script: ["emulator/dist/main.js"], build: true, pulumi: false },
};

const command = commands[name];

// `exit` lets the steps clean up what they have started.
const stop = () => process.exit(130);

if (command) {
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const { node, env } = await ready(command);
    if (command.build) await build(node);
    process.off("SIGINT", stop).off("SIGTERM", stop);
    process.exitCode = command.script.length ? await start(node, [...command.script, ...args], env) : 0;
  } catch (error) {
    // Any other error is a mistake in these scripts, and needs its stack trace.
    if (!(error instanceof Error && error.name === "NotReady")) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
} else {
  console.error(`Unknown command "${name}". Usage: node scripts/run.mjs ${Object.keys(commands).join("|")}`);
  process.exitCode = 1;
}
