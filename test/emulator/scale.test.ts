import { isMap } from "node:util/types";
import type { TrackedMap } from "../../emulator/store/trackedMap.js";
import { inProcess } from "./inProcess.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();

test("among hundreds of vaults, a request looks at its own, and the data file is written for what it changed", async () => {
  const { azure, arm, createResourceGroup, close } = await inProcess(directory);
  try {
    const { id: group } = createResourceGroup("rg-many");
    const vaultId = (n: number) => `${group}/providers/Microsoft.DataProtection/backupVaults/bv-${n}-of-many`;
    const body = {
      location: "westeurope",
      properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
    };
    for (let n = 0; n < 300; n += 1) expect(arm("PUT", vaultId(n), body).status).toBe(201);
    const lookedAt = () =>
      Object.values(azure.world)
        .filter((member) => isMap(member))
        .map((map) => (map as TrackedMap<unknown>).takeTouched().size)
        .reduce((sum, size) => sum + size, 0);
    const policy = { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] };
    expect(arm("PUT", `${vaultId(7)}/backupPolicies/daily`, { properties: policy }).status).toBe(200);
    const properties = {
      objectType: "BackupInstance",
      dataSourceInfo: { resourceID: `${group}/providers/Microsoft.Compute/disks/orders` },
      policyInfo: { policyId: `${vaultId(7)}/backupPolicies/daily` },
    };
    lookedAt();
    for (const [method, path, status] of [
      ["GET", vaultId(150), 200],
      ["PATCH", vaultId(150), 202],
      ["PUT", `${vaultId(7)}/backupInstances/orders`, 201],
      ["GET", `${group}/providers/Microsoft.DataProtection/backupVaults`, 200],
      ["DELETE", vaultId(150), 202],
      ["GET", vaultId(150), 404],
    ] as const) {
      expect(arm(method, path, { PATCH: { tags: { a: "b" } }, PUT: { properties } }[method as string]).status).toBe(
        status,
      );
      expect(lookedAt()).toBeLessThan(8);
      expect(azure.world.running.size).toBeLessThan(2);
    }
  } finally {
    await close();
  }
});
