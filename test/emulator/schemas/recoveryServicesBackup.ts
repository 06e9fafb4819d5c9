import { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";
import { router } from "../../../emulator/arm/router.js";
import { armOperations } from "../../../emulator/azure/armOperations.js";
import type { JournalEntry } from "../../../emulator/index.js";
import type { Answered } from "../client.js";

/**
 * What Microsoft's specification says of whatever lies in a Recovery Services vault: requests and answers of each operation, as
 * Microsoft's own client has it. The client was generated from api-version 2023-06-01; its enumerations may grow, so their values are text.
 */

interface Mapper {
  serializedName?: string;
  required?: boolean;
  readOnly?: boolean;
  nullable?: boolean;
  type: {
    name: string;
    className?: string;
    element?: Mapper;
    value?: Mapper;
    uberParent?: string;
    polymorphicDiscriminator?: { serializedName: string };
    modelProperties?: Record<string, Mapper>;
  };
}

export interface Operation {
  httpMethod: string;
  path: string;
  responses: Record<string, { bodyMapper?: Mapper }>;
  requestBody?: { mapper: Mapper };
  serializer: { modelMappers: Record<string, Mapper> & { discriminators: Record<string, Mapper> } };
}

/** Each of the client's methods is asked what it would send. */
function operationsOf(client: RecoveryServicesBackupClient): Operation[] {
  const found: Operation[] = [];
  client.sendOperationRequest = (async (_args: unknown, operation: unknown) => {
    found.push(operation as Operation);
    throw new Error("Nothing is sent.");
  }) as typeof client.sendOperationRequest;
  for (const group of Object.values(client) as Record<string, unknown>[]) {
    if (typeof group !== "object" || group?.client !== client) continue;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(group))) {
      // The others wait for the end of what these begin.
      if (name === "constructor" || name.endsWith("AndWait")) continue;
      const method = group[name] as (...args: string[]) => unknown;
      Promise.resolve(method.apply(group, Array<string>(12).fill("x"))).catch(() => {});
    }
  }
  return found;
}

const pattern = (path: string) => path.replace(/\{[^}]*\}/g, "{}").toLowerCase();

const client = new RecoveryServicesBackupClient({ getToken: async () => null }, "subscription");
const operations = new Map(operationsOf(client).map((each) => [`${each.httpMethod} ${pattern(each.path)}`, each]));

/** @param path with the names of its parameters in braces */
export const specified = (method: string, path: string): Operation | undefined =>
  operations.get(`${method} ${pattern(path)}`);

const find = router(armOperations);

function asked(method: string, path: string): { name: string; operation: Operation } | undefined {
  const served = find(method, path)?.operation;
  const operation = served && specified(method, served.path);
  return operation && { name: served.name, operation };
}

/** What is wrong with an answer of the emulator. Nothing for another service, which is not described here. */
export function answerProblems(
  method: string,
  path: string,
  { status, body }: Pick<Answered, "status" | "body">,
): string[] {
  const { name, operation } = asked(method, path) ?? {};
  if (!operation) return [];
  const said = (problems: string[]) => known(problems).map((each) => `${name} ${status}: ${each}`);
  const { default: error, ...responses } = operation.responses;
  if (status >= 400) return error?.bodyMapper ? said(mismatches(operation, error.bodyMapper, body, false)) : [];
  const response = responses[status];
  if (!response) return said(["is no status of it"]);
  // What has only begun has nothing to show.
  if (status === 202 && body === undefined) return [];
  if (!response.bodyMapper) return body === undefined ? [] : said(["has a body"]);
  return said(mismatches(operation, response.bodyMapper, body, false));
}

/** What is wrong with a request, whoever made it. */
export function requestProblems({ method, path, requestBody }: JournalEntry): string[] {
  const { name, operation } = asked(method, decodeURIComponent(path.split("?")[0] ?? "")) ?? {};
  if (!operation || requestBody === undefined) return [];
  if (!operation.requestBody) return [`${name}: has a body`];
  const found = mismatches(operation, operation.requestBody.mapper, requestBody, true);
  return known(found).map((each) => `${name}: ${each}`);
}

/** Where the service does otherwise than this specification, and who has seen it. */
const deviations: { what: RegExp; evidence: string }[] = [
  { what: /^\.error\.(target|details) is null$/, evidence: "MicrosoftDocs/azure-docs#42016" },
  { what: /^\.error\.innerError is not in /, evidence: "MicrosoftDocs/azure-docs#42016" },
  { what: /\.softDeleteRetentionPeriod is not in /, evidence: "Azure/azure-powershell, AzureFileShareItem.cs" },
];

/** Without what is known to be so. */
const known = (problems: string[]) => problems.filter((each) => !deviations.some(({ what }) => what.test(each)));

/** Where a value is not what the specification has there: each as a path and a sentence. */
export function mismatches(operation: Operation, given: Mapper, value: unknown, isRequest: boolean, at = ""): string[] {
  const { modelMappers } = operation.serializer;
  const walk = (mapper: Mapper, each: unknown, place: string) => mismatches(operation, mapper, each, isRequest, place);
  const { name, className = "", element, value: ofEach } = given.type;
  if (value === null) return given.nullable ? [] : [`${at} is null`];
  const isObject = typeof value === "object" && !Array.isArray(value);
  switch (name) {
    case "Sequence":
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((each, index) => walk(element as Mapper, each, `${at}[${index}]`));
    case "Dictionary":
      if (!isObject) return [`${at} is no object`];
      return Object.entries(value as object).flatMap(([key, each]) => walk(ofEach as Mapper, each, `${at}.${key}`));
    case "Composite": {
      if (!isObject) return [`${at} is no object`];
      const model = given.type.modelProperties ? given : (modelMappers[className] as Mapper);
      return ofObject(
        kindOf(model, modelMappers.discriminators, value as Values),
        value as Values,
        walk,
        isRequest,
        at,
      );
    }
    default:
      return isOf(name, value) ? [] : [`${at} is ${JSON.stringify(value)} and no ${name}`];
  }
}

type Values = Record<string, unknown>;

/** The kind of an object that a member of it names, which may be a kind of a kind. One that the specification does not have is the base. */
function kindOf(model: Mapper, discriminators: Record<string, Mapper>, value: Values): Mapper {
  const { uberParent, className, polymorphicDiscriminator } = model.type;
  if (!polymorphicDiscriminator) return model;
  const named = value[polymorphicDiscriminator.serializedName];
  const parents = new Set([uberParent ?? className]);
  // Parents come before what is below them.
  for (const [key, kind] of Object.entries(discriminators)) {
    const [parent = "", ...rest] = key.split(".");
    if (!parents.has(parent)) continue;
    if (rest.join(".") === named) return kind;
    parents.add(kind.type.className);
  }
  return model;
}

function ofObject(
  { type }: Mapper,
  value: Values,
  walk: (mapper: Mapper, each: unknown, place: string) => string[],
  isRequest: boolean,
  at: string,
): string[] {
  const members = Object.values(type.modelProperties ?? {});
  const known = new Map(members.map((member) => [member.serializedName ?? "", member]));
  const missing = members.filter(({ required, readOnly, serializedName = "" }) => {
    return required && !(isRequest && readOnly) && value[serializedName] === undefined;
  });
  return [
    ...missing.map(({ serializedName }) => `${at}.${serializedName} is missing`),
    ...Object.entries(value).flatMap(([name, each]) => {
      const member = known.get(name);
      if (each === undefined) return [];
      if (!member) return [`${at}.${name} is not in ${type.className}`];
      if (isRequest && member.readOnly) return [`${at}.${name} is read-only`];
      return walk(member, each, `${at}.${name}`);
    }),
  ];
}

function isOf(name: string, value: unknown): boolean {
  if (name === "Number") return typeof value === "number";
  if (name === "Boolean") return typeof value === "boolean";
  if (name === "DateTime") return typeof value === "string" && !Number.isNaN(Date.parse(value));
  return name === "any" || name === "Object" || typeof value === "string";
}
