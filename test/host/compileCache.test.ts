import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { Host } from "../support/host.js";

const directory = mkdtempSync(join(tmpdir(), "azure-backup-test-"));
const host = new Host();
let azure: Emulator;

beforeAll(async () => {
  azure = await startEmulator();
});

afterAll(async () => {
  await azure.close();
  rmSync(directory, { recursive: true, force: true });
});

/** One file for each module that the host has loaded. */
const cached = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

test("Pulumi's host fills the compile cache, although Pulumi ends it by a signal, and Azure's libraries come into it when they are needed", async () => {
  try {
    await host.start({ ...azure.env, NODE_COMPILE_CACHE: directory });
    await host.check({}, { vaultName: "bv-cache" });
    const withoutAzure = cached();
    expect(withoutAzure).toBeGreaterThan(100);
    const vault = { vaultName: "bv-cache", resourceGroupName: "rg-cache", location: "westeurope" };
    await host.check({}, { ...vault, redundancy: "GeoRedundant" });
    expect(azure.journal()).not.toEqual([]);
    expect(cached() - withoutAzure).toBeGreaterThan(100);
  } finally {
    await host.stop();
  }
});
