import { createHash } from "node:crypto";

/** The same GUID for the same assignment, in the way of RFC 9562's version 5, so that giving it twice is giving it once. */
export function assignmentName(scope: string, principalId: string, role: string): string {
  const hash = createHash("sha1").update(`${scope}|${principalId}|${role}`.toLowerCase()).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    variant + hash.slice(18, 20),
    hash.slice(20, 32),
  ].join("-");
}
