// Starts the plugin. It runs on every Node, so that one that is too old ends with a sentence.
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { engines } = require("../package.json");

const oldest = Number.parseInt(engines.node.replace(/\D+/, ""), 10);
const service = join(__dirname, "..", "dist", "provider", "plugin.js");

if (Number.parseInt(process.versions.node, 10) < oldest) {
  fail(`requires Node.js ${oldest} or later, and ${process.execPath} is ${process.version}. Install a newer Node.js`);
} else if (!existsSync(service)) {
  fail("is not built. Run `npm ci && npm run build` in its repository");
} else {
  require("../dist/provider/plugin.js").main();
}

/** The engine shows what a plugin printed that ends before it serves, behind its own words. */
function fail(problem) {
  console.error(`\npulumi-resource-azure-backup ${problem}, then run the command again.`);
  process.exitCode = 1;
}
