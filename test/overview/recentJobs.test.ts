import { recentJobs } from "../../provider/overview/jobs.js";

const now = Date.parse("2026-11-21T12:00:00Z");
const job = (startTime: string | undefined, status = "Completed", operation = "Backup") => ({
  operation,
  status,
  startTime,
});

test("only the last seven days count, and a job that has no time yet", () => {
  const jobs = [
    job("2026-11-21T11:59:00Z"),
    job("2026-11-14T12:00:00Z"),
    job("2026-11-14T11:59:59.9999999Z"),
    job(undefined),
  ];
  expect(recentJobs(jobs, now)).toEqual([{ operation: "Backup", status: "Completed", count: 3 }]);
});

test("each operation and status is counted by itself, in one order", () => {
  const today = "2026-11-21T06:00:00Z";
  const jobs = [job(today, "Failed"), job(today, "Completed", "Restore"), job(today), job(today, "Failed")];
  expect(recentJobs(jobs, now).map(({ operation, status, count }) => `${operation} ${status} ${count}`)).toEqual([
    "Backup Completed 1",
    "Backup Failed 2",
    "Restore Completed 1",
  ]);
});
