import type { Shape } from "../../http/shape.js";
import { tracked } from "../../http/tracked.js";
import { networkAclsShape } from "../stores/properties.js";

const names = ["string"] as const;

export const accessPoliciesShape = [
  {
    tenantId: "string",
    objectId: "string",
    applicationId: "string",
    permissions: { keys: names, secrets: names, certificates: names, storage: names, "*": names },
  },
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
    enabledForDeployment: "boolean",
    enabledForDiskEncryption: "boolean",
    enabledForTemplateDeployment: "boolean",
    createMode: "string",
    networkAcls: networkAclsShape,
    publicNetworkAccess: "string",
  },
} as const satisfies Shape;
