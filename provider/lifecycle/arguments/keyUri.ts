import { type Parse, parser } from "./parse.js";

/**
 * The URI of a key, with or without version, without port and trailing slash and with its host in lower case.
 * ARM spells `:443` into the URIs that it answers, so that port is taken and dropped.
 */
export const keyUri: Parse = parser(
  "must be the https URI of a key, such as https://{vault}.vault.azure.net/keys/{key} or .../keys/{key}/{version}, " +
    "without a port and without a slash at the end",
  (value) => (typeof value === "string" ? canonicalKeyUri(value) : undefined),
);

export function canonicalKeyUri(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.port !== "" || url.username !== "" || url.search !== "" || url.hash !== "") {
    return undefined;
  }
  const path = /^\/keys\/([0-9a-z-]{1,127})(\/[0-9a-f]{32})?$/i.exec(url.pathname);
  return path ? `https://${url.host}${url.pathname}` : undefined;
}

export function keyVersion(uri: string): string | undefined {
  return new URL(uri).pathname.split("/")[3];
}
