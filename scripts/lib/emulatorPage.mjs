/**
 * The page of everything that the emulator serves, by service.
 *
 * @param {{ service: string; name: string; method: string; path: string }[]} operations in the order of the page
 */
export function emulatorPage(operations) {
  const services = [...new Set(operations.map(({ service }) => service))];
  return `${[
    "# What the emulator serves",
    "Written by `node scripts/emulatorDoc.mjs` from the emulator itself. Names are those of Microsoft's REST specification " +
      "where it has one. Parts in braces may be anything; paths are the same in any case.",
    ...services.flatMap((service) => [
      `## ${service}`,
      table(operations.filter((operation) => operation.service === service)),
    ]),
  ].join("\n\n")}\n`;
}

/** @param {{ name: string; method: string; path: string }[]} operations */
function table(operations) {
  const rows = operations.map(({ name, method, path }) => `| ${name} | \`${method} ${path}\` |`);
  return ["| operation | request |", "| --- | --- |", ...rows].join("\n");
}

/**
 * @param {readonly { name: string; method: string; path: string }[]} others
 * @param {readonly { name: string; method: string; path: string }[]} armOperations
 * @param {(path: string) => [namespace?: string, type?: string]} serviceOf
 * @param {Record<string, readonly { name: string; method: string; path: string }[]>} dataPlanes
 */
export function servedOperations(others, armOperations, serviceOf, dataPlanes) {
  const cloud = others.map((operation) => ({ ...operation, service: "Cloud and Entra" }));
  const arm = armOperations.map((operation) => {
    const [service = "Microsoft.Resources"] = serviceOf(operation.path);
    return { ...operation, service };
  });
  return [
    ...cloud,
    ...arm.sort((one, other) => Number(one.service > other.service) - Number(one.service < other.service)),
    ...Object.entries(dataPlanes).flatMap(([service, operations]) => operations.map((each) => ({ ...each, service }))),
  ];
}
