import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../../emulator/index.js";
import { pythonTools } from "../../../scripts/lib/pythonTools.mjs";

const bin = pythonTools();
// Said by the skipped test's own name, since nothing else would show it.
const withPython = bin ? test : test.skip;
const without = bin ? "" : " (skipped: it needs Python)";

/** What a script saw of an emulator of its own, as it tells it. */
async function seenBy(script: string): Promise<unknown> {
  const azure = await startEmulator();
  try {
    azure.createResourceGroup("rg-python");
    const { stdout } = await promisify(execFile)(join(bin ?? "", "python"), [join(__dirname, script)], {
      env: { ...process.env, ...azure.env },
    });
    return JSON.parse(stdout);
  } finally {
    await azure.close();
  }
}

withPython(`Microsoft's Python package lives a Recovery Services vault's whole life${without}`, async () => {
  const refused = "UserErrorUnsupportedVaultImmutabilityStateChange";
  expect(await seenBy("recovery_services.py")).toEqual({
    created: "Succeeded",
    principal: expect.stringMatching(/^[-0-9a-f]{36}$/),
    tags: { stage: "test" },
    locked: "Locked",
    refusals: [refused, refused],
    usages: expect.arrayContaining(["ProtectedItemCount"]),
    listed: ["rsv-python"],
    gone: true,
  });
});

withPython(
  `Microsoft's Python package protects, guards, deletes and brings back a Backup vault${without}`,
  async () => {
    expect(await seenBy("data_protection.py")).toEqual({
      free: true,
      created: ["Succeeded", "Adequate"],
      principal: expect.stringMatching(/^[-0-9a-f]{36}$/),
      tags: { stage: "test" },
      policies: ["daily"],
      job: ["Completed", "Backup", "Completed"],
      protection: [
        "ProtectionConfigured",
        "ProtectionStopped",
        "ProtectionConfigured",
        "BackupsSuspended",
        "ProtectionConfigured",
        "ProtectionStopped",
      ],
      jobs: 6,
      blocked: "EmulatorUnverifiedDeleteWithInstances",
      guarded: "EmulatorUnverifiedResourceGuardRequired",
      deleted: ["SoftDeleted"],
      gone: true,
      original: "bv-python",
      back: "Succeeded",
    });
  },
);

withPython(
  `Microsoft's Python packages use keys of a key vault and of a Managed HSM, and assign its roles${without}`,
  async () => {
    expect(await seenBy("key_vault.py")).toEqual({
      id: expect.stringMatching(/^https:\/\/kv-python\.vault\.azure\.net\/keys\/backup\/[0-9a-f]{32}$/),
      versions: 2,
      unwrapped: "secret",
      recovered: "backup",
      hardware: "RSA-HSM",
      scopes: ["/", "/keys", "/keys/backup"],
      gone: "RoleAssignmentNotFound",
      named: "secret",
    });
  },
);
