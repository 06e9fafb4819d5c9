// `npm run bench`: what this package costs, beside an empty dynamic provider in the same run, for the machine is noisy.
// `-- --quick` leaves out the thousand. Prints the table that the README carries.
import { loadingMs } from "./loading.mjs";
import { project } from "./project.mjs";

const quick = process.argv.includes("--quick");
const sizes = quick ? [1, 100] : [1, 100, 1000];
const rows = [];

for (const count of sizes) {
  progress(`${count} vaults: create`);
  const ours = await project("vaults", count);
  const empty = await project("empty", count);
  try {
    const created = { ours: await ours.up(), empty: await empty.up() };
    const requests = summary(await ours.requests(), count);
    progress(`${count} vaults: preview without changes`);
    const before = (await ours.requests()).length;
    const previews = { ours: [], empty: [] };
    for (let round = 0; round < (count < 1000 ? 5 : 3); round++) {
      previews.empty.push(await empty.preview());
      previews.ours.push(await ours.preview());
    }
    const calls = (await ours.requests()).length - before;
    row(
      `preview without changes, ${count}`,
      median(previews.ours),
      median(previews.empty),
      "s",
      `${calls} calls to Azure`,
    );
    const bytes = ours.stateBytes() / count;
    progress(`${count} vaults: destroy`);
    const destroyed = { ours: await ours.destroy(), empty: await empty.destroy() };
    row(`create, ${count}`, created.ours, created.empty, "s", requests);
    row(`destroy, ${count}`, destroyed.ours, destroyed.empty, "s", "");
    if (count === 100)
      rows.push(["state for each vault, every argument set", `${(bytes / 1000).toFixed(2)} kB`, "", "", "of 100"]);
  } finally {
    await ours.remove();
    await empty.remove();
  }
}
progress("loading the handler");
rows.push(["loading the handler into Pulumi's host", `${(await loadingMs()).toFixed(0)} ms`, "", "", "median of 11"]);

const header = ["", "this package", "empty provider", "ratio", ""];
const line = (cells) => `| ${cells.join(" | ")} |`;
console.log([line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n"));

function row(name, ours, empty, unit, note) {
  rows.push([name, `${ours.toFixed(2)} ${unit}`, `${empty.toFixed(2)} ${unit}`, (ours / empty).toFixed(2), note]);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function progress(text) {
  console.error(`bench: ${text}`);
}

/** Such as `2 GET, 1 PUT, 1 poll for each`. */
function summary(requests, count) {
  const kinds = requests.map(({ method, path }) => (/operation(Status|Results)/i.test(path) ? "poll" : method));
  const of = (kind) => `${(kinds.filter((each) => each === kind).length / count).toFixed(0)} ${kind}`;
  return `${[...new Set(kinds)].map(of).join(", ")} for each`;
}
