/** https://learn.microsoft.com/rest/api/keyvault/#data-plane */
export const apiVersions: readonly string[] = [
  "2016-10-01",
  "7.0",
  "7.1",
  "7.2",
  "7.3",
  "7.4",
  "7.5",
  "7.6-preview.2",
  "7.6",
  "2025-06-01-preview",
  "2025-07-01",
];

export const latest = "2025-07-01";
