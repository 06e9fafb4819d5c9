import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackSettings } from "../../provider/azure/index.js";
import { argumentNames, definitions } from "../../provider/vaults/definitions.js";
import {
  componentNames,
  type ResourceTypeName,
  resourceTypeNames,
  resourceTypes,
} from "../../provider/vaults/resourceTypes.js";
import { root } from "../../scripts/lib/root.mjs";
import { schemaExamples } from "../../scripts/lib/schemaExamples.mjs";
import { packageSchema } from "../../scripts/schema/packageSchema.mjs";
import { missing, sdkGenerators } from "../support/sdk.js";

const schema = JSON.parse(readFileSync(join(root, "docs/schema.json"), "utf8"));
const vaults = Object.keys(definitions);

test("docs/schema.json is what the classes say; `node scripts/schema.mjs` after a build writes it", () => {
  expect(schema).toEqual(
    JSON.parse(JSON.stringify(packageSchema({ resourceTypes, componentNames, definitions, stackSettings }))),
  );
});

test.each(vaults)("the schema has every argument and every output of %s", (kind) => {
  const { properties, inputProperties } = schema.resources[`azure-backup:index:${kind}`];
  const definition = definitions[kind as keyof typeof definitions];
  const named = argumentNames(definition).filter((name) => name !== "vaultId");
  expect(Object.keys(inputProperties).sort()).toEqual([...named, "externallyManaged"].sort());
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(definition.outputs)));
});

test("everything in the schema is described: arguments, outputs and their fields", () => {
  const { resources, functions, types } = schema;
  const withProperties: [string, object][] = [
    ...[...resourceTypeNames, ...componentNames].flatMap((name): [string, object][] => {
      const { properties, inputProperties } = resources[`azure-backup:index:${name}`];
      return [properties, inputProperties].map((each) => [name, each]);
    }),
    ...Object.entries<{ outputs: { properties: object } }>(functions).map(([name, { outputs }]): [string, object] => [
      name,
      outputs.properties,
    ]),
    ...Object.entries<{ properties?: object }>(types).map(([name, { properties = {} }]): [string, object] => [
      name,
      properties,
    ]),
  ];
  const undescribed = withProperties.flatMap(([name, properties]) =>
    Object.entries<{ description?: string }>(properties as never)
      .filter(([, { description }]) => !description)
      .map(([property]) => `${name}.${property}`),
  );
  const all = { ...resources, ...functions };
  expect([...undescribed, ...Object.keys(all).filter((name) => !all[name].description)]).toEqual([]);
});

const languages = ["typescript", "python", "go", "csharp", "yaml"];
const examples: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(join(root, "scripts/schema/examples.json"), "utf8"),
);

test("no field has the name of a method of Python's dict, which it would hide", () => {
  const methods = ["clear", "copy", "get", "items", "keys", "pop", "popitem", "setdefault", "values"];
  // `update` is the word of Pulumi's customTimeouts.
  const names = Object.values<{ properties?: object }>(schema.types).flatMap(({ properties = {} }) =>
    Object.keys(properties),
  );
  expect(names.filter((name) => methods.includes(name))).toEqual([]);
});

test.each([...resourceTypeNames, ...componentNames, "getVaultOverview"])(
  "the schema shows %s in every language",
  (name) => {
    const { description } = { ...schema.resources, ...schema.functions }[`azure-backup:index:${name}`];
    expect(Object.keys(examples[name] ?? {}).sort()).toEqual([...languages].sort());
    for (const language of languages)
      expect(description).toContain(`\`\`\`${language}\n${examples[name]?.[language]?.trim()}\n`);
  },
);

const lacks = missing(sdkGenerators);
(lacks ? test.skip : test)(
  `the examples are as Pulumi's generators translate them; \`node scripts/schemaExamples.mjs\` writes them${lacks ? ` (skipped: it needs ${lacks})` : ""}`,
  () => expect(examples).toEqual(schemaExamples()),
);

test("the README shows the vault in each language as the schema does", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const others = languages.filter((language) => language !== "typescript");
  const absent = others.filter(
    (each) => !readme.includes(`\`\`\`${each}\n${examples.BackupVault?.[each]?.trim()}\n\`\`\``),
  );
  expect(absent).toEqual([]);
});

test.each(resourceTypeNames)("the schema says which arguments replace %s", (name: ResourceTypeName) => {
  const { inputProperties } = schema.resources[`azure-backup:index:${name}`];
  const replacing = Object.keys(inputProperties).filter((each) => inputProperties[each].willReplaceOnChanges);
  const { fixed } = resourceTypes[name];
  expect(replacing.sort()).toEqual(fixed.filter((each) => each in inputProperties).sort());
  expect(replacing.length).toBeGreaterThan(0);
});

test("SDKs neither replace a resource nor set an argument by themselves", () => {
  // Pulumi's engine would replace a vault whose location is spelled differently, an argument that is not set is not managed, and
  // the variables of one run, a secret or a token, would stand in the state.
  const unwanted = ["replaceOnChanges", "default", "defaultInfo"];
  expect(keysIn(schema).filter((key) => unwanted.includes(key))).toEqual([]);
});

test("the provider takes every setting, names its variables, and keeps secrets out of sight", () => {
  const wanted = Object.entries<Setting>(stackSettings).filter(([, { isOfProgram }]) => !isOfProgram);
  for (const properties of [schema.provider.inputProperties, schema.config.variables]) {
    expect(Object.keys(properties)).toEqual(wanted.map(([name]) => name));
    for (const [name, { isSecret, isSwitch, variables }] of wanted) {
      const { type, secret = false, description } = properties[name];
      expect({ name, type, secret }).toEqual({ name, type: isSwitch ? "boolean" : "string", secret: isSecret });
      for (const variable of variables) expect(description).toContain(`\`${variable}\``);
    }
  }
});

interface Setting {
  isSecret: boolean;
  isSwitch?: true;
  isOfProgram?: boolean;
  variables: readonly string[];
}

const keysIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, each]) => [key, ...keysIn(each)])
    : [];
