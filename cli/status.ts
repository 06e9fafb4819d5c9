import { Command } from "commander";
import type { SubscriptionOverview } from "../provider/overview/index.js";
import { addFormats, addNote } from "./output/options.js";
import { type Format, shownAs } from "./output/sections.js";
import { progressOn } from "./output/terminal.js";
import { vaultDetails } from "./status/vaultDetails.js";
import { vaultTable } from "./status/vaultTable.js";

interface Options {
  subscription?: string;
  format: Format;
}

export function statusCommand(): Command {
  const command = new Command("status")
    .description("Shows what a vault contains, what blocks its deletion, and which settings can no longer be changed")
    .argument("[vault id]", "ARM ID of a vault; without it, all vaults in the subscription")
    .option("--subscription <id>", "subscription to show, instead of ARM_SUBSCRIPTION_ID");
  addFormats(command, ["text", "json", "markdown"]).action(run);
  return addNote(command, "Exit code: 0 if everything could be read, 1 otherwise.");
}

async function run(vaultId: string | undefined, { subscription, format }: Options): Promise<void> {
  const { connect } = await import("../provider/azure/index.js");
  const azure = connect(() => undefined);
  if (vaultId !== undefined) {
    if (subscription !== undefined) throw new Error("Pass either the ARM ID of a vault or --subscription, not both.");
    const { overviewOf } = await import("../provider/overview/index.js");
    const vault = await overviewOf(azure, vaultId, { deadline: Date.now() + 120_000 });
    if (!vault) throw new Error(`Vault ${vaultId} does not exist.`);
    const json = { vaults: [vault], problems: [] } satisfies SubscriptionOverview;
    console.log(shownAs(format, vaultDetails(vault), json));
    if (vault.unreadable.length > 0) process.exitCode = 1;
    return;
  }
  const subscriptionId = subscription ?? azure.subscriptionId;
  if (!subscriptionId)
    throw new Error(
      "No vault or subscription is given. Pass the ARM ID of a vault or --subscription, or set ARM_SUBSCRIPTION_ID.",
    );
  const { overviewsIn } = await import("../provider/overview/index.js");
  const progress = progressOn(process.stderr);
  const found = await overviewsIn(azure, subscriptionId, {
    onProgress: (read, all) => progress.show(`Read ${read} of ${all} vaults`),
  }).finally(() => progress.clear());
  console.log(shownAs(format, vaultTable(subscriptionId, found), { subscriptionId, ...found }));
  const isWhole = found.problems.length === 0 && found.vaults.every(({ unreadable }) => unreadable.length === 0);
  if (!isWhole) process.exitCode = 1;
}
