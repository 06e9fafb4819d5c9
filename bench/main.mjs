// `npm run bench`: what this package costs, compared with an empty dynamic provider in the same run, because machines are
// noisy. `-- --quick` leaves out the 1,000 vaults. Prints the tables in the README, and the cost of a request to the emulator
// with few and many vaults. `-- --terraform` prints only both fronts beside Terraform, with 100 vaults or as many as it says, and
// `-- --review` only the cost of a review. `-- --instances` prints only the calls of 10 vaults with 100 backup instances each, and of
// as many with protected items, or as many as it says.
import { emulatorRows } from "./emulator.mjs";
import { instancesOf, itemsOf } from "./instances.mjs";
import { loadingMs } from "./loading.mjs";
import { project } from "./project.mjs";
import { reviewOf } from "./review.mjs";
import { sideBySide } from "./sideBySide.mjs";

const line = (cells) => `| ${cells.join(" | ")} |`;
const terraform = process.argv.indexOf("--terraform");
if (terraform >= 0) {
  console.log((await sideBySide(Number(process.argv[terraform + 1] ?? 100), progress)).map(line).join("\n"));
  process.exit();
}

const header = ["", "this package", "empty provider", "ratio", ""];
const rows = [];
if (process.argv.includes("--review")) {
  addReview();
  printRows();
  process.exit();
}

if (process.argv.includes("--instances")) {
  const [vaults, each] = process.argv.slice(process.argv.indexOf("--instances") + 1).map(Number);
  for (const measured of [instancesOf, itemsOf])
    console.log(`${(await measured(vaults || 10, each || 100, progress)).map(line).join("\n")}\n`);
  process.exit();
}

const sizes = process.argv.includes("--quick") ? [1, 100] : [1, 100, 1000];

for (const count of sizes) {
  const plain = await project("plain vaults", count);
  const whole = await project("vaults with every argument", count);
  const other = await project("Recovery Services vaults", count);
  const empty = await project("empty", count);
  try {
    progress(`${count}: create`);
    const created = {
      plain: await plain.up(),
      whole: await whole.up(),
      other: await other.up(),
      empty: await empty.up(),
    };
    const requests = summary(await plain.requests(), count);
    const otherRequests = summary(await other.requests(), count);
    const before = await requestsOf(plain, whole, other);

    const previews = { plain: [], whole: [], other: [], empty: [] };
    for (let round = 0; round < (count < 1000 ? 5 : 3); round++) {
      progress(`${count}: preview without changes, round ${round + 1}`);
      previews.empty.push(await empty.preview());
      previews.plain.push(await plain.preview());
      previews.whole.push(await whole.preview());
      previews.other.push(await other.preview());
    }
    const asked = `${(await requestsOf(plain, whole, other)) - before} calls to Azure`;
    const emptyPreview = median(previews.empty);
    row(`preview without changes, ${count}`, median(previews.plain), emptyPreview, asked);
    row(`preview without changes, ${count} with every argument`, median(previews.whole), emptyPreview, asked);

    row(`preview without changes, ${count} Recovery Services`, median(previews.other), emptyPreview, asked);

    row(`create ${count}`, created.plain, created.empty, requests);
    row(`create ${count} Recovery Services`, created.other, created.empty, otherRequests);
    progress(`${count}: destroy`);
    const destroyed = { plain: await plain.destroy(), other: await other.destroy(), empty: await empty.destroy() };
    row(`destroy ${count}`, destroyed.plain, destroyed.empty, "");
    row(`destroy ${count} Recovery Services`, destroyed.other, destroyed.empty, "");
    if (count === 100) {
      rows.push(["state of one vault", kB(plain.createdBytes / count), kB(empty.createdBytes / count), "", ""]);
      rows.push(["state of one Recovery Services vault", kB(other.createdBytes / count), "", "", ""]);
      rows.push(["state of one vault with every argument", kB(whole.createdBytes / count), "", "", ""]);
    }
  } finally {
    for (const stack of [plain, whole, other, empty]) stack.remove();
  }
}
progress("loading the handler");
rows.push(["loading the handler into Pulumi's host", `${loadingMs().toFixed(0)} ms`, "", "", "median of 11"]);
addReview();

const comparison = await sideBySide(100, progress);

progress("the emulator among few and many vaults");
const emulatorHeader = ["one request to the emulator", "among 10 vaults", "among 1,000", "ratio"];
const emulator = await emulatorRows();

printRows();
console.log(`\n${[line(emulatorHeader), line(emulatorHeader.map(() => "---")), ...emulator.map(line)].join("\n")}`);
console.log(`\n${comparison.map(line).join("\n")}`);

function addReview() {
  progress("review of 10,000 changes");
  const { reviewing, reading } = reviewOf(10_000);
  row(
    "review of 10,000 changed vaults, compared with only reading the preview",
    reviewing.seconds,
    reading.seconds,
    `processor time; peak memory ${reviewing.megabytes.toFixed(0)} MB and ${reading.megabytes.toFixed(0)} MB`,
  );
}

function printRows() {
  console.log([line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n"));
}

function row(name, ours, empty, note) {
  rows.push([name, `${ours.toFixed(2)} s`, `${empty.toFixed(2)} s`, (ours / empty).toFixed(2), note]);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(2)} kB`;
}

async function requestsOf(...stacks) {
  const all = await Promise.all(stacks.map((stack) => stack.requests()));
  return all.flat().length;
}

/** Such as `2 GET, 1 PUT, 1 poll per vault`. */
function summary(requests, count) {
  const kinds = requests.map(({ method, path }) => (/operation(Status|Results)/i.test(path) ? "poll" : method));
  const of = (kind) => `${(kinds.filter((each) => each === kind).length / count).toFixed(0)} ${kind}`;
  return `${[...new Set(kinds)].map(of).join(", ")} per vault`;
}

function progress(text) {
  console.error(`bench: ${text}`);
}
