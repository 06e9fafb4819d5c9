// Runs in the browser, as it stands here. Everything that it shows is set as text: names may hold anything.
const main = document.getElementById("main");
const status = document.getElementById("status");
/** The keys of what somebody has opened: it stays open when the page is drawn anew. */
const opened = new Set();
let drawn = "";
let reading = false;
let again = false;

const events = new EventSource("/emulator/events");
events.onmessage = read;
events.onerror = () => say("lost", "The emulator does not answer. The page shows its last known contents.");

async function read() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  try {
    const response = await fetch("/emulator/world");
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    if (text !== drawn) draw(JSON.parse(text));
    drawn = text;
    say("live", `Live, last changed ${new Date().toLocaleTimeString()}`);
    // Nobody asks for what ends by itself.
    if (JSON.parse(text).running > 0) setTimeout(read, 1000);
  } catch (error) {
    say("lost", `The emulator does not answer: ${error.message}`);
  }
  reading = false;
  if (again) {
    again = false;
    read();
  }
}

function say(kind, text) {
  status.className = kind;
  status.textContent = text;
}

function draw(world) {
  const focused = document.activeElement?.closest("details")?.dataset.key;
  document.getElementById("summary").textContent =
    `${location.origin}, subscription ${world.subscriptionId}` +
    (world.running > 0 ? `, ${count(world.running, "operation")} running` : "");
  main.replaceChildren(
    section("vaults", "Vaults", world.totals.vaults, world.vaults, vaultsTable),
    section("guards", "Resource guards", world.totals.resourceGuards, world.resourceGuards, guardsTable),
    section("keys", "Keys", world.totals.keyStores, world.keyStores, keysTable, "key store"),
    section("requests", "Last requests", world.requests.length, world.requests, requestsTable),
    section("resources", "Other resources", world.totals.resources, world.resources, resourcesTable),
    ...(world.faults.length > 0 ? [section("faults", "Faults", world.faults.length, world.faults, faultsTable)] : []),
    connect(world.clients),
  );
  if (focused !== undefined) {
    [...document.querySelectorAll("details")].find(({ dataset }) => dataset.key === focused)?.firstChild.focus();
  }
}

function section(id, title, total, items, content, unit) {
  const many = total > items.length ? `${items.length} of ${total}` : unit ? count(total, unit) : String(total);
  const heading = make("h2", {}, title, " ", make("small", {}, many));
  return panel(id, heading, items.length > 0 ? content(items) : make("p", { className: "empty" }, "None yet."));
}

function panel(id, heading, ...inside) {
  heading.id = `${id}-heading`;
  const made = make("section", { id }, heading, make("div", { className: "panel" }, ...inside));
  made.setAttribute("aria-labelledby", heading.id);
  return made;
}

function vaultsTable(vaults) {
  return table(
    ["Vault", "Kind", "Region", "State", "Settings", "Contents"],
    vaults.map((vault) => [
      make("div", {}, vault.name, make("div", { className: "quiet" }, vault.resourceGroup)),
      vault.type.includes("RecoveryServices") ? "Recovery Services" : "Backup vault",
      vault.location,
      state(vault.isDeleted ? "SoftDeleted" : vault.state),
      make(
        "div",
        {},
        settings(vault.settings),
        details(`${vault.id} body`, "As Azure shows it", make("pre", {}, JSON.stringify(vault.body, null, 2))),
      ),
      contents(vault),
    ]),
  );
}

function settings(values) {
  const entries = Object.entries(values).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  return make("dl", { className: "settings" }, ...entries);
}

function contents({ id, contents: lists }) {
  const all = Object.entries(lists).map(([kind, items]) => {
    const lines = items.map(({ name, state: how, lines: more }) =>
      make("li", {}, name, " ", state(how), ...more.map((line) => make("div", { className: "quiet" }, line))),
    );
    return details(`${id} ${kind}`, `${words(kind)} (${items.length})`, make("ul", {}, ...lines));
  });
  return all.length > 0 ? make("div", {}, ...all) : make("span", { className: "quiet" }, "nothing");
}

function guardsTable(guards) {
  return table(
    ["Guard", "Region", "Protects the vaults", "Excludes", "May do what it protects"],
    guards.map(({ name, resourceGroup, location: region, vaults, excludes, consents }) => [
      make("div", {}, name, make("div", { className: "quiet" }, resourceGroup)),
      region,
      vaults.length > 0 ? vaults.join(", ") : make("span", { className: "quiet" }, "no vault"),
      excludes.length > 0 ? list(excludes) : make("span", { className: "quiet" }, "nothing"),
      list(consents),
    ]),
  );
}

function keysTable(stores) {
  const rows = stores.flatMap(({ name: store, keys }) =>
    keys.length === 0
      ? [[make("span", { className: "quiet" }, "no key"), store, "", "", "", ""]]
      : keys.map((key) => [
          make("div", {}, key.name, make("div", { className: "quiet" }, count(key.versions, "version"))),
          store,
          key.kind,
          state(key.enabled ? "Enabled" : "Disabled"),
          key.usedBy.length > 0 ? key.usedBy.join(", ") : make("span", { className: "quiet" }, "no vault"),
          list(key.users.map(({ name, may }) => `${name}: ${may.join(", ")}`)),
        ]),
  );
  return table(["Key", "In", "Type", "State", "Encrypts", "Can be used by"], rows);
}

function requestsTable(requests) {
  return table(
    ["Time", "Status", "Method", "Path", "Client"],
    requests.map(({ at, status: code, method, path, client }) => [
      make("span", { className: "number" }, new Date(at).toLocaleTimeString()),
      make("span", { className: code === 0 || code >= 400 ? "bad" : "good" }, code === 0 ? "none" : String(code)),
      method,
      make("code", {}, path),
      make("span", { className: "quiet" }, client.length > 60 ? `${client.slice(0, 60)}…` : client),
    ]),
  );
}

function resourcesTable(resources) {
  return table(
    ["Name", "Type", "Resource group", "Region"],
    resources.map(({ name, type, resourceGroup, location: region }) => [name, type, resourceGroup, region]),
  );
}

function faultsTable(faults) {
  return table(
    ["Kind", "Meets"],
    faults.map(({ kind, ...rest }) => [kind, make("code", {}, JSON.stringify(rest))]),
  );
}

function connect(clients) {
  const all = clients.map(({ name, shell, program }) => {
    const code = program === undefined ? [] : [make("p", {}, "In the program:"), make("pre", {}, program)];
    return details(`connect ${name}`, name, make("pre", {}, shell), ...code);
  });
  return panel("connect", make("h2", {}, "Connect a client"), ...all);
}

/** The first cell of a row names it. */
function table(heads, rows) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...cells]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...cells.map((cell) => make("td", {}, cell))),
  );
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

function details(key, summary, ...inside) {
  const made = make("details", { open: opened.has(key) }, make("summary", {}, summary), ...inside);
  made.dataset.key = key;
  made.addEventListener("toggle", () => (made.open ? opened.add(key) : opened.delete(key)));
  return made;
}

function list(texts) {
  if (texts.length === 0) return make("span", { className: "quiet" }, "nobody");
  return make("ul", {}, ...texts.map((text) => make("li", {}, text)));
}

function state(text) {
  const isGood = /^(Succeeded|Enabled|Completed|ProtectionConfigured|Protected|Registered)$/.test(text);
  const isBad = /Failed|Error|Disabled|SoftDeleted|Stopped/.test(text);
  return make("span", { className: isGood ? "good" : isBad ? "bad" : "busy" }, text);
}

/** Text is set as text, never as HTML. */
function make(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function count(number, unit) {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

/** "deletedInstances" as people write it. */
function words(name) {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase());
}
