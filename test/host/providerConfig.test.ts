import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findSetting, type StackSettingKey, stackSettings } from "../../provider/azure/signIn/stackSettings.js";
import { hostContext } from "../../provider/host/context.js";
import { providerConfig } from "../../provider/host/plugin/providerConfig.js";
import { secretMark } from "../../provider/host/secretMark.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { root } from "../../scripts/lib/root.mjs";

const names = Object.keys(stackSettings) as StackSettingKey[];
/** The program itself reads it, and no provider. */
const isOfProgram = (name: StackSettingKey) => "isOfProgram" in stackSettings[name];
const byVariable = names.flatMap((name) => stackSettings[name].variables.map((variable) => [name, variable] as const));
const schema = JSON.parse(readFileSync(join(root, "docs/schema.json"), "utf8"));

/** As `azure-backup:*` of a stack, or as an argument of an explicit provider. SDKs send either JSON or plain values. */
const given: [what: string, value: unknown, text: string | undefined][] = [
  ["text", "one", "one"],
  ["a secret", secretMark("one"), "one"],
  ["true", true, "true"],
  ["false as text", "false", "false"],
  ["a list", ["one", "two"], '["one","two"]'],
  ["a secret in a list", ["one", secretMark("two")], '["one","two"]'],
  ["null", null, undefined],
];

const find = (name: StackSettingKey, env: Record<string, string> = {}) => findSetting(name, hostContext.setting, env);

test.each(names)("the provider's argument %s counts, whatever its type, and is no unknown one", (name) => {
  for (const [what, value, text] of given) {
    const { inputs, failures } = providerConfig.check({ [name]: value });
    // What it means is judged as well: "one" is no subscription.
    const unknown = failures.filter(({ reason }) => reason.includes("unknown key"));
    expect({ what, unknown }).toEqual({ what, unknown: [] });
    providerConfig.set(inputs);
    expect({ what, found: find(name)?.value }).toEqual({ what, found: text });
    const others = names.filter((each) => each !== name && find(each) !== undefined);
    expect(others).toEqual([]);
  }
});

test.each(byVariable)(
  "%s comes from %s where the provider has no such argument, and not before it",
  (name, variable) => {
    providerConfig.set({});
    expect(find(name, { [variable]: "from the environment" })).toEqual({
      value: "from the environment",
      source: variable,
    });
    providerConfig.set({ [name]: "an argument" });
    expect(find(name, { [variable]: "from the environment" })?.value).toBe("an argument");
  },
);

const inSchema = names.filter((name) => !isOfProgram(name));

test.each(inSchema)("the schema has %s, names its variables, and says whether it is secret", (name) => {
  const { variables, isSecret } = stackSettings[name];
  for (const property of [schema.config.variables[name], schema.provider.inputProperties[name]]) {
    for (const variable of variables) expect(property.description).toContain(`\`${variable}\``);
    expect(property.secret ?? false).toBe(isSecret);
  }
});

test("an argument that is secret is recorded as a secret, however it is given, and nothing else is", () => {
  const open = Object.fromEntries(names.map((name) => [name, `of ${name}`]));
  const { inputs } = providerConfig.check(open);
  const wanted = names.map((name) => [name, stackSettings[name].isSecret ? secretMark(open[name]) : open[name]]);
  expect(inputs).toEqual(Object.fromEntries(wanted));
  expect(providerConfig.check(inputs).inputs).toEqual(inputs);
  expect(providerConfig.check({ clientSecret: unknownSentinel, oidcToken: null }).inputs).toEqual({
    clientSecret: unknownSentinel,
    oidcToken: null,
  });
});

test("an argument that changes is an update of the provider, which replaces no resource", () => {
  const [old, wanted] = [{ tenantId: "one", clientSecret: secretMark("a") }, { clientSecret: secretMark("b") }];
  const { changes, replaces, properties } = providerConfig.diff(old, wanted);
  expect({ changes, replaces, properties: Object.fromEntries(properties) }).toEqual({
    changes: true,
    replaces: [],
    properties: { tenantId: "DELETE", clientSecret: "UPDATE" },
  });
  expect(providerConfig.diff(old, structuredClone(old))).toMatchObject({ changes: false });
});
