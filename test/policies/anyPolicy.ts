import fc from "fast-check";
import { dataSourceNames, dataSourceOf } from "../../provider/policies/dataSources.js";

/** Any policy that a data source can have, in the short form. */
export const anyPolicyOf = (vault: string) =>
  fc.constantFrom(...dataSourceNames).chain((dataSource) => {
    const { scheduled, markers, continuous } = dataSourceOf(dataSource);
    const keep = fc.integer({ min: 1, max: 18 }).map((days) => `P${days}D`);
    const first = fc
      .subarray([...markers])
      .chain((some) =>
        fc.tuple(
          ...some.map((of) =>
            keep.chain((each) =>
              fc
                .constantFrom(...[undefined, ...scheduled.copiedTo])
                .map((store) => ({ keep: each, of, ...(store && { store }) })),
            ),
          ),
        ),
      );
    const schedule = fc.constantFrom(...scheduled.every).chain((every) =>
      fc.record({
        every: fc.constant(every),
        at: fc.constantFrom("00:00", "02:30", "23:59"),
        timeZone: fc.constantFrom("UTC", "W. Europe Standard Time", "India Standard Time", "AUS Eastern Standard Time"),
        ...(every === "P1W" && { on: fc.subarray(["Sunday", "Tuesday", "Saturday"], { minLength: 1 }) }),
      }),
    );
    const operational = continuous ? fc.constantFrom([], [{ keep: "P30D", store: continuous.store }]) : fc.constant([]);
    const planned = fc.tuple(schedule, keep, first, operational).map(([given, usual, tagged, more]) => ({
      schedule: given,
      retention: [{ keep: usual }, ...tagged, ...more],
    }));
    return planned.map(
      (contents): Record<string, unknown> => ({ vault, policyName: "daily", dataSource, ...contents }),
    );
  });
