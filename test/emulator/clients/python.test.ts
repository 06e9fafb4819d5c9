import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../../emulator/index.js";
import { pythonTools } from "../../../scripts/lib/pythonTools.mjs";

const bin = pythonTools();
// Said by the skipped test's own name, since nothing else would show it.
const withPython = bin ? test : test.skip;
const without = bin ? "" : " (skipped: it needs Python)";

withPython(`Microsoft's Python package lives a Recovery Services vault's whole life${without}`, async () => {
  const azure = await startEmulator();
  try {
    azure.createResourceGroup("rg-python");
    const script = join(__dirname, "recovery_services.py");
    const { stdout } = await promisify(execFile)(join(bin ?? "", "python"), [script], {
      env: { ...process.env, ...azure.env },
    });
    const refused = "UserErrorUnsupportedVaultImmutabilityStateChange";
    expect(JSON.parse(stdout)).toEqual({
      created: "Succeeded",
      principal: expect.stringMatching(/^[-0-9a-f]{36}$/),
      tags: { stage: "test" },
      locked: "Locked",
      refusals: [refused, refused],
      usages: expect.arrayContaining(["ProtectedItemCount"]),
      listed: ["rsv-python"],
      gone: true,
    });
  } finally {
    await azure.close();
  }
});
