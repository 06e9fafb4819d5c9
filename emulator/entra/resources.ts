/** Names under which Resource Manager is known to Entra. The emulator's own addresses are as good. */
const resourceManager = ["https://management.azure.com", "https://management.core.windows.net"];

const others = ["https://vault.azure.net", "https://managedhsm.azure.net", "https://graph.microsoft.com"];

/** An audience in one spelling: with or without a slash at its end, it is the same resource. */
export function resourceName(text: string): string {
  return text.replace(/\/+$/, "").toLowerCase();
}

export function isResourceManagerName(name: string): boolean {
  return resourceManager.includes(resourceName(name)) || isEmulator(name);
}

export function isKnownResource(name: string): boolean {
  return isResourceManagerName(name) || others.includes(resourceName(name));
}

function isEmulator(name: string): boolean {
  return /^https:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(resourceName(name));
}
