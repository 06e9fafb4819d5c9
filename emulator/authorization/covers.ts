/** Whether one of these actions is this one, or has it below it: "Microsoft.KeyVault/vaults/keys/*". */
export function covers(granted: readonly string[], wanted: string): boolean {
  return granted.some((action) => patternOf(action).test(wanted));
}

function patternOf(action: string): RegExp {
  const parts = action.split("*").map((part) => part.replace(/[.$()+?^|[\]\\{}/]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i");
}
