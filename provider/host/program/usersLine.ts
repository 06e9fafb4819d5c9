import { dirname } from "node:path";

/**
 * For as long as a resource is constructed: the SDK records a stack trace for every property, most of what a large stack's preview
 * costs, and one of the whole program for the resource, a third of what it occupies in state (decisions/stack-traces.md).
 *
 * @returns what restores the traces
 */
export function traceOnlyUsersLine(): () => void {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 0;
  Error.prepareStackTrace = (error, frames) => onlyUsersLine(error, frames, prepareStackTrace);
  return () => void Object.assign(Error, { stackTraceLimit, prepareStackTrace });
}

const thisPackage = dirname(dirname(__dirname));
/** The SDK leaves out as many frames as lie between its own and the resource's class. */
const skippedBySdk = 5;

/**
 * Of the frames that the SDK keeps for the resource's position, the one where the program makes the resource. Only that one
 * is formatted: to find the sources of the others, the SDK's own source maps would be read, which takes longer than to
 * register a hundred vaults.
 */
function onlyUsersLine(error: Error, frames: NodeJS.CallSite[], format: typeof Error.prepareStackTrace): unknown {
  const users = frames
    .slice(skippedBySdk)
    .filter((frame) => !frame.getFileName()?.startsWith(thisPackage))
    .slice(0, 1);
  const formatted: unknown = format
    ? format(error, users)
    : [error, ...users.map((frame) => `    at ${frame}`)].join("\n");
  const [title, ...lines] = String(formatted).split("\n");
  return [title, ...frames.slice(0, skippedBySdk).map(() => "    at (skipped)"), ...lines].join("\n");
}
