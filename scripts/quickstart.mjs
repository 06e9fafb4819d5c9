// The quick start: deploys a vault to the emulator, attempts forbidden changes and makes an allowed one.
// Run it with `npm run quickstart`, which first installs what is missing.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { signIn, startEmulator } from "./lib/emulatorProcess.mjs";
import { pulumiEnv } from "./lib/pulumiEnv.mjs";
import { root } from "./lib/root.mjs";

const keep = process.argv.includes("--keep");
const directory = mkdtempSync(join(tmpdir(), "azure-backup-quickstart-"));
/** A copy of the example, with this package and Pulumi's SDK as `npm install` would put them there. */
const project = join(directory, "project");
const stack = "quickstart";
let emulator;

const forbidden = ["redundancy=LocallyRedundant", "immutability=Disabled", "softDelete=Off"];

async function main() {
  title("1. Start the emulator of Azure");
  const azure = await startEmulator(directory, { detached: keep });
  emulator = azure.process;
  const env = { ...process.env, ...pulumiEnv(directory), ...azure.env };
  say(`It listens on ${azure.url}, only on this machine.`);
  const subscription = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
  const arm = await signIn(azure);
  await arm("PUT", `${subscription}/resourceGroups/rg-payroll?api-version=2024-03-01`, { location: "westeurope" });

  title("2. pulumi up: a vault that is geo-redundant and locked, with permanent soft delete");
  makeProject();
  await pulumi(env, ["stack", "init", stack], { quiet: true });
  expect(await pulumi(env, ["up", "--yes", "--diff"]), { succeeds: true, says: ["created"] });

  title("3. Protect something in the vault");
  await protect(
    arm,
    `${subscription}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`,
  );
  say("The vault now has a backup instance, payroll-blobs.");

  title(`4. pulumi preview: three forbidden changes, ${forbidden.join(", ")}`);
  const changes = forbidden.flatMap((change) => ["--config", change]);
  expect(await pulumi(env, ["preview", "--diff", ...changes]), {
    succeeds: false,
    says: ["redundancy-after-protection", "immutability-locked", "soft-delete-always-on"],
  });

  title("5. pulumi up: an allowed change, deleted backups are kept for 60 days");
  // Pulumi saves `--config` values in the stack's settings.
  for (const change of forbidden) await pulumi(env, ["config", "rm", change.split("=")[0]], { quiet: true });
  expect(await pulumi(env, ["up", "--yes", "--diff", "--config", "retentionDays=60"]), {
    succeeds: true,
    says: ["updated"],
  });

  title("Result");
  say(
    "A vault was deployed, three forbidden changes were refused at preview with their reasons, and an allowed change was made.",
  );
  if (keep) leaveRunning(env, azure);
  else say("To try your own changes, run: npm run quickstart -- --keep   (leaves everything running)");
}

function makeProject() {
  cpSync(join(root, "examples", "quickstart"), project, { recursive: true });
  const modules = join(project, "node_modules");
  mkdirSync(modules, { recursive: true });
  // Windows allows everybody to make junctions, and ignores this elsewhere.
  symlinkSync(root, join(modules, "pulumi-azure-backup"), "junction");
  symlinkSync(join(root, "node_modules", "@pulumi"), join(modules, "@pulumi"), "junction");
}

/** What the portal does when a user configures backup for a storage account's blobs. */
async function protect(arm, vault) {
  const version = "api-version=2026-06-01";
  const policy = `${vault}/backupPolicies/daily`;
  const blobs = {
    objectType: "Datasource",
    datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
    resourceID: vault.replace(/Microsoft.DataProtection.*/, "Microsoft.Storage/storageAccounts/payroll"),
    resourceName: "payroll",
    resourceType: "Microsoft.Storage/storageAccounts",
    resourceLocation: "westeurope",
  };
  await arm("PUT", `${policy}?${version}`, {
    properties: { objectType: "BackupPolicy", datasourceTypes: [blobs.datasourceType], policyRules: [] },
  });
  await arm("PUT", `${vault}/backupInstances/payroll-blobs?${version}`, {
    properties: {
      objectType: "BackupInstance",
      friendlyName: "payroll-blobs",
      dataSourceInfo: blobs,
      policyInfo: { policyId: policy },
    },
  });
}

/** Runs pulumi on this stack, prints its output while it runs, and returns it. */
function pulumi(env, args, { quiet = false } = {}) {
  const command = [
    ...args,
    ...(args[0] === "stack" ? [] : ["--stack", stack]),
    ...(args.includes("--diff") && process.stdout.isTTY ? ["--color", "always"] : []),
    "--non-interactive",
  ];
  if (!quiet) say(`$ pulumi ${args.join(" ")}\n`);
  return new Promise((done) => {
    const child = spawn("pulumi", command, { cwd: project, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const take = (chunk) => {
      output += chunk;
      if (!quiet) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => done({ code: 1, output: `${error.message}` }));
    child.on("close", (code) => {
      if (quiet && code !== 0) console.error(output);
      done({ code, output });
    });
  });
}

function expect({ code, output }, { succeeds, says }) {
  if ((code === 0) !== succeeds)
    throw new Error(`pulumi was expected to ${succeeds ? "succeed" : "refuse"}, but exited with code ${code}.`);
  const silent = says.filter((word) => !output.includes(word));
  if (silent.length > 0) throw new Error(`pulumi's output does not contain ${silent.join(", ")}.`);
}

function leaveRunning(env, azure) {
  // Skipping confirmations is for this script only: a user's shell should ask before a destroy.
  const names = [...Object.keys(azure.env), ...Object.keys(pulumiEnv(directory))];
  const exports = names
    .filter((name) => name !== "PULUMI_SKIP_CONFIRMATIONS")
    .map((name) => `export ${name}='${env[name]}'\n`);
  const tools = [join(root, "node_modules/.bin"), directoryOf("pulumi")].join(delimiter);
  const file = join(directory, "environment.sh");
  writeFileSync(file, [...exports, `export PATH='${tools}${delimiter}'"$PATH"\n`].join(""), { mode: 0o600 });
  say("The emulator and the stack are still running. To continue, open a new shell and run:\n");
  console.log(`  . ${file}; cd ${project}`);
  console.log("  pulumi preview --config immutability=Disabled");
  console.log("  pulumi config rm immutability    # removes the value that --config saved");
  console.log(`  kill ${emulator.pid}; rm -r ${directory}    # to clean up`);
}

const directoryOf = (program) =>
  (process.env.PATH ?? "").split(delimiter).find((each) => existsSync(join(each, program))) ?? "";

const bold = (text) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);
const title = (text) => console.log(`\n${bold(text)}`);
const say = (text) => console.log(text);

function clearUp() {
  emulator?.kill();
  rmSync(directory, { recursive: true, force: true });
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.on(signal, () => {
    clearUp();
    process.exit(code);
  });
}

try {
  await main();
  if (keep) emulator?.unref();
} catch (error) {
  console.error(`\nThe quick start stopped: ${error.message}`);
  process.exitCode = 1;
} finally {
  if (!keep || process.exitCode) clearUp();
}
