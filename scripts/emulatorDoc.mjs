// Writes docs/emulatorOperations.md. Run it after a build, whenever the emulator learns an operation; a test says when it
// is due.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { armOperations } from "../dist/emulator/armOperations.js";
import { entraOperations } from "../dist/emulator/entra/index.js";
import { serviceOf } from "../dist/emulator/http/checkApiVersion.js";
import {
  certificateOperations,
  keyOperations,
  localRoleOperations,
} from "../dist/emulator/keyVault/dataPlane/operations.js";
import { metadataEndpoints } from "../dist/emulator/resourceManager/metadata.js";
import { emulatorPage, servedOperations } from "./lib/emulatorPage.mjs";
import { root } from "./lib/root.mjs";

// They only need it to answer.
const signing = { privateKey: "", publicKey: "", keyId: "" };
const operations = servedOperations([metadataEndpoints, ...entraOperations(signing)], armOperations, serviceOf, {
  "Data planes of key vaults and Managed HSMs": keyOperations,
  "Data planes of key vaults": certificateOperations,
  "Data planes of Managed HSMs": localRoleOperations,
});
writeFileSync(join(root, "docs/emulatorOperations.md"), emulatorPage(operations));
