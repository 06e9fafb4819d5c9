import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serviceOf } from "../../emulator/arm/requestVersion.js";
import { armOperations } from "../../emulator/azure/armOperations.js";
import { signing } from "../../emulator/entra/accessToken.js";
import { certificateOperations, keyOperations, localRoleOperations } from "../../emulator/keyVault/dataPlane/answer.js";
import { metadataEndpoints } from "../../emulator/resourceManager/metadata.js";
import { entraOperations } from "../../emulator/server/answer.js";
import { emulatorPage, servedOperations } from "../../scripts/lib/emulatorPage.mjs";
import { root } from "../../scripts/lib/root.mjs";

const textOf = (name: string) => readFileSync(join(root, "emulator/docs", name), "utf8");
const { privateKey } = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const others = [metadataEndpoints, ...entraOperations(signing(privateKey))];
const operations = servedOperations(others, armOperations, serviceOf, {
  "Data planes of key vaults and Managed HSMs": keyOperations,
  "Data planes of key vaults": certificateOperations,
  "Data planes of Managed HSMs": localRoleOperations,
});

test("emulator/docs/operations.md is what the emulator serves; `node scripts/emulatorDoc.mjs` after a build writes it", () => {
  expect(textOf("operations.md")).toBe(emulatorPage(operations));
});

test("emulator/docs/emulator.md has a row for every service that is served, and for no other", () => {
  const [, table = ""] = /## What it serves\n([\s\S]*?)\n\n[^|]/.exec(textOf("emulator.md")) ?? [];
  const rows = [...table.matchAll(/^\| `(Microsoft\.\w+)`/gm)].map(([, name]) => name);
  const served = operations.map(({ service }) => service).filter((service) => service.startsWith("Microsoft."));
  expect([...rows, "Microsoft.Resources"].sort()).toEqual([...new Set(served)].sort());
});

test("no request is served by two operations, of which the second would never be asked", () => {
  const keys = operations.map(({ service, method, path }) => {
    const host = service.startsWith("Data planes") ? "data plane" : "emulator";
    return `${host}: ${method} ${path.replace(/\{\w+\}/g, "{}").toLowerCase()}`;
  });
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
