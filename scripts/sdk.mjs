// `npm run sdk`: writes the SDKs of every language from docs/schema.json into sdk/, for a release. Nothing there is committed.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { step } from "./lib/progress.mjs";
import { root } from "./lib/root.mjs";
import { compileNodeSdk, generateSdks } from "./lib/sdks.mjs";

const directory = join(root, "sdk");
rmSync(directory, { recursive: true, force: true });
const missing = await step("Generating SDKs", async () => {
  const without = await generateSdks(directory);
  if (existsSync(join(directory, "nodejs"))) await compileNodeSdk(join(directory, "nodejs"));
  return without;
});
for (const language of existsSync(directory) ? readdirSync(directory) : []) console.log(`  sdk/${language}`);
if (missing.length) {
  console.error(`Not every SDK was generated: ${missing.join(", ")} cannot be built on this machine, see above.`);
  process.exitCode = 1;
}
