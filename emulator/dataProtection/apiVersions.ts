/** The versions that the emulator answers, of those that Azure has. Newest last. */
export const apiVersions: readonly string[] = [
  "2023-05-01",
  "2023-11-01",
  "2023-12-01",
  "2024-03-01",
  "2024-04-01",
  "2025-01-01",
  "2025-02-01",
  "2025-07-01",
  "2025-09-01",
  "2026-03-01",
  "2026-04-01-preview",
  "2026-06-01",
  "2026-08-31-preview",
];

export const latest = "2026-06-01";
