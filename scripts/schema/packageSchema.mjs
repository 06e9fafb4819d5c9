import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.mjs";
import { declarations, documentation, lastName, literalsOf, membersOf, plainType, ts } from "./typescript.mjs";

/** `node scripts/schemaExamples.mjs` writes them. */
const examples = JSON.parse(readFileSync(join(import.meta.dirname, "examples.json"), "utf8"));
const languages = ["typescript", "python", "go", "csharp", "yaml"];

/**
 * The plugin's schema, from the classes of the TypeScript package: their types and docstrings.
 * https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 *
 * @param given.resourceTypes the resources, and what replaces each
 * @param given.componentNames the components
 * @param given.definitions what each kind of vault has
 * @param given.stackSettings the keys of the configuration
 */
export function packageSchema({ resourceTypes, componentNames, definitions, stackSettings }) {
  const { version, description, license, repository, homepage } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const provider = join(root, "provider");
  const directories = ["resources", "overview"].map((name) => join(provider, name));
  const files = [
    ...directories.flatMap((directory) => readdirSync(directory).map((file) => join(directory, file))),
    ...["verdict", "irreversibleSettings"].map((name) => join(provider, "rules", `${name}.ts`)),
  ];
  const schema = schemaOf(declarations(files), { resourceTypes, componentNames, definitions });
  return {
    name: "azure-backup",
    displayName: "Azure Backup",
    version,
    description,
    keywords: ["pulumi", "azure", "backup", "category/cloud", "kind/native"],
    // The archives of `npm run plugin` in the releases of the repository.
    pluginDownloadURL: `github://api.github.com/${repository.url
      .split("/")
      .slice(-2)
      .join("/")
      .replace(/\.git$/, "")}`,
    license,
    homepage,
    repository: repository.url.replace(/^git\+|\.git$/g, ""),
    publisher: "pulumi-azure-backup",
    // The SDKs have this version, and the Go SDK is a module of its own.
    meta: { supportPack: true },
    config: { variables: configuration(stackSettings) },
    types: schema.types,
    provider: { inputProperties: configuration(stackSettings) },
    resources: schema.resources,
    functions: schema.functions,
    language: { nodejs: { packageName: "pulumi-azure-backup-sdk" }, python: { pyproject: { enabled: true } } },
  };
}

/**
 * Without `defaultInfo`: an SDK would copy the variables into the state, secrets and tokens of one run with them. The plugin reads
 * them itself.
 */
const configuration = (settings) =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([, { isOfProgram }]) => !isOfProgram)
      .map(([name, { meaning, variables, isSecret, isSwitch }]) => [
        name,
        {
          type: isSwitch ? "boolean" : "string",
          description: `${meaning} Default: ${asList(variables)}.`,
          ...(isSecret && { secret: true }),
        },
      ]),
  );

const asList = (variables) => `the variable ${variables.map((name) => `\`${name}\``).join(", then ")}`;

function schemaOf(named, { resourceTypes, componentNames, definitions }) {
  const types = {};
  const resources = Object.keys(resourceTypes);
  const tokenOf = (name) => `azure-backup:index:${name}`;

  /** @param path what an unnamed type is called */
  function typeOf(node, path) {
    const { node: plain, literals } = plainType(node);
    if (literals) return enumOf(path, literals);
    switch (plain.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: "string" };
      case ts.SyntaxKind.BooleanKeyword:
        return { type: "boolean" };
      case ts.SyntaxKind.NumberKeyword:
        return { type: "integer" };
    }
    // The one value that a member of Azure's own form may have.
    if (ts.isLiteralTypeNode(plain)) return { type: "string", const: plain.literal.text };
    if (ts.isArrayTypeNode(plain)) return { type: "array", items: typeOf(plain.elementType, path) };
    if (ts.isTypeLiteralNode(plain)) {
      const index = plain.members.find(ts.isIndexSignatureDeclaration);
      if (index) return { type: "object", additionalProperties: typeOf(index.type, path) };
      return objectOf(path, plain, undefined);
    }
    if (ts.isUnionTypeNode(plain)) return { $ref: "pulumi.json#/Any" };
    if (!ts.isTypeReferenceNode(plain)) throw new Error(`The schema has no type for ${path}: ${plain.getText()}.`);
    const name = lastName(plain);
    if (name === "Record") return { type: "object", additionalProperties: typeOf(plain.typeArguments[1], path) };
    if (name === "Pick") {
      const [of, names] = plain.typeArguments;
      return objectOf(path, named.get(lastName(of)), undefined, plainType(names).literals);
    }
    const declared = named.get(name);
    // A resource stands for its ID, and the name of a fact is a name.
    if (["VaultArgument", "FactName", ...resources].includes(name)) return { type: "string" };
    if (!declared) throw new Error(`The schema does not know the type ${name} of ${path}.`);
    if (ts.isInterfaceDeclaration(declared)) return objectOf(name, declared, documentation(declared).description);
    const values = literalsOf(declared.type, named);
    return values ? enumOf(name, values, documentation(declared).description) : typeOf(declared.type, name);
  }
  function enumOf(name, values, description) {
    // Azure adds values. A program may set one that this version does not know, and its check says what is valid.
    types[tokenOf(name)] ??= {
      type: "string",
      ...(description && { description }),
      enum: values.map((value) => ({
        value,
        ...(/^\w+$/.test(value) ? {} : { name: value.replace(/\W+(\w)/g, (_, next) => next.toUpperCase()) }),
      })),
    };
    return { $ref: `#/types/${tokenOf(name)}` };
  }
  function objectOf(name, declaration, description, only) {
    if (!types[tokenOf(name)]) {
      types[tokenOf(name)] = {};
      types[tokenOf(name)] = {
        type: "object",
        ...(description && { description }),
        ...propertiesIn(
          membersOf(declaration, named).filter((member) => !only || only.includes(member.name)),
          name,
        ),
      };
    }
    return { $ref: `#/types/${tokenOf(name)}` };
  }
  function propertiesIn(members, owner, more = () => ({})) {
    const properties = Object.fromEntries(
      members.map((member) => {
        const type = typeOf(member.type, `${owner}${member.name[0].toUpperCase()}${member.name.slice(1)}`);
        const standard = member.standard
          ? `Default: ${member.standard}${/[.)]$/.test(member.standard) ? "" : "."}`
          : undefined;
        const description = [member.description, standard].filter(Boolean).join(" ");
        const { deprecated } = member;
        return [
          member.name,
          {
            ...type,
            ...(description && { description }),
            ...(deprecated && { deprecationMessage: deprecated }),
            ...more(member.name),
          },
        ];
      }),
    );
    const required = members
      .filter(({ isOptional, type }) => !isOptional && !plainType(type).isOptional)
      .map(({ name }) => name);
    return { properties, ...(required.length > 0 && { required }) };
  }
  const isResourcesOnly = (type) =>
    (ts.isUnionTypeNode(type) ? type.types : [type]).every(
      (each) => ts.isTypeReferenceNode(each) && resources.includes(lastName(each)),
    );
  function resourceOf(name) {
    const declared = named.get(name);
    // What takes resources alone is about Pulumi's options, which every language has itself.
    const args = membersOf(named.get(`${name}Args`), named).filter(({ type }) => !isResourcesOnly(type));
    const { description } = documentation(declared);
    const isComponent = componentNames.includes(name);
    const { fixed = [] } = resourceTypes[name] ?? {};
    const inputs = propertiesIn(args, name, (argument) =>
      fixed.includes(argument) ? { willReplaceOnChanges: true } : {},
    );
    if (definitions[name]) inputs.properties.externallyManaged = externallyManaged;
    const described = Object.fromEntries(args.map((member) => [member.name, member]));
    const outputs = membersOf(declared, named).map((member) => ({
      ...member,
      description: member.description ?? described[member.name]?.description,
      type: described[member.name]?.type ?? member.type,
      isOptional: plainType(member.type).isOptional,
    }));
    const stated = propertiesIn(outputs, name);
    return {
      ...(isComponent && { isComponent }),
      description: [description, exampleOf(name)].filter(Boolean).join("\n\n"),
      ...stated,
      inputProperties: inputs.properties,
      ...(inputs.required && { requiredInputs: inputs.required }),
      ...(definitions[name] && { listInputs: { properties: { subscriptionId: listedSubscription } } }),
    };
  }
  const all = Object.fromEntries([...resources, ...componentNames].map((name) => [tokenOf(name), resourceOf(name)]));
  const overview = propertiesIn(membersOf(named.get("VaultOverview"), named), "VaultOverview");
  const functions = {
    [tokenOf("getVaultOverview")]: {
      description: `${documentation(named.get("VaultOverview")).description}\n\n${exampleOf("getVaultOverview")}`,
      inputs: {
        properties: { vaultId: { type: "string", description: "The ARM ID of a vault of either kind." } },
        required: ["vaultId"],
      },
      outputs: { type: "object", ...overview },
    },
  };
  return { types, resources: all, functions };
}

/** For `pulumi do <type> list`. */
const listedSubscription = { type: "string", description: "The subscription. Default: that of the provider." };

/** The classes set it by themselves: they see the other resources of the program. */
const externallyManaged = {
  type: "array",
  items: { type: "string" },
  description:
    "`identity` where `IdentityAssignment` resources of the program manage the vault's identities, and `encryption` where " +
    "`EncryptionSettings` does. An argument `identity` or `encryption` that was removed then stays on the vault.",
};

/**
 * As Pulumi's registry and the SDKs take it: each shows the languages that it has. Of a new type there is none yet: it is
 * translated by a schema that has the type.
 */
function exampleOf(name) {
  if (!examples[name]) return undefined;
  const programs = languages.map((language) => `\`\`\`${language}\n${examples[name][language].trim()}\n\`\`\``);
  const title = [name, ...programs].join("\n\n");
  return `{{% examples %}}\n## Example Usage\n\n{{% example %}}\n### ${title}\n{{% /example %}}\n{{% /examples %}}`;
}
