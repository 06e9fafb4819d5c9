import type { Shape } from "../../http/shape.js";
import { tracked } from "../../http/tracked.js";

export const accessPoliciesShape = [
  { tenantId: "string", objectId: "string", applicationId: "string", permissions: { "*": ["string"] } },
] as const satisfies Shape;

export const keyVaultShape = {
  ...tracked,
  properties: {
    sku: { name: "string", family: "string" },
    tenantId: "string",
    accessPolicies: accessPoliciesShape,
    enableSoftDelete: "boolean",
    softDeleteRetentionInDays: "number",
    enablePurgeProtection: "boolean",
    enableRbacAuthorization: "boolean",
    networkAcls: { bypass: "string", defaultAction: "string" },
    publicNetworkAccess: "string",
  },
} as const satisfies Shape;
