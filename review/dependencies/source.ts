import type { BackedUp } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { Place } from "./backupPlace.js";
import type { PartlyShownStorage } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import { accountNameIn } from "./storageAccounts.js";

/** What a backup instance or protected item backs up of a storage account, or of a cluster into one. */
export interface Source extends BackedUp {
  id: string;
  vault: BackedUp["vault"] & { id: string };
  /** `unknown`: a cluster is backed up into it, and the preview hides a part of where that is. */
  accountId: Maybe<string>;
  /** A file share by its name, a cluster by what it is backed up into. Undefined: the account's blobs. */
  share?: string;
  cluster?: PartlyShownStorage;
  /** The containers that the backup in the vault is of. `unknown`: that is not known. Undefined: the instance names none. */
  containers?: Maybe<readonly string[]>;
  place: Place;
  /** Its backup is stopped: no more are made. */
  isStopped: boolean;
  /** Whether backups of blobs go into the vault by object replication. Undefined: it is of no blobs. */
  isReplicated?: () => Promise<Truth>;
}

/** One of which it is not read yet where its backups are. */
export type Found = Omit<Source, "place"> & {
  placed(): Place | Promise<Place>;
  /** Whether it is stopped, by what the run writes of it. */
  stoppedByRun?: boolean;
};

/** The name of the storage account, which the preview may show though it hides a part of the ID. */
export const storageNameOf = ({ accountId, cluster }: Pick<Source, "accountId" | "cluster">): Maybe<string> =>
  accountId === unknown ? (cluster?.accountName ?? unknown) : accountNameIn(accountId);

/** Of a cluster, every backup is made there first. The vault has copies. If it is not known where, no account has that ID. */
export const intoStorage = (
  storage: PartlyShownStorage | undefined,
  clusterId: string,
): Pick<Found, "accountId" | "cluster" | "placed"> => ({
  accountId: storage?.accountId ?? "",
  cluster: storage ?? { clusterId, accountId: "" },
  placed: () => "account",
});
