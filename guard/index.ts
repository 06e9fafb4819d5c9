import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { isBackupType, isOurType, isVaultOrPart } from "../review/vaults/index.js";
import type { RunOfProgram } from "./judgeHook.js";

const guarded = new WeakSet<object>();

/**
 * Refuses the deletions and updates of vaults, and of what is in them, that Azure forbids or that lose backups, in `pulumi preview`
 * already. Call it once at the top of the program, before any resource is created.
 *
 * Pulumi does not ask providers about deletions in a preview, and the resources of other providers know nothing of this
 * package's rules. Pulumi does call resource hooks, so this adds one to every vault of the program, and to every backup
 * instance, protected item, container, backup policy, resource guard and association with one: this package's, azure-native's
 * and the classic provider's. Updates of this package's own resources are judged by its provider.
 *
 * What the same run has deleted before counts as deleted: a policy goes after the instances that use it, and a vault last.
 *
 * What it costs, before you use it:
 * - The state records the names of the hooks. What was deployed with the guard can only be deleted by a program that
 *   calls `guardVaults()`: otherwise Pulumi stops with `hook "azure-backup:guard-deletion" was not registered`. To stop
 *   using it, remove the call and run `pulumi up` once while these resources are still in the program.
 * - `pulumi destroy` needs `--run-program`. A `pulumi refresh` that finds a vault gone does not.
 * - Pulumi also runs the hooks of a resource with `retainOnDelete`, although it deletes nothing, so the guard skips these.
 *   To remove one from the stack and keep it in Azure, set `retainOnDelete: true`, run `pulumi up`, and then remove it from
 *   the program.
 * - If several updates are refused, Pulumi reports only the first. It reports all refused deletions.
 *
 * Credentials come from the environment and from the stack's configuration `azure-backup:*`, as for `azure-backup review`.
 * What cannot be determined is a warning in a preview, and stops `pulumi up`.
 *
 * Needs Pulumi 3.184 or later. Single vaults cannot be exempted, except with `accept` on this package's own vaults.
 *
 * @throws in an `up` or preview: the refusal, with the rule's code, the reason and what to do
 * @see https://www.pulumi.com/docs/iac/concepts/options/hooks/
 *
 * @example
 * ```ts
 * import { guardVaults } from "pulumi-azure-backup/guard";
 *
 * guardVaults();
 * ```
 */
export function guardVaults(): void {
  const stack = pulumi.runtime.getStackResource();
  if (stack && guarded.has(stack)) return;
  if (stack) guarded.add(stack);
  const run: RunOfProgram = { own: [], before: [] };
  const hook = (name: string, operation: "delete" | "update") => {
    // The engine calls back outside the program, where Pulumi's SDK knows neither its configuration nor that it is a
    // preview where several programs run in one process.
    const callback = AsyncResource.bind((args: pulumi.ResourceHookArgs) => judge(operation, args, run));
    return new pulumi.ResourceHook(name, callback, { onDryRun: true });
  };
  const beforeDelete = hook("azure-backup:guard-deletion", "delete");
  const beforeUpdate = hook("azure-backup:guard-update", "update");
  pulumi.runtime.registerResourceTransform(({ type, name, props, opts }) => {
    if (!isVaultOrPart(type)) return undefined;
    // Their updates are judged in `check`, with all that the provider knows of the run. Of those of instances and items, the hook
    // keeps which policy they leave.
    const isOurs = isOurType(type);
    if (isOurs) run.own.push({ type, name, props });
    if (opts.retainOnDelete) return undefined;
    const hooks: pulumi.ResourceHookBinding = {
      ...opts.hooks,
      beforeDelete: [...(opts.hooks?.beforeDelete ?? []), beforeDelete],
      ...((!isOurs || isBackupType(type)) && { beforeUpdate: [...(opts.hooks?.beforeUpdate ?? []), beforeUpdate] }),
    };
    return { props, opts: { ...opts, hooks } };
  });
}

/** The judges are loaded when something is deleted or updated: most runs do neither. */
async function judge(operation: "delete" | "update", args: pulumi.ResourceHookArgs, run: RunOfProgram): Promise<void> {
  const { judgeHook } = await import("./judgeHook.js");
  await judgeHook(operation, args, run);
}
