import type { Azure } from "../azure/azure.js";
import { clientNames, instructionsFor, type Reached } from "../control/clients.js";
import { faultJson } from "../state/faults.js";
import type { JournalEntry } from "../state/journal.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { type ContentView, contentsOf, isBody, recordsOf } from "./contentsView.js";
import { isKeyStore, type KeyStoreView, keyStores } from "./keyStores.js";
import { type ResourceGuardView, resourceGuards } from "./resourceGuards.js";
import { vaultSettings } from "./vaultView.js";

/** What is in an emulator now, for people to look at. Lists are cut; `totals` says how long they are. */
interface WorldView {
  subscriptionId: string;
  /** Operations that have not ended. */
  running: number;
  totals: { vaults: number; resourceGuards: number; keyStores: number; resources: number };
  vaults: VaultView[];
  resourceGuards: ResourceGuardView[];
  keyStores: KeyStoreView[];
  /** Everything else that Resource Manager knows. */
  resources: ResourceView[];
  faults: object[];
  /** The newest first. */
  requests: JournalEntry[];
  clients: { name: string; shell: string; program?: string }[];
}

interface ResourceView {
  id: string;
  name: string;
  type: string;
  resourceGroup: string;
  location: string;
}

interface VaultView extends ResourceView {
  /** Soft-deleted as a whole. */
  isDeleted: boolean;
  state: string;
  /** The settings that matter most, in Azure's words. */
  settings: Record<string, string>;
  /** All that Azure shows. */
  body: ArmResource;
  /** What is in it: instances, policies, jobs and so on, as the emulator calls them. */
  contents: Record<string, ContentView[]>;
}

/** More is no use to eyes, and slow in a browser. */
const shown = 200;

export function worldView({ world, faults, journal }: Azure, reached: Reached): WorldView {
  return {
    ...viewOf(world),
    faults: faults.all().map(faultJson),
    requests: journal.last(shown).map(({ requestBody, ...entry }) => entry),
    clients: clientNames.map((name) => ({ name, ...instructionsFor(name, reached) })),
  };
}

/** What Azure knows, without what it was asked. */
export function viewOf(world: World): Omit<WorldView, "faults" | "requests" | "clients"> {
  const vaults = vaultsOf(world);
  const stores = Object.values(world).flatMap(recordsOf).filter(isKeyStore);
  const resources = othersOf(world);
  return {
    subscriptionId: world.subscriptionId,
    running: world.running.size,
    totals: {
      vaults: vaults.length,
      resourceGuards: world.resourceGuards.size,
      keyStores: stores.length,
      resources: resources.length,
    },
    vaults: vaults.slice(0, shown).map(([body, record, isDeleted]) => vaultView(body, record, isDeleted)),
    resourceGuards: resourceGuards(world, [...world.resourceGuards.values()].slice(0, shown)),
    keyStores: keyStores(world, stores.slice(0, shown)),
    resources: resources.slice(0, shown).map(resourceView),
  };
}

function vaultsOf(world: World): [body: ArmResource, record: object, isDeleted: boolean][] {
  const live = [world.vaults, world.recoveryServicesVaults].flatMap((vaults) => [...vaults.values()]);
  const deleted = [world.deletedVaults, world.deletedRecoveryServicesVaults].flatMap((vaults) => [...vaults.values()]);
  return [
    ...live.map((record): [ArmResource, object, boolean] => [record.body, record, false]),
    ...deleted.map(({ record }): [ArmResource, object, boolean] => [record.body, record, true]),
  ];
}

/** Also of kinds that came later than this page. */
function othersOf(world: World): ArmResource[] {
  const { vaults, recoveryServicesVaults, resourceGuards: guards, ...others } = world;
  const { deletedVaults, deletedRecoveryServicesVaults, lastDeletedVaults, ...rest } = others;
  return Object.values(rest)
    .flatMap((member) => recordsOf(member).map((record) => record.body ?? record))
    .filter(isBody);
}

function vaultView(body: ArmResource, record: object, isDeleted: boolean): VaultView {
  return {
    ...resourceView(body),
    isDeleted,
    state: String(body.properties.provisioningState ?? ""),
    settings: vaultSettings(body),
    body,
    contents: contentsOf(record),
  };
}

function resourceView({ id, name, type, location }: ArmResource): ResourceView {
  return { id, name, type, resourceGroup: id.split("/")[4] ?? "", location: location ?? "" };
}
