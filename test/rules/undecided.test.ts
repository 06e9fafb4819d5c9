import { applyAccept, type Transition, type Verdict, describe as wording } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import { encrypted, holdings, judged, type ProposedChange, vault } from "./transitions.js";

const texts = (proposed: ProposedChange) => judged(proposed).map((verdict) => wording(verdict, "payroll"));
const locked = { ...vault, immutability: "Locked" };
const manage = "https://learn.microsoft.com/azure/backup/create-manage-backup-vault";

test("a new value that is not known yet", () => {
  expect(texts({ before: locked, after: { ...vault, immutability: unknown } })).toEqual([
    'immutability-locked: Backup vault "payroll": `immutability` is only known during `pulumi up`; it is checked then, before ' +
      "anything is written. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept",
  ]);
});

test("a vault that could not be read", () => {
  const facts: Transition["facts"] = { vault: { unreadable: "GET answered 403 Forbidden" } };
  const [text] = texts({ before: { ...vault, immutability: unknown }, after: vault, facts });
  expect(text).toContain(
    "The vault's current `immutability` is not known, because it could not be read: GET answered 403 Forbidden.",
  );
});

test("backup instances that are not read, or cannot be", () => {
  const proposed = { before: vault, after: { ...vault, redundancy: "ZoneRedundant" } };
  expect(texts(proposed)).toEqual([
    'redundancy-after-protection: cannot determine yet whether Backup vault "payroll" can change redundancy from LocallyRedundant to ZoneRedundant. ' +
      "Not read yet: the vault's backup instances and the vault's soft-deleted backup instances. " +
      "Run the command again with credentials that can read the vault in Azure. " +
      `\`pulumi up\` will not write until this can be determined. ${manage}`,
  ]);
  expect(texts({ ...proposed, facts: holdings.unreadable })[0]).toContain(
    "The vault's backup instances and the vault's soft-deleted backup instances could not be read: 403 Forbidden. Run the command again",
  );
});

test("a value of a newer Azure", () => {
  expect(texts({ before: vault, after: { ...vault, immutability: "Sealed" } })[0]).toContain(
    "This version does not recognize the value of `immutability`; it knows Disabled, Unlocked and Locked. Use one of these",
  );
});

test("what soft-deleted instances refuse is not put into Microsoft's mouth", () => {
  const after = { ...vault, redundancy: "ZoneRedundant" };
  const [text] = texts({ before: vault, after, facts: holdings["soft-deleted only"] });
  expect(text).toContain(`Reported or inferred, not stated by Microsoft: ${manage}`);
});

const infrastructure = (state: string) => ({
  ...encrypted,
  encryption: { ...encrypted.encryption, infrastructureEncryption: state },
});

test("a refusal that may be accepted says so, and says it once it is", () => {
  const verdicts = judged({ before: infrastructure("Enabled"), after: infrastructure("Disabled") });
  expect(wording(verdicts[0] as Verdict, "payroll")).toContain(
    'To override, add "infrastructure-encryption-fixed" to `accept`.',
  );
  const [accepted] = applyAccept(verdicts, ["infrastructure-encryption-fixed"]);
  expect(accepted?.decision).toBe("warn");
  expect(wording(accepted as Verdict, "payroll")).toContain(
    '`accept` contains "infrastructure-encryption-fixed", so this is allowed.',
  );
});

test("the same rule the other way round rests on Microsoft's word and cannot be accepted", () => {
  const verdicts = judged({ before: infrastructure("Disabled"), after: infrastructure("Enabled") });
  expect(applyAccept(verdicts, ["infrastructure-encryption-fixed"])[0]?.decision).toBe("refuse");
});
