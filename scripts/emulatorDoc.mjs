// Writes emulator/docs/operations.md. Run it after a build, whenever the emulator learns an operation; a test says when it
// is due.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serviceOf } from "../emulator/dist/arm/requestVersion.js";
import { armOperations } from "../emulator/dist/azure/armOperations.js";
import {
  certificateOperations,
  keyOperations,
  localRoleOperations,
} from "../emulator/dist/keyVault/dataPlane/answer.js";
import { metadataEndpoints } from "../emulator/dist/resourceManager/metadata.js";
import { entraOperations } from "../emulator/dist/server/answer.js";
import { emulatorPage, servedOperations } from "./lib/emulatorPage.mjs";
import { root } from "./lib/root.mjs";

// They only need it to answer.
const signing = { privateKey: "", publicKey: "", keyId: "" };
const operations = servedOperations([metadataEndpoints, ...entraOperations(signing)], armOperations, serviceOf, {
  "Data planes of key vaults and Managed HSMs": keyOperations,
  "Data planes of key vaults": certificateOperations,
  "Data planes of Managed HSMs": localRoleOperations,
});
writeFileSync(join(root, "emulator/docs/operations.md"), emulatorPage(operations));
