import { Command } from "commander";

/** It was a command of this package once. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("Moved: run `npx azure-backup-emulator`")
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw new Error(
        "The emulator is a package of its own. Run `npx azure-backup-emulator`, which takes the same options.",
      );
    });
}
