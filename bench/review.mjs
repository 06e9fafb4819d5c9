import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/lib/root.mjs";

/**
 * What it costs to review a preview of so many changed vaults, compared with only parsing that preview. Each runs in its
 * own process, so that the memory can be measured.
 *
 * @param {number} count
 */
export function reviewOf(count) {
  const directory = mkdtempSync(join(tmpdir(), "bench-review-"));
  const file = join(directory, "preview.json");
  writePreview(file, count);
  try {
    return {
      reading: measure(
        `const { topLevelValues } = require("./dist/review/changes/json.js");
         for await (const _ of topLevelValues(preview));`,
        file,
      ),
      reviewing: measure(`await require("./dist/review/review.js").review(preview);`, file),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** As the engine writes it, with all that no rule reads. Every vault changes, and half of the changes are refused. */
function step(index) {
  const type = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
  const urn = `urn:pulumi:prod::bench::${type}::vault-${index}`;
  const provider =
    "urn:pulumi:prod::bench::pulumi:providers:pulumi-nodejs::default::193d33d6-2082-4ba1-b861-8d53870b4dce";
  const id = `/subscriptions/5b5c0000-0000-4000-8000-0000000005b5/resourceGroups/rg-bench/providers/Microsoft.DataProtection/backupVaults/bv-${index}`;
  const inputs = (immutability, days) => ({
    __provider:
      "exports.handler=()=>require('module').createRequire(process.cwd()+'/_')('pulumi-azure-backup/provider').backupVault",
    adopt: false,
    immutability,
    location: "westeurope",
    redundancy: "LocallyRedundant",
    resourceGroupName: "rg-bench",
    softDelete: { retentionDurationInDays: days, state: "AlwaysOn" },
    subscriptionId: "5b5c0000-0000-4000-8000-0000000005b5",
    tags: { costCenter: "4711", owner: "payroll" },
    vaultId: id,
    vaultName: `bv-${index}`,
  });
  const state = (values) => ({
    urn,
    custom: true,
    type,
    ...values,
    parent: "urn:pulumi:prod::bench::pulumi:pulumi:Stack::bench-prod",
    provider,
    propertyDependencies: Object.fromEntries(Object.keys(values.inputs).map((name) => [name, []])),
    created: "2026-12-01T14:56:43.782723062Z",
    modified: "2026-12-01T14:56:43.782723062Z",
    sourcePosition: "project:///src/vaults.ts#14,20",
    stackTrace: ["src/vaults.ts#14,20", "src/payroll.ts#31,9", "src/departments.ts#12,5", "index.ts#7,1"].map(
      (position) => ({ sourcePosition: `project:///${position}` }),
    ),
  });
  const old = inputs("Locked", 14);
  const outputs = {
    ...old,
    bcdrSecurityLevel: "Good",
    crossSubscriptionRestore: "Enabled",
    datastoreType: "VaultStore",
    isVaultProtectedByResourceGuard: false,
    provisioningState: "Succeeded",
    secureScore: "Adequate",
  };
  return {
    op: "update",
    urn,
    provider,
    oldState: state({ id, inputs: old, outputs }),
    newState: state({ inputs: inputs(index % 2 ? "Locked" : "Disabled", 30) }),
    detailedDiff: null,
  };
}

/** Indented, as `pulumi preview --json` writes it. */
function writePreview(file, count) {
  const output = openSync(file, "w");
  writeSync(output, '{\n    "steps": [');
  for (let index = 0; index < count; index++) {
    const lines = JSON.stringify(step(index), undefined, 4).replace(/^/gm, "        ");
    writeSync(output, `${index === 0 ? "" : ","}\n${lines}`);
  }
  writeSync(output, '\n    ],\n    "duration": 1,\n    "changeSummary": {}\n}\n');
  closeSync(output);
}

/** Processor time in seconds and peak memory in MB, the median of five runs. */
function measure(work, file) {
  const script = `(async () => {
    const preview = require("./dist/cli/filePieces.js").filePieces(${JSON.stringify(file)});
    const before = process.cpuUsage();
    ${work}
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1000 }));
  })()`;
  const runs = Array.from({ length: 5 }, () =>
    JSON.parse(execFileSync("node", ["-e", script], { cwd: root, encoding: "utf8" })),
  );
  return runs.sort((a, b) => a.seconds - b.seconds)[2];
}
