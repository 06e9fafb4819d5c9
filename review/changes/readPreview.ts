import { PreviewError, topLevelValues } from "./json.js";
import type { IsWanted, Preview, Reader } from "./plannedChange.js";
import { pulumiReader } from "./pulumi.js";
import { terraformReader } from "./terraform.js";
import { whatIfReader } from "./whatIf.js";

/** A reader for each tool whose previews can be reviewed. */
const readers: ((isWanted: IsWanted) => Reader)[] = [pulumiReader, terraformReader, whatIfReader];

/**
 * Reads a preview of any known tool.
 *
 * @param isWanted which resources to keep; others are only counted
 * @throws PreviewError if it is not a preview, or not a complete one
 */
export async function readPreview(
  text: AsyncIterable<string | Uint8Array>,
  isWanted: IsWanted,
  onSteps: (count: number) => void = () => {},
): Promise<Preview> {
  const all = readers.map((reader) => reader(isWanted));
  for await (const parts of topLevelValues(text)) {
    for (const { name, value } of parts) for (const reader of all) reader.take(name, value);
    onSteps(Math.max(...all.map((reader) => reader.count())));
  }
  const [preview, other] = all.flatMap((reader) => reader.end() ?? []);
  if (!preview || other) {
    throw new PreviewError(`It is JSON, but not a preview. ${known}`);
  }
  return preview;
}

const known =
  "Use the output of `pulumi preview --json`, of `terraform show -json` for a plan, or of `az deployment group what-if` " +
  "with `--result-format FullResourcePayloads --no-pretty-print --output json`.";
