import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Host } from "../support/host.js";

const directory = mkdtempSync(join(tmpdir(), "azure-backup-test-"));
const host = new Host();

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("Pulumi's host fills the compile cache, although Pulumi ends it by a signal", async () => {
  try {
    await host.start({ NODE_COMPILE_CACHE: directory });
    await host.check({}, { vaultName: "bv-cache" });
  } finally {
    await host.stop();
  }
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  // One for each module that the host has loaded.
  expect(files.length).toBeGreaterThan(100);
});
