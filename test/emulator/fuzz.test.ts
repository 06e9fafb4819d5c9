import fc from "fast-check";
import type { Emulator } from "../../emulator/index.js";
import { viewOf } from "../../emulator/page/view.js";
import { emptyWorld, type World } from "../../emulator/state/world.js";
import { encode } from "../../emulator/store/encode.js";
import { openWorldStore } from "../../emulator/store/worldStore.js";
import { type AnyStep, anyStep, groupId, identityIds, keyIds, keyUri, sent, stores, vaultIds } from "./anyRequest.js";
import { copyOf, inProcess } from "./inProcess.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
/** For a longer search: EMULATOR_FUZZ_RUNS=100. */
const runs = Number(process.env.EMULATOR_FUZZ_RUNS ?? 1);

const nameIn = (id: string) => id.slice(id.lastIndexOf("/") + 1);

async function anyAzure() {
  const { azure, store, file, arm, vault, setKey, close, ...arrange } = await inProcess(directory);
  const principalOf = (id: string) => azure.world.userAssignedIdentities.get(id.toLowerCase())?.properties.principalId;
  arrange.createResourceGroup("rg-any");
  // Else most sequences would ask for what is not there yet.
  for (const id of identityIds) arrange.createUserAssignedIdentity("rg-any", nameIn(id));
  for (const store of stores) arrange.createKeyVault("rg-any", store);
  for (const id of keyIds) {
    arrange.createKey(id.split("/keys/")[0] as string, nameIn(id));
    for (const identityId of identityIds) arrange.grant(id, principalOf(identityId));
  }

  function take(step: AnyStep): number {
    if (step.kind === "request") return arm(step.method, step.path, sent(step, principalOf)).status;
    if (step.kind === "snapshot") azure.snapshot(step.name);
    else if (step.kind === "restore") azure.restore(step.name);
    else if (
      arm("GET", `${groupId}/providers/Microsoft.KeyVault/vaults/${step.store}/keys/${step.key}`).status === 200
    ) {
      setKey(keyUri(step.store, step.key), step.enabled === undefined ? undefined : { enabled: step.enabled });
    }
    return 0;
  }
  return { azure, store, file, take, vault, close, view: () => viewOf(azure.world) };
}

test("whatever clients do, Azure's invariants hold, and the data file holds the same world", async () => {
  const seen = new Set<number>();
  const happened = { locked: 0, encrypted: 0, failed: 0 };
  const property = fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 120, size: "max" }), async (steps) => {
    const { azure, file, take, vault, view, close } = await anyAzure();
    try {
      for (const [index, step] of steps.entries()) {
        const before = vaultIds.map(vault);
        // One whose creation has failed is created again by its next PUT: it holds nothing that a lock could keep.
        const locked = vaultIds
          .map((id) => azure.world.vaults.get(id.toLowerCase()))
          .map((record) => record?.neverProvisioned === false && stateOf(record.body).immutability === "Locked");
        const status = take(step);
        seen.add(status);
        if (status === 500) throw new Error(`500 for ${JSON.stringify(step)}`);
        const after = vaultIds.map(vault);
        const now = view();
        const removes = step.kind === "restore" || (step.kind === "request" && step.method === "DELETE");
        for (const [at, vaultBefore] of before.entries()) {
          const [then, since] = [stateOf(vaultBefore), stateOf(after[at])];
          if (locked[at] && !removes) expect(since.immutability).toBe("Locked");
          if (locked[at]) happened.locked += 1;
          if (since.provisioning === "Failed") happened.failed += 1;
          if (since.keyUri === undefined || since.state !== "Enabled") continue;
          const [store, , key] = since.keyUri.slice("https://".length).split("/") as [string, string, string];
          const held = now.keyStores
            .find(({ name }) => `${name}.vault.azure.net` === store)
            ?.keys.find(({ name }) => name === key);
          if (held !== undefined) expect(held.usedBy).toContain(after[at]?.name);
          // A key that comes new to a vault can be used by an identity now.
          const isSet = status < 300 && since.provisioning === "Succeeded" && isWriteOf(step, vaultIds[at]);
          if (!isSet || then.keyUri === since.keyUri) continue;
          happened.encrypted += 1;
          expect(held).toMatchObject({ enabled: true });
          expect(held?.users.some(({ may }) => may.length === 3)).toBe(true);
        }
        const live = now.vaults.filter(({ isDeleted }) => !isDeleted);
        const ids = [...live, ...now.resources].map(({ id }) => id.toLowerCase());
        expect([...new Set(ids)]).toEqual(ids);
        if (index % 40 === 39) await azure.flush();
      }
      vaultIds.map(vault);
      expect(azure.world.running.size).toBe(0);
      await azure.flush();
      const again = openWorldStore(copyOf(file), emptyWorld());
      await again.close(false);
      // In the same order, too; member by member, for a whole world is no message to read.
      const members = Object.keys(azure.world) as (keyof World)[];
      expect(members.filter((name) => encode(again.world[name]) !== encode(azure.world[name]))).toEqual([]);
    } finally {
      await close();
    }
  });
  await fc.assert(property, { numRuns: 15 * runs });
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 202, 204, 400, 404]));
  for (const count of Object.values(happened)) expect(count).toBeGreaterThan(0);
});

function isWriteOf(step: AnyStep, id: string | undefined): boolean {
  return step.kind === "request" && (step.method === "PUT" || step.method === "PATCH") && step.path === id;
}

interface VaultState {
  immutability?: string;
  provisioning?: string;
  state?: string;
  keyUri?: string;
}

function stateOf(vault: ReturnType<Emulator["vault"]>): VaultState {
  const security = vault?.properties.securitySettings;
  return {
    immutability: security?.immutabilitySettings?.state,
    provisioning: vault?.properties.provisioningState,
    state: security?.encryptionSettings?.state,
    keyUri: security?.encryptionSettings?.keyVaultProperties?.keyUri,
  };
}
