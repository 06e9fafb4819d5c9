import { type Text, text } from "../vaults/values.js";

/*
 * The names of what a storage account has.
 * https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
 * https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-shares--directories--files--and-metadata
 */

/** Of containers and file shares alike. */
const isName = (given: string): boolean => /^.{3,63}$/.test(given) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given);

const rule = "3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit";

/** Containers that Azure Storage itself names. */
const ofAzure = ["$web", "$root"];

export const containerName: Text = text(`must be the name of a container: ${rule}`, (given) =>
  ofAzure.includes(given) || isName(given) ? given : undefined,
);

export const fileShareName: Text = text(`must be the name of a file share: ${rule}`, (given) =>
  isName(given) ? given : undefined,
);
