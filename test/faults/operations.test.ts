import { throughBothFronts } from "./engine.js";
import { after, before, newWorld, patched, unlike } from "./journey.js";

const impatient = { timeouts: { create: "4s", update: "4s", delete: "4s" } };
const patient = { timeouts: { create: "60s", update: "60s", delete: "60s" } };

const failed = { kind: "operationFails", code: "CloudServiceRetryableError", message: "Try again later." } as const;

throughBothFronts(
  "a creation that Azure begins and fails at is recorded, and the next up finishes it",
  async ({ up }) => {
    const { azure, id, program } = await newWorld("create", before);
    azure.faults.add({ ...failed, method: "PUT" });

    const first = await up(azure.env, undefined, program);
    expect(first.errors).toHaveLength(1);
    expect(first.errors[0]).toContain("Try again later.");
    expect(first.recorded).toMatchObject({ id, initErrors: first.errors, outputs: { provisioningState: "Unknown" } });

    const next = await up(azure.env, first.recorded, program);
    expect(next.errors).toEqual([]);
    expect(unlike({ azure, id, program }, next)).toEqual([]);
  },
);

throughBothFronts(
  "a creation that never ends is recorded when its time is over, and finished by the next up",
  async ({ up }) => {
    const { azure, id, program } = await newWorld("create", before);
    azure.faults.add({ kind: "operationNeverEnds", method: "PUT" });

    const first = await up(azure.env, undefined, { ...program, ...impatient });
    expect(first.errors[0]).toContain("still working");
    expect(first.recorded?.id).toBe(id);

    // It still goes on when the next run begins.
    setTimeout(() => azure.faults.clear(), 1_000);
    const next = await up(azure.env, first.recorded, { ...program, ...patient });
    expect(next.errors).toEqual([]);
    expect(unlike({ azure, id, program }, next)).toEqual([]);
    expect(azure.writes().map(({ method }) => method)).toEqual(["PUT"]);
  },
);

throughBothFronts("a creation that goes on for longer than two runs is recorded all the while", async ({ up }) => {
  const { azure, id, program } = await newWorld("create", before);
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT" });
  const first = await up(azure.env, undefined, { ...program, ...impatient });

  const second = await up(azure.env, first.recorded, { ...program, ...impatient });
  expect(second.errors[0]).toContain("bv-payroll");
  expect(second.recorded?.initErrors).toBeDefined();

  azure.faults.clear();
  const third = await up(azure.env, second.recorded, program);
  expect(third.errors).toEqual([]);
  expect(unlike({ azure, id, program }, third)).toEqual([]);
});

throughBothFronts("a creation that is recorded but never began is begun by the next up", async ({ up }) => {
  const { azure, id, program } = await newWorld("create", before);
  azure.faults.add({ kind: "dropBefore", method: "PUT", times: "always" });
  const first = await up(azure.env, undefined, { ...program, ...impatient });
  expect(first.recorded?.id).toBe(id);
  expect(azure.vault(id)).toBeUndefined();

  azure.faults.clear();
  const next = await up(azure.env, first.recorded, program);
  expect(next.errors).toEqual([]);
  expect(unlike({ azure, id, program }, next)).toEqual([]);
});

throughBothFronts("a creation that is recorded but never began can be destroyed", async ({ up, destroy }) => {
  const { azure, program } = await newWorld("create", before);
  azure.faults.add({ kind: "dropBefore", method: "PUT", times: "always" });
  const first = await up(azure.env, undefined, { ...program, ...impatient });

  azure.faults.clear();
  const recorded = first.recorded && { ...first.recorded, outputs: { ...first.recorded.outputs, ...patient } };
  expect(await destroy(azure.env, recorded)).toEqual({ errors: [], warnings: [] });
});

throughBothFronts("a creation whose answer got lost waits for its own first try", async ({ up }) => {
  const { azure, id, program } = await newWorld("create", before, { operationMs: 3_000 });
  azure.faults.add({ kind: "dropAfter", method: "PUT" });

  const run = await up(azure.env, undefined, { ...program, ...patient });
  expect(run.errors).toEqual([]);
  expect(unlike({ azure, id, program }, run)).toEqual([]);
});

throughBothFronts(
  "a creation whose answer got lost is recorded, though its first try does not end in time",
  async ({ up }) => {
    const { azure, id, program } = await newWorld("create", before, { operationMs: 5_000 });
    azure.faults.add({ kind: "dropAfter", method: "PUT" });

    const first = await up(azure.env, undefined, { ...program, ...impatient });
    expect(first.errors).toHaveLength(1);
    expect(first.recorded?.id).toBe(id);

    const next = await up(azure.env, first.recorded, { ...program, ...patient });
    expect(next.errors).toEqual([]);
    expect(unlike({ azure, id, program }, next)).toEqual([]);
  },
);

throughBothFronts("a vault that somebody creates in the same moment is not taken for ours", async ({ up }) => {
  const { azure, id, program } = await newWorld("create", before);
  azure.faults.add({ kind: "status", status: 409, code: "Conflict", method: "PUT" });
  const run = await up(azure.env, undefined, program);
  expect(run.errors).toEqual([expect.stringContaining("HTTP 409")]);
  expect(run.recorded).toBeUndefined();
  expect(azure.vault(id)).toBeUndefined();
});

for (const [how, wanted] of [
  ["PUT", after],
  ["PATCH", patched],
] as const) {
  throughBothFronts(
    `an update by ${how} that Azure begins and fails at is written again by the next up`,
    async ({ up }) => {
      const { azure, id, program, recorded } = await newWorld("update", wanted);
      azure.faults.add({ ...failed, method: how });

      const first = await up(azure.env, recorded, program);
      expect(first.errors).toEqual([expect.stringContaining("Try again later.")]);
      expect(first.recorded).toEqual(recorded);
      expect(azure.vault(id)?.properties.provisioningState).toBe("Failed");

      const next = await up(azure.env, first.recorded, program);
      expect(next.errors).toEqual([]);
      expect(unlike({ azure, id, program }, next)).toEqual([]);
    },
  );

  throughBothFronts(`an update by ${how} that never ends says so, and the next up waits for it`, async ({ up }) => {
    const { azure, id, program, recorded } = await newWorld("update", wanted);
    azure.faults.add({ kind: "operationNeverEnds", method: how });

    const first = await up(azure.env, recorded, { ...program, ...impatient });
    expect(first.errors).toEqual([expect.stringContaining("still working")]);

    setTimeout(() => azure.faults.clear(), 1_000);
    const next = await up(azure.env, first.recorded, { ...program, ...patient });
    expect(next.errors).toEqual([]);
    expect(unlike({ azure, id, program }, next)).toEqual([]);
  });
}

throughBothFronts(
  "a deletion that Azure begins and fails at keeps the vault, and the next destroy deletes it",
  async ({ destroy }) => {
    const { azure, id, recorded } = await newWorld("delete", before);
    azure.faults.add({ ...failed, method: "DELETE" });

    const first = await destroy(azure.env, recorded);
    expect(first.errors).toEqual([expect.stringContaining("Try again later.")]);
    expect(first.recorded).toEqual(recorded);

    expect(await destroy(azure.env, first.recorded)).toEqual({ errors: [], warnings: [] });
    expect(azure.vault(id)).toBeUndefined();
  },
);

throughBothFronts(
  "a deletion that never ends keeps the vault in the state until it is really gone",
  async ({ destroy }) => {
    const { azure, id, recorded } = await newWorld("delete", before);
    azure.faults.add({ kind: "operationNeverEnds", method: "DELETE" });

    const first = await destroy(azure.env, recorded && { ...recorded, outputs: { ...recorded.outputs, ...impatient } });
    expect(first.errors).toEqual([expect.stringContaining("still working")]);
    expect(first.recorded?.id).toBe(id);

    setTimeout(() => azure.faults.clear(), 1_000);
    expect(await destroy(azure.env, recorded)).toEqual({ errors: [], warnings: [] });
    expect(azure.vault(id)).toBeUndefined();
  },
);

throughBothFronts(
  "a vault that a stale read does not show after its creation is recorded all the same",
  async ({ up }) => {
    const { azure, id, program } = await newWorld("create", before);
    azure.faults.add({ kind: "stale", method: "GET", path: /backupVaults\/[^/]+\?/, after: 2 });

    const first = await up(azure.env, undefined, program);
    const next = await up(azure.env, first.recorded, program);
    expect(next.errors).toEqual([]);
    expect(unlike({ azure, id, program }, next)).toEqual([]);
  },
);

throughBothFronts(
  "where nobody can sign in, each vault's failure says why, and which vault it is about",
  async ({ up }) => {
    const { azure, id, program } = await newWorld("create", before);
    azure.faults.add({ kind: "status", status: 403, path: "openid-configuration", times: "always" });

    const { errors, warnings, recorded } = await up(azure.env, undefined, { ...program, ...impatient });
    expect(warnings).toEqual([
      expect.stringContaining("could not be read: Could not sign in to Azure"),
      expect.stringMatching(/^soft-delete-not-always-on: /),
    ]);
    expect(errors).toEqual([
      expect.stringContaining(`Backup vault "${program.vaultName}": Could not sign in to Azure`),
    ]);
    expect(errors[0]).toContain("gave no usable response");
    expect(recorded).toBeUndefined();
    expect(azure.vault(id)).toBeUndefined();
  },
);
