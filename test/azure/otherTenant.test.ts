import { type Emulator, startEmulator } from "../../emulator/index.js";
import { connect } from "../../provider/azure/index.js";
import { created, oneRun } from "../support/oneRun.js";
import { scriptedAzure, tenantId, token, vaultId } from "./scriptedAzure.js";

/** A vault whose resource guard is in another Microsoft Entra tenant. */

const other = { tenant: "7e7a0000-0000-4000-8000-00000000e7a2", subscription: "5b5c0000-0000-4000-8000-0000000005b6" };
const guard = `/subscriptions/${other.subscription}/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard`;

let azure: Emulator;
beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  azure.arm("PUT", `/subscriptions/${other.subscription}/resourceGroups/rg-security`, { location: "westeurope" });
  azure.arm("PUT", guard, { location: "westeurope", properties: {} });
});
afterEach(() => azure.close());

const args = {
  vaultName: "bv",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
};
const withTenant = { ARM_AUXILIARY_TENANT_IDS: other.tenant };

test("with its tenant among the auxiliary ones, the guard is read, associated, asked and left", async () => {
  const run = oneRun(azure, withTenant);
  const { id: vault, inputs, outs } = await created(run.backupVault, { ...args, immutability: "Unlocked" });
  const association = await created(run.resourceGuardAssociation, { vault, resourceGuard: guard });
  const request = `${guard}/dppReduceImmutabilityStateRequests/default`;
  const wanted = { ...args, immutability: "Disabled", resourceGuardOperationRequests: [request] };
  const next = oneRun(azure, withTenant);
  const checked = await next.backupVault.check(inputs, wanted);
  expect(checked.failures).toEqual([]);
  await next.backupVault.update(vault, outs, checked.inputs);
  await next.resourceGuardAssociation.delete(association.id, association.outs);
  expect(azure.vault(vault)?.properties.isVaultProtectedByResourceGuard).toBe(false);
});

test("without it, nothing is associated, and the error names the guard", async () => {
  const run = oneRun(azure);
  const { id: vault } = await created(run.backupVault, args);
  await expect(created(run.resourceGuardAssociation, { vault, resourceGuard: guard })).rejects.toThrow(
    /InvalidAuthenticationTokenTenant|another tenant/,
  );
  expect(azure.vault(vault)?.properties.isVaultProtectedByResourceGuard).toBe(false);
});

test("only writes about a guard carry the tokens of the other tenants", async () => {
  const server = await scriptedAzure(({ method }) => ({
    status: method === "DELETE" ? 204 : 200,
    body: { value: [] },
  }));
  const sent = async (env: Record<string, string>) => {
    server.seen.length = 0;
    const { resourceGuardProxies: proxies, backupInstances } = connect(() => undefined, { ...server.env, ...env });
    const [options, proxy] = [{ deadline: Date.now() + 60_000 }, { id: `${vaultId}/p`, vaultId }];
    await proxies.createOrUpdate(proxy, guard, options);
    await proxies.unlockDelete(proxy, [`${guard}/x/default`], options);
    await backupInstances.act(`${vaultId}/backupInstances/i`, "stopProtection", options, [`${guard}/y/default`]);
    await backupInstances.act(`${vaultId}/backupInstances/i`, "resumeProtection", options);
    await proxies.list(vaultId, options);
    return server.seen
      .filter(({ headers }) => headers["x-ms-authorization-auxiliary"] !== undefined)
      .map(({ method, url, headers }) => {
        expect(headers["x-ms-authorization-auxiliary"]).toBe(`Bearer ${token}, Bearer ${token}`);
        return `${method} ${url.split("?")[0]?.split("/").at(-1)}`;
      });
  };
  const two = { ARM_AUXILIARY_TENANT_IDS: `${other.tenant},${tenantId.replace("e7a1", "e7a3")}` };
  expect(await sent(two)).toEqual(["PUT p", "POST unlockDelete", "POST stopProtection"]);
  expect(await sent({})).toEqual([]);
  await server.close();
});
