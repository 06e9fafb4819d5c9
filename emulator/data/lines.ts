import { crc32 } from "node:zlib";
import { decode, encode } from "./encode.js";

/** One entry of one member of the world, or a member that is no map as a whole. Without a value: it is gone. */
export interface Change {
  member: string;
  key?: string;
  /** Encoded. */
  value?: string;
}

/** Raised when worlds that are in files already would no longer be understood. */
const format = 1;

export const header = `{"azureBackupEmulator":${format}}\n`;

/** The changes of one moment: all or none of them are read back. */
export function lineOf(changes: readonly Change[]): string {
  const text = `[${changes
    .map(
      ({ member, key, value }) =>
        `[${encode(member)},${key === undefined ? "null" : encode(key)}${value === undefined ? "" : `,${value}`}]`,
    )
    .join(",")}]`;
  return `${checksum(text)} ${text}\n`;
}

/**
 * What a data file says. A last line without its end was being written when the process was killed: nobody had an
 * answer to it yet, and it is left out. All else that is not as it was written is damage.
 */
export function readLines(file: string, text: string): [member: string, key: string | null, ...value: unknown[]][] {
  refuseOther(file, text);
  const lines = text.slice(text.indexOf("\n") + 1).split("\n");
  lines.pop();
  return lines.flatMap((line, index) => {
    const [sum, json] = [line.slice(0, 8), line.slice(9)];
    if (checksum(json) === sum) return decode(json) as [string, string | null, ...unknown[]][];
    throw new Error(
      `The emulator did not start: line ${index + 2} of ${file} is damaged. Put back a copy of the file, or delete it ` +
        "to start with an empty Azure.",
    );
  });
}

function refuseOther(file: string, text: string): void {
  if (text.startsWith(header)) return;
  const [, found] = /^\{"azureBackupEmulator":(\d+)\}\n/.exec(text) ?? [];
  throw new Error(
    found === undefined
      ? `The emulator did not start: ${file} is no data file of the emulator. Choose a file that is not there yet, or one that an emulator has written.`
      : `The emulator did not start: ${file} is of format ${found}, this emulator reads format ${format}. Use the version of pulumi-azure-backup that wrote it, or choose another file.`,
  );
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
