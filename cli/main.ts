#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
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
  .addCommand(reviewCommand())
  .addCommand(rulesCommand())
  .addCommand(statusCommand())
  .addCommand(doctorCommand())
  .addCommand(emulatorCommand());

program.parseAsync().catch((error: Error) => {
  console.error(`azure-backup failed: ${error.message}`);
  process.exitCode = 1;
});
