import type { Stack } from "./stack.js";

/**
 * The program of a stack that has the vaults of all tests: a block of text for each, as it was last deployed. A test changes its own.
 *
 * @param imports of this package, by name
 */
export function vaultBlocks(stack: Stack, imports: readonly string[], deployed: Record<string, string>) {
  function program(changes: Record<string, string> = {}): Stack {
    const blocks = Object.values({ ...deployed, ...changes }).map((text) => `{ ${text} }`);
    return stack.program(`const { ${imports.join(", ")} } = require("pulumi-azure-backup");\n${blocks.join("\n")}`);
  }

  /** @returns what the run has shown */
  async function up(changes: Record<string, string> = {}): Promise<string> {
    const { code, output } = await program(changes).up();
    if (code !== 0) throw new Error(output);
    Object.assign(deployed, changes);
    return output;
  }

  return { program, up };
}
