export const apiVersions: readonly string[] = [
  "2015-07-01",
  "2018-01-01-preview",
  "2018-07-01",
  "2018-09-01-preview",
  "2020-04-01-preview",
  "2020-08-01-preview",
  "2020-10-01-preview",
  "2022-04-01",
  "2022-05-01-preview",
];
