import { project } from "./project.mjs";

const roles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];

/** Their roles are assigned to the vaults before. */
export const instancesOf = (vaults, each, progress) =>
  measured("backup instances", vaults, each, progress, assignRoles);

export const itemsOf = (vaults, each, progress) => measured("protected items", vaults, each, progress, () => {});

/** The calls and the time of a stack of vaults with instances or items. */
async function measured(kind, vaults, each, progress, prepare) {
  const stack = await project(kind, vaults);
  try {
    progress(`${vaults} vaults`);
    await stack.up();
    await prepare(stack, vaults);
    const before = (await stack.requests()).length;
    progress(`create ${each} ${kind} in each`);
    const env = { INSTANCES_PER_VAULT: String(each) };
    const created = await stack.up(env);
    const calls = (await stack.requests()).slice(before);
    const begun = before + calls.length;
    progress("preview without changes");
    const previewed = await stack.preview(env);
    const asked = (await stack.requests()).length - begun;
    const kinds = summary(calls, vaults, vaults * each);
    return [
      [`${vaults} vaults with ${each} ${kind} each`, "", "calls to Azure"],
      ["---", "---", "---"],
      ["create them", `${created.toFixed(2)} s`, kinds],
      ["preview without changes", `${previewed.toFixed(2)} s`, `${asked}`],
    ];
  } finally {
    stack.remove();
  }
}

async function assignRoles({ arm, group }, vaults) {
  for (let n = 0; n < vaults; n++) {
    const vault = `${group}/providers/Microsoft.DataProtection/backupVaults/vault-${n}?api-version=2025-07-01`;
    const { principalId } = (await arm("GET", vault)).identity;
    for (const [index, role] of roles.entries()) {
      const name = `11111111-2222-3333-${String(index).padStart(4, "0")}-${String(n).padStart(12, "0")}`;
      const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
      const properties = { roleDefinitionId, principalId, principalType: "ServicePrincipal" };
      const path = `${group}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`;
      await arm("PUT", path, { properties });
    }
  }
}

/** Such as `1.00 PUT, 1.00 poll, 1.00 GET of itself for each, and 5.0 GET for each vault`. */
function summary(calls, vaults, instances) {
  const kinds = calls.map(({ method, path }) => {
    if (/operations?(Status|Results)/i.test(path)) return "poll";
    if (method !== "GET") return method;
    return /\/(backupInstances|protectedItems)\/[^/?]+(\?|$)/.test(path) ? "GET of itself" : "GET";
  });
  const of = (kind, count) => `${(kinds.filter((each) => each === kind).length / count).toFixed(2)} ${kind}`;
  const own = [...new Set(kinds)].filter((kind) => kind !== "GET").map((kind) => of(kind, instances));
  return `${own.join(", ")} for each, and ${of("GET", vaults)} for each vault`;
}
