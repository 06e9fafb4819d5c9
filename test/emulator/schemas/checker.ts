import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { serviceOf } from "../../../emulator/arm/requestVersion.js";
import { router } from "../../../emulator/arm/router.js";
import { armOperations } from "../../../emulator/azure/armOperations.js";
import type { Answered } from "../client.js";
import { cloudError, cloudErrorDetail, userFacingError } from "./dataProtection.js";
import { answers } from "./dataProtectionAnswers.js";
import { type Deviation, deviations } from "./deviations.js";
import type { Schema } from "./schema.js";

export const dataProtectionOperations = armOperations.filter(
  ({ path }) => serviceOf(path)[0] === "Microsoft.DataProtection",
);

/** Holds answers against Microsoft's specification, and remembers what it has seen. */
export function checker() {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true });
  addFormats(ajv);
  ajv.addSchema([cloudErrorDetail as object, userFacingError as object]);
  const compiled = new Map<Schema, ValidateFunction>();
  const find = router(dataProtectionOperations);
  const seen = new Set<string>();
  const met = new Set<Deviation>();

  function problems(name: string, status: number, schema: Schema, body: unknown): string[] {
    const validate = compiled.get(schema) ?? ajv.compile(schema as object);
    compiled.set(schema, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).flatMap((error) => {
      const known = deviations.find((deviation) => isMet(deviation, name, error));
      if (known !== undefined) met.add(known);
      return known === undefined
        ? [`${name} ${status}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`]
        : [];
    });
  }

  return {
    /** What is wrong with an answer, and nothing for a service that is not described here. */
    problemsOf(method: string, path: string, { status, body }: Answered): string[] {
      const name = find(method, path)?.operation.name;
      if (name === undefined) return [];
      if (status >= 400) return problems(name, status, cloudError, body);
      seen.add(name);
      const known = answers[name];
      if (known === undefined || !(status in known)) return [`${name} ${status}: is no status of it`];
      const schema = known[status];
      if (schema === undefined) return body === undefined ? [] : [`${name} ${status}: has a body`];
      return problems(name, status, schema, body);
    },
    unseen: () => dataProtectionOperations.map(({ name }) => name).filter((name) => !seen.has(name)),
    unmet: () => deviations.filter((deviation) => !met.has(deviation)),
  };
}

function isMet({ of = "", at, what }: Deviation, name: string, error: ErrorObject): boolean {
  const { instancePath, keyword, params, data } = error;
  if (!name.startsWith(of) || !at.test(instancePath)) return false;
  return what === "null" ? keyword === "type" && data === null : params.additionalProperty === what;
}
