#!/usr/bin/env node
import { Command } from "commander";
import { emulatorCommand } from "./emulator.js";
import { reviewCommand } from "./review.js";
import { rulesCommand } from "./rules.js";

const program = new Command("azure-backup")
  .description("Azure Backup vaults: what can never be undone, before it is done.")
  .addCommand(reviewCommand())
  .addCommand(rulesCommand())
  .addCommand(emulatorCommand());

program.parseAsync().catch((error: Error) => {
  console.error(`azure-backup failed: ${error.message}`);
  process.exitCode = 1;
});
