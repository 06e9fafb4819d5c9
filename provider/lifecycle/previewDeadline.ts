/** A preview without Azure has to end too: what it cannot read within this time it says it could not read. */
export const previewDeadline = (): { deadline: number } => ({ deadline: Date.now() + 60_000 });
