/**
 * The versions that the emulator answers, of those that Azure has: of the vaults, and of what they hold (its protected
 * items and old configurations are an API with versions of its own, as is Site Recovery). Newest last.
 */
export const apiVersions: readonly string[] = [
  "2016-06-01",
  "2016-12-01",
  "2018-07-10",
  "2020-02-02",
  "2021-02-10",
  "2021-03-01",
  "2021-12-01",
  "2022-04-01",
  "2022-10-01",
  "2023-01-01",
  "2023-02-01",
  "2023-04-01",
  "2023-06-01",
  "2023-08-01",
  "2024-01-01",
  "2024-02-01",
  "2024-04-01",
  "2024-10-01",
  "2024-11-01",
  "2025-01-01",
  "2025-02-01",
  "2025-08-01",
  "2026-01-01",
  "2026-02-01",
  "2026-05-01",
  "2026-07-01",
  "2026-11-01",
];
