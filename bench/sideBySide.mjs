import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { project } from "./project.mjs";
import { missingForTerraform, terraformProject } from "./terraform.mjs";

/**
 * Creation, state and a preview without changes of as many resources, by the classes on either front, by empty providers on
 * the same fronts, and by Terraform with azurerm. One preview of each in turn, so that whatever else the machine does concerns
 * all of them.
 *
 * @param {number} count
 * @param {(text: string) => void} progress
 * @returns {Promise<string[][]>} a table
 */
export async function sideBySide(count, progress) {
  const missing = await missingForTerraform();
  if (missing) progress(`the comparison with Terraform is SKIPPED: ${missing}`);
  const rounds = count < 1000 ? 5 : 3;
  const cache = mkdtempSync(join(tmpdir(), "azure-backup-bench-"));
  const stacks = [];
  const started = async (stack) => {
    stacks.push(stack);
    return { stack, created: await stack.up() };
  };
  try {
    progress(`creating ${count} resources with each`);
    const nothing = await started(await project("empty", 0));
    const emptyHost = await started(await project("empty", count));
    const emptyPlugin = await started(await project("empty plugin", count));
    const host = await started(await project("plain vaults", count));
    const plugin = await started(await project("plain vaults by the plugin", count));
    const terraform = missing ? undefined : await started(await terraformProject(count));
    const compiled = { NODE_COMPILE_CACHE: cache };
    const fixed = { created: undefined, stack: undefined };
    /** @type {{ name: string, run(): Promise<number>, of: { created?: number, stack?: object } }[]} */
    const kinds = [
      { name: "`pulumi version`", run: () => host.stack.version(), of: fixed },
      { name: "an empty program", run: () => nothing.stack.preview(), of: fixed },
      { name: "an empty dynamic provider", run: () => emptyHost.stack.preview(), of: emptyHost },
      { name: "an empty plugin", run: () => emptyPlugin.stack.preview(), of: emptyPlugin },
      { name: "this package by the dynamic host", run: () => host.stack.preview(), of: host },
      { name: "the same with `NODE_COMPILE_CACHE`", run: () => host.stack.preview(compiled), of: host },
      { name: "this package by its plugin", run: () => plugin.stack.preview(), of: plugin },
      { name: "the same with `NODE_COMPILE_CACHE`", run: () => plugin.stack.preview(compiled), of: plugin },
      ...(terraform
        ? [
            { name: "`terraform version`", run: () => terraform.stack.version(), of: fixed },
            { name: "`terraform plan` with azurerm", run: () => terraform.stack.plan(), of: terraform },
          ]
        : []),
    ];
    const seconds = kinds.map(() => []);
    const calls = kinds.map(() => 0);
    for (let round = 0; round <= rounds; round++) {
      progress(round ? `preview without changes, round ${round} of ${rounds}` : "warming up");
      for (const [index, { run, of }] of kinds.entries()) {
        const asked = async () => (await of.stack?.requests())?.length ?? 0;
        const before = await asked();
        const took = await run();
        if (round) seconds[index].push(took);
        calls[index] = (await asked()) - before;
      }
    }
    const medians = seconds.map((each) => each.sort((a, b) => a - b)[Math.floor(rounds / 2)]);
    const plan = terraform && medians.at(-1);
    const row = ({ name, of: { created, stack } }, index) => [
      name,
      created ? `${created.toFixed(1)} s` : "",
      stack?.createdBytes ? `${(stack.createdBytes / count / 1000).toFixed(2)} kB` : "",
      `${medians[index].toFixed(2)} s`,
      plan ? (medians[index] / plan).toFixed(2) : "",
      stack && !name.includes("empty") ? `${calls[index]}` : "",
    ];
    const header = [
      `${count} resources`,
      "creation",
      "state of each",
      "preview without changes",
      "ratio to `terraform plan`",
      "calls to Azure",
    ];
    return [header, header.map(() => "---"), ...kinds.map(row)];
  } finally {
    for (const stack of stacks) stack.remove();
    rmSync(cache, { recursive: true, force: true });
  }
}
