import type { VaultInputs } from "./vaultInputs.js";

/**
 * What Azure has where nothing was ever set. Removing an argument that was set means going back to it, and is judged and
 * written like any other change.
 *
 * @param noDefault Azure documents no default for these: removing one only ends our care for it
 */
export const returning =
  <I extends VaultInputs & { softDelete?: object }>(defaults: Partial<I>, noDefault: readonly (keyof I & string)[]) =>
  (olds: Partial<I>, inputs: I): { inputs: I; leftAlone: string[] } => {
    const returned = { ...inputs } as Record<string, unknown>;
    for (const [name, value] of Object.entries(defaults)) {
      if (olds[name as keyof I] !== undefined) returned[name] ??= value;
    }
    if (olds.softDelete !== undefined && typeof inputs.softDelete === "object") {
      const fields = Object.entries(defaults.softDelete ?? {});
      const back = Object.fromEntries(fields.filter(([field]) => field in (olds.softDelete ?? {})));
      returned.softDelete = { ...back, ...inputs.softDelete };
    }
    if (olds.encryption?.infrastructureEncryption !== undefined && typeof inputs.encryption === "object") {
      returned.encryption = { infrastructureEncryption: "Disabled", ...inputs.encryption };
    }
    const leftAlone = noDefault.filter((name) => olds[name] !== undefined && inputs[name] === undefined);
    return { inputs: returned as unknown as I, leftAlone };
  };
