#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { catalogue } from "../provider/rules/index.js";
import { completionCommand } from "./completion.js";
import { node } from "./doctor/machine.js";
import { doctorCommand } from "./doctor.js";
import { emulatorCommand } from "./emulator.js";
import { reviewCommand } from "./review.js";
import { rulesCommand } from "./rules.js";
import { statusCommand } from "./status.js";

// Of the package itself, above `dist/cli`.
const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));

const program = new Command("azure-backup")
  .description("Shows which changes to Azure Backup vaults are refused or permanent, before they are made.")
  .version(version)
  // Names only: with arguments, the list is wider than 80 columns.
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .hook("preAction", async (_, command) => {
    // The doctor says so among its checks.
    if (command.name() === "doctor") return;
    await node(process.env).catch((error: Error) => {
      console.error(`azure-backup failed: ${error.message}`);
      process.exit(2);
    });
  })
  .addCommand(reviewCommand())
  .addCommand(rulesCommand())
  .addCommand(statusCommand())
  .addCommand(doctorCommand())
  .addCommand(emulatorCommand())
  .addCommand(completionCommand({ rules: catalogue.map(({ code }) => code) }));

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads has seen enough, as in `azure-backup review | head -1`. The exit code stays what was found.
    if (code === "EPIPE") return;
    console.error(`azure-backup failed: the output could not be written: ${message}`);
    process.exit(2);
  });
}

program.parseAsync().catch((error: Error) => {
  console.error(`azure-backup failed: ${error.message}`);
  process.exitCode = 1;
});
