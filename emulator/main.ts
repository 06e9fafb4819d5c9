#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { ReadyFile } from "./control/readyFile.js";
import {
  type ClientName,
  clientNames,
  type FirstGroup,
  instructionsFor,
  type JournalEntry,
  startEmulator,
} from "./index.js";

interface Options {
  port: number;
  for: ClientName;
  data?: string;
  seed?: string;
  resourceGroup?: FirstGroup[];
  readyFile?: string;
  operationSeconds: number;
  permissionDelaySeconds: number;
  strictEncryption?: boolean;
  uncheckedKeys?: boolean;
  lenientSoftDelete?: boolean;
  clientCertificate?: string[];
  verbose?: boolean;
}

// Of the package itself, above `dist`.
const { version } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));

function command(): Command {
  return new Command("azure-backup-emulator")
    .description("Emulates Azure Backup on this machine until it is interrupted.")
    .version(version)
    .option("--port <number>", "port on 127.0.0.1; 0 picks a free one", port, 0)
    .addOption(
      new Option("--for <client>", "print the settings for this client").choices(clientNames).default(clientNames[0]),
    )
    .option("--data <file>", "keep all data in this file across restarts")
    .option("--seed <file>", "fill an empty emulator with the resources in this file")
    .option(
      "--resource-group <name[=location]...>",
      "create a resource group at the start, in westeurope by default",
      (text: string, before: FirstGroup[] = []) => [...before, group(text)],
    )
    .option("--ready-file <file>", "write url, caFile and env to this file as JSON once connections are accepted")
    .option("--operation-seconds <seconds>", "duration of long-running operations", seconds, 0)
    .option("--permission-delay-seconds <seconds>", "delay before a new role assignment takes effect", seconds, 0)
    .option("--strict-encryption", "refuse a PUT that leaves out the encryption settings of an encrypted vault")
    .option("--unchecked-keys", "accept any key for a vault, without checking it or the identity's permissions")
    .option("--lenient-soft-delete", "accept soft delete other than AlwaysOn in every api-version")
    .option(
      "--client-certificate <file...>",
      "register a certificate (PEM); whoever holds its private key can sign in",
      (file: string, before: string[] = []) => [...before, file],
    )
    .option("--verbose", "print one line per request")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { readyFile, data, seed } = options;
  const azure = await startEmulator({
    port: options.port,
    operationMs: options.operationSeconds * 1000,
    permissionDelayMs: options.permissionDelaySeconds * 1000,
    strictEncryption: options.strictEncryption,
    uncheckedKeys: options.uncheckedKeys,
    lenientSoftDelete: options.lenientSoftDelete,
    clientCertificates: await Promise.all((options.clientCertificate ?? []).map(textOf)),
    data,
    seed,
    resourceGroups: options.resourceGroup,
    onRequest: options.verbose ? print : undefined,
  });
  const ready = readyFile === undefined ? undefined : new ReadyFile(readyFile, azure);
  const close = async () => {
    // First, so that nobody finds an emulator in it that is closing.
    await ready?.remove();
    await azure.close();
  };
  const stop = () => {
    close().then(
      () => process.exit(0),
      (error: Error) => {
        fail(error);
        process.exit();
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  try {
    await ready?.write();
  } catch (error) {
    await close();
    throw error;
  }
  const { shell, program } = instructionsFor(options.for, azure);
  const others = clientNames.filter((name) => name !== options.for).join(", ");
  console.log(`The Azure Backup emulator runs at ${azure.url}. Open this address in a browser to see its contents.`);
  console.log(`\nSettings for ${options.for}:\n`);
  console.log(shell);
  if (program !== undefined) console.log(`\nIn the program:\n\n${program}`);
  console.log(`\nFor other clients, use --for with ${others}.`);
  console.log(
    `Press Ctrl-C to stop it. ${data === undefined ? "Its contents are then lost" : `Its contents stay in ${data}`}.`,
  );
}

function fail({ message }: Error): void {
  console.error(`azure-backup-emulator: ${message}`);
  process.exitCode = 1;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Error(
      `The certificate ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Check the path.`,
    );
  }
}

function print({ at, status, method, path, servedAs, client }: JournalEntry): void {
  // A browser that looks on asks again with every change.
  if (method === "GET" && (path === "/" || path.startsWith("/emulator/"))) return;
  const asked = servedAs === undefined ? path : `${path} (newer than known: served as ${servedAs})`;
  const line = `${at.slice(11, 23)} ${status || "---"} ${method.padEnd(6)} ${asked}  ${client.slice(0, 60)}`;
  // Whoever sends a request chooses what stands in it: nothing of that steers a terminal.
  console.log(line.replace(/[^\x20-\x7e]/g, "?"));
}

/** A name cannot contain an equals sign. */
function group(text: string): FirstGroup {
  const at = text.indexOf("=");
  return at < 0 ? { name: text } : { name: text.slice(0, at), location: text.slice(at + 1) };
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError("The port must be a number from 0 to 65535.");
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("The duration must be a number of seconds.");
}

command().parseAsync().catch(fail);
