import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory for the tests of one file, gone after them. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "azure-backup-test-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
