import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  writeFileSync(file, JSON.stringify({ steps: Array.from({ length: count }, (_, index) => step(index)) }));
  try {
    return {
      reading: measure(
        `const { topLevelValues } = require("./dist/review/changes/json.js");
         for await (const _ of topLevelValues(preview));`,
        file,
      ),
      reviewing: measure(`await require("./dist/review/index.js").review(preview);`, file),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Every vault changes, and half of the changes are refused. */
function step(index) {
  const type = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
  const inputs = (immutability, days) => ({
    vaultName: `bv-${index}`,
    resourceGroupName: "rg-bench",
    location: "westeurope",
    redundancy: "LocallyRedundant",
    immutability,
    softDelete: { state: "AlwaysOn", retentionDurationInDays: days },
    tags: { costCenter: "4711", owner: "payroll" },
  });
  const id = `/subscriptions/5b5c0000-0000-4000-8000-0000000005b5/resourceGroups/rg-bench/providers/Microsoft.DataProtection/backupVaults/bv-${index}`;
  const old = inputs("Locked", 14);
  return {
    op: "update",
    urn: `urn:pulumi:prod::bench::${type}::vault-${index}`,
    oldState: { type, id, inputs: old, outputs: { ...old, vaultId: id } },
    newState: { type, inputs: inputs(index % 2 ? "Locked" : "Disabled", 30) },
  };
}

/** Processor time in seconds and peak memory in MB, the median of five runs. */
function measure(work, file) {
  const script = `(async () => {
    const preview = require("node:fs").createReadStream(${JSON.stringify(file)});
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
