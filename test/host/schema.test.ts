import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackSettings } from "../../provider/azure/index.js";
import { argumentNames, definitions } from "../../provider/vaults/definitions.js";
import { resourceTypeNames, resourceTypes } from "../../provider/vaults/resourceTypes.js";
import { root } from "../../scripts/lib/root.mjs";
import { packageSchema } from "../../scripts/schema/packageSchema.mjs";

const schema = JSON.parse(readFileSync(join(root, "docs/schema.json"), "utf8"));
const vaults = Object.keys(definitions);

test("docs/schema.json is what the classes say; `node scripts/schema.mjs` after a build writes it", () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(packageSchema(resourceTypes, definitions, stackSettings))));
});

test.each(vaults)("the schema has every argument and every output of %s", (kind) => {
  const { properties, inputProperties } = schema.resources[`azure-backup:index:${kind}`];
  const definition = definitions[kind as keyof typeof definitions];
  const named = argumentNames(definition).filter((name) => name !== "vaultId");
  expect(Object.keys(inputProperties).sort()).toEqual([...named, "externallyManaged"].sort());
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(definition.outputs)));
});

test("everything in the schema is described", () => {
  const described = resourceTypeNames.flatMap((name) => {
    const { description, inputProperties } = schema.resources[`azure-backup:index:${name}`];
    const each = Object.entries<{ description?: string }>(inputProperties).map(([argument, property]) => ({
      name: `${name}.${argument}`,
      description: property.description,
    }));
    return [{ name, description }, ...each];
  });
  expect(described.filter(({ description }) => !description)).toEqual([]);
});
