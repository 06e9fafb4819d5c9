import { allRules, describe as wording } from "../../provider/rules/index.js";
import { examples, texts } from "./examples.js";
import { recoveryExamples, recoveryTexts } from "./recoveryExamples.js";
import { type ProposedChange, verdictOf } from "./transitions.js";

const every: Record<string, ProposedChange> = { ...examples, ...recoveryExamples };

// A code never changes: users name it in `accept` and search for it.
test.each([
  ["BackupVault", examples, texts],
  ["RecoveryServicesVault", recoveryExamples, recoveryTexts],
])("every rule about a %s is known, with an example and a text", (kind, examplesOf, textsOf) => {
  const codes = allRules.filter(({ resource }) => resource === kind).map(({ code }) => code);
  expect(Object.keys(examplesOf)).toEqual(codes);
  expect(Object.keys(textsOf)).toEqual(codes);
});

test.each(Object.entries({ ...texts, ...recoveryTexts }))(
  "%s says what, why, what to do and where it stands",
  (code, text) => {
    expect(wording(verdictOf(code, every[code] ?? { after: undefined }), "payroll")).toBe(text);
  },
);
