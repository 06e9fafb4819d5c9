import type { Shape } from "../../http/shape.js";
import { tracked } from "../../http/tracked.js";
import { networkAclsShape } from "../stores/properties.js";

export const managedHsmShape = {
  ...tracked,
  sku: { name: "string", family: "string" },
  properties: {
    tenantId: "string",
    initialAdminObjectIds: ["string"],
    enableSoftDelete: "boolean",
    softDeleteRetentionInDays: "number",
    enablePurgeProtection: "boolean",
    createMode: "string",
    networkAcls: networkAclsShape,
    publicNetworkAccess: "string",
  },
} as const satisfies Shape;
