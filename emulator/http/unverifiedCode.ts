/** The code of a refusal whose own code Azure does not publish: it says that it is the emulator's. */
export function unverifiedCode(rule: string): string {
  const name = rule.replace(/(^|-)(\w)/g, (_all, _hyphen, letter: string) => letter.toUpperCase());
  return `EmulatorUnverified${name}`;
}
