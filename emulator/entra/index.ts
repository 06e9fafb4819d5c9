import type { Operation } from "../http/operation.js";
import { instanceDiscovery, openIdConfigurations, signingKeys } from "./discovery.js";
import { managedIdentityOperations } from "./managedIdentity.js";
import type { Signing } from "./signing.js";
import { tokenOperations } from "./token.js";

export const entraOperations = (signing: Signing): Operation[] => [
  instanceDiscovery,
  ...openIdConfigurations,
  ...signingKeys(signing),
  ...tokenOperations(signing),
  ...managedIdentityOperations(signing),
];
