import { done, send, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(() => {
  azure.reset();
  azure.set({ lenientSoftDelete: false });
  azure.createResourceGroup("rg-payroll");
});

const states = ["absent", "Off", "On", "AlwaysOn"] as const;
type State = (typeof states)[number];

const securitySettings = (state: State) =>
  state === "absent" ? {} : { softDeleteSettings: { state, retentionDurationInDays: 14 } };

/** A vault in a state, whatever version would make it so today. */
async function existing(state: State, location: string) {
  const body = { ...vault(), location };
  await done(arm, await arm("PUT", `${vaultId(azure)}?api-version=2025-07-01`, body));
  azure.setVault(vaultId(azure), { properties: { securitySettings: securitySettings(state) } });
}

const remove = () => azure.vault(vaultId(azure)) && azure.setVault(vaultId(azure), undefined);

/** `yes`, or the status and the end of the emulator's code, for each state to each one; `new` is a vault's first. */
async function tableOf(method: "PUT" | "PATCH", apiVersion: string, location = "westeurope") {
  const rows = method === "PUT" ? (["new", ...states] as const) : states;
  const lines: string[] = [];
  for (const from of rows) {
    const cells: string[] = [];
    for (const to of states) {
      remove();
      if (from !== "new") await existing(from, location);
      const wanted = { securitySettings: securitySettings(to) };
      const body = method === "PUT" ? { ...vault(wanted), location } : { properties: wanted };
      const answer = await arm(method, `${vaultId(azure)}?api-version=${apiVersion}`, body);
      const code = answer.body?.error?.code?.replace("EmulatorUnverifiedSoftDelete", "");
      cells.push(answer.status < 300 ? "yes" : `${answer.status} ${code}`);
    }
    lines.push(`${from}: ${cells.join(", ")}`);
  }
  return lines;
}

const newer = ["2025-09-01", "2026-03-01", "2026-06-01", "2026-08-31-preview"];
const older = ["2023-05-01", "2025-07-01"];

test.each(newer)("by api-version %s a vault is written only where soft delete will be AlwaysOn", async (version) => {
  expect(await tableOf("PUT", version)).toEqual([
    "new: yes, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "absent: yes, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "Off: yes, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "On: yes, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "AlwaysOn: yes, 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, yes",
  ]);
  // A PATCH that says nothing of it leaves it as it is.
  expect(await tableOf("PATCH", version)).toEqual([
    "absent: 406 NotAlwaysOn, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "Off: 406 NotAlwaysOn, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "On: 406 NotAlwaysOn, 406 NotAlwaysOn, 406 NotAlwaysOn, yes",
    "AlwaysOn: yes, 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, yes",
  ]);
});

test.each(older)("by api-version %s a vault may have any soft delete", async (version) => {
  expect(await tableOf("PUT", version)).toEqual([
    "new: yes, yes, yes, yes",
    "absent: yes, yes, yes, yes",
    "Off: yes, yes, yes, yes",
    "On: yes, yes, yes, yes",
    "AlwaysOn: 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, yes",
  ]);
});

test("soft delete stays in the generally available regions, by an older version too", async () => {
  expect(await tableOf("PUT", "2025-07-01", "eastasia")).toEqual([
    "new: yes, 400 OffByApiVersion, yes, yes",
    "absent: yes, 400 OffByApiVersion, yes, yes",
    "Off: yes, yes, yes, yes",
    "On: yes, 400 OffByApiVersion, yes, yes",
    "AlwaysOn: 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, yes",
  ]);
});

test("a lenient subscription takes what the newer versions refuse, except to turn soft delete off", async () => {
  azure.set({ lenientSoftDelete: true });
  expect(await tableOf("PUT", "2026-06-01")).toEqual([
    "new: yes, 400 OffByApiVersion, yes, yes",
    "absent: yes, 400 OffByApiVersion, yes, yes",
    "Off: yes, yes, yes, yes",
    "On: yes, 400 OffByApiVersion, yes, yes",
    "AlwaysOn: 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, 400 UserErrorDisableSoftDeleteNotAllowed, yes",
  ]);
  remove();
  const { body } = await arm("PUT", vaultId(azure), vault());
  expect(body.properties.securitySettings.softDeleteSettings).toEqual({ state: "On", retentionDurationInDays: 14 });
});

test("the refusal says what Azure's says, and changes nothing", async () => {
  await existing("On", "westeurope");
  const was = azure.vault(vaultId(azure));
  const { status, body } = await arm("PATCH", vaultId(azure), { tags: { owner: "payroll" } });
  expect(status).toBe(406);
  expect(body.error).toMatchObject({
    code: "EmulatorUnverifiedSoftDeleteNotAlwaysOn",
    message:
      "This API version requires backup vaults to have the soft delete setting configured to Enable Always-On Soft Delete.",
    additionalInfo: [
      {
        type: "UserFacingError",
        info: {
          message: body.error.message,
          recommendedAction: [
            "To use this API version, you must configure backup vaults with the soft delete setting set to Enable Always-On Soft Delete. If you don't want to enable this setting, use an older API version instead.",
          ],
        },
      },
    ],
  });
  expect(azure.vault(vaultId(azure))).toEqual(was);
});

test("leniency is a setting of the running emulator", async () => {
  const changed = await send(azure, "PATCH", "/emulator/settings", { body: { lenientSoftDelete: true } });
  expect(changed.body).toMatchObject({ lenientSoftDelete: true });
  const on = vault({ securitySettings: securitySettings("On") });
  expect((await arm("PUT", vaultId(azure), on)).status).toBe(201);
});
