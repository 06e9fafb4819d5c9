import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { router } from "../../../emulator/arm/router.js";
import type { JournalEntry } from "../../../emulator/index.js";
import { dataProtectionOperations } from "./checker.js";
import * as body from "./dataProtection.js";
import { answers } from "./dataProtectionAnswers.js";
import { list, object, open, type Schema, text } from "./schema.js";

const requests = object({ resourceGuardOperationRequests: list(text) });
const { properties: ofInstance } = (body.backupInstance as { properties: Record<string, Schema> }).properties;
const validation = object({ "backupInstance!": ofInstance as Schema });

/** What the actions take. A PUT takes what it answers with. */
const actions: Readonly<Record<string, Schema>> = {
  BackupVaults_CheckNameAvailability: object({ name: text, type: text }),
  BackupInstances_AdhocBackup: open({}),
  BackupInstances_StopProtection: requests,
  BackupInstances_SuspendBackups: requests,
  BackupInstances_ValidateForBackup: validation,
  BackupInstances_ValidateForModifyBackup: validation,
  DppResourceGuardProxy_UnlockDelete: object({
    resourceGuardOperationRequests: list(text),
    resourceToBeDeleted: text,
  }),
  ResourceGuards_Patch: object({ tags: open({}) }),
};

/** Without what only Azure tells. Of a PATCH nothing is required. */
function asRequest(schema: Schema, isPatch: boolean): Schema {
  const {
    properties,
    required = [],
    items,
    ...rest
  } = schema as Schema & {
    properties?: Record<string, Schema>;
    required?: string[];
    items?: Schema;
  };
  if (items) return { ...rest, items: asRequest(items, isPatch) };
  if (!properties) return schema;
  const kept = Object.entries(properties)
    .filter(([, { readOnly }]) => !readOnly)
    .map(([name, each]) => [name, asRequest(each, isPatch)] as const);
  const names = kept.map(([name]) => name);
  return {
    ...rest,
    properties: Object.fromEntries(kept),
    required: isPatch ? [] : required.filter((name) => names.includes(name)),
  };
}

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats(ajv);
ajv.addSchema([body.cloudErrorDetail as object, body.userFacingError as object]);
const compiled = new Map<string, ValidateFunction>();
const find = router(dataProtectionOperations);

/** What is wrong with a request to the service of Backup vaults, whoever made it. */
export function requestProblems({ method, path, requestBody }: JournalEntry): string[] {
  const name = find(method, decodeURIComponent(path.split("?")[0] ?? ""))?.operation.name;
  if (name === undefined || requestBody === undefined) return [];
  const schema = actions[name] ?? (method === "POST" ? undefined : answers[name]?.[200]);
  if (!schema) return [`${name}: has a body`];
  const validate = compiled.get(name) ?? ajv.compile(asRequest(schema, method === "PATCH") as object);
  compiled.set(name, validate);
  if (validate(requestBody)) return [];
  const errors = validate.errors ?? [];
  return errors.map((each) => `${name}: ${each.instancePath || "/"} ${each.message} ${JSON.stringify(each.params)}`);
}
