import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Any JSON Web Token, and with it every token of Entra, whoever it was issued to. */
const token = /\beyJ[\w-]{10,}\.[\w-]{10,}/;

/**
 * Where secrets stand in a text: in clear, in any way that a log or a protocol may write them, or as base64 at any of
 * its three alignments. Says which secret by its name, never by its value.
 */
export function traces(text: string, secrets: Record<string, string>): string[] {
  const found = Object.entries(secrets).filter(([, secret]) => spellings(secret).some((each) => text.includes(each)));
  return [...found.map(([name]) => name), ...(token.test(text) ? ["a token"] : [])];
}

/** What secrets stand in which file, but for the package and Pulumi themselves. */
export function tracesInFiles(directory: string, secrets: Record<string, string>): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .flatMap(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return traces(readFileSync(file, "latin1"), secrets).map((what) => `${what} in ${file.slice(directory.length)}`);
    });
}

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // The first and the last characters depend on what stands around the secret.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "")
      .slice(4, -2),
  );
  const url = base64.map((each) => each.replaceAll("+", "-").replaceAll("/", "_"));
  const json = JSON.stringify(secret).slice(1, -1);
  const nested = JSON.stringify(json).slice(1, -1);
  return [...new Set([secret, encodeURIComponent(secret), json, nested, bytes.toString("hex"), ...base64, ...url])];
}
