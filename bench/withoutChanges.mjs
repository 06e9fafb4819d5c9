import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { project } from "./project.mjs";
import { missingForTerraform, terraformProject } from "./terraform.mjs";

const count = 100;
const rounds = 5;

/**
 * A preview of 100 vaults without changes, by this package and by Terraform with azurerm, and by what it is made of. One of
 * each in turn, so that whatever else the machine does concerns all of them.
 *
 * @param {(text: string) => void} progress
 * @returns {Promise<string[][]>} a table
 */
export async function withoutChanges(progress) {
  const missing = await missingForTerraform();
  if (missing) progress(`the comparison with Terraform is SKIPPED: ${missing}`);
  const cache = mkdtempSync(join(tmpdir(), "azure-backup-bench-"));
  const stacks = [];
  const started = async (stack) => {
    stacks.push(stack);
    await stack.up();
    return stack;
  };
  try {
    progress(`creating ${count} vaults with each`);
    const nothing = await started(await project("empty", 0));
    const empty = await started(await project("empty", count));
    const ours = await started(await project("plain vaults", count));
    const terraform = missing ? undefined : await started(await terraformProject(count));
    const compiled = { NODE_COMPILE_CACHE: cache };
    /** @type {[string, () => Promise<number>, { requests(): Promise<unknown[]> }?][]} */
    const kinds = [
      ["`pulumi version`", () => ours.version()],
      ["an empty program", () => nothing.preview()],
      [`an empty provider, ${count} resources`, () => empty.preview()],
      [`this package, ${count} vaults`, () => ours.preview(), ours],
      [`this package with \`NODE_COMPILE_CACHE\`, ${count} vaults`, () => ours.preview(compiled), ours],
      ...(terraform
        ? [
            ["`terraform version`", () => terraform.version()],
            [`\`terraform plan\`, ${count} vaults of azurerm`, () => terraform.plan(), terraform],
          ]
        : []),
    ];
    const seconds = kinds.map(() => []);
    const calls = kinds.map(() => 0);
    for (let round = 0; round <= rounds; round++) {
      progress(round ? `preview without changes, round ${round} of ${rounds}` : "warming up");
      for (const [index, [, run, asking]] of kinds.entries()) {
        const before = (await asking?.requests())?.length ?? 0;
        const took = await run();
        if (round) seconds[index].push(took);
        calls[index] = ((await asking?.requests())?.length ?? 0) - before;
      }
    }
    const medians = seconds.map((each) => each.sort((a, b) => a - b)[Math.floor(rounds / 2)]);
    const plan = terraform && medians.at(-1);
    const row = ([name, , asking], index) => [
      name,
      `${medians[index].toFixed(2)} s`,
      plan ? (medians[index] / plan).toFixed(2) : "",
      asking ? `${calls[index]} calls to Azure` : "",
    ];
    return [
      ["preview without changes", "median", "ratio to `terraform plan`", ""],
      Array(4).fill("---"),
      ...kinds.map(row),
    ];
  } finally {
    for (const stack of stacks) stack.remove();
    rmSync(cache, { recursive: true, force: true });
  }
}
