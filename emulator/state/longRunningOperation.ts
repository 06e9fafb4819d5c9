import type { ArmResource } from "./records.js";

/** What happens in the world when the operation ends well or badly. Plain data, so that it can be kept in a file. */
export type Effect =
  | { kind: "nothing" }
  | { kind: "vaultWritten"; vaultId: string; encryptionSettings?: ArmResource }
  | { kind: "vaultDeleted"; vaultId: string; keep: boolean }
  | { kind: "instanceWritten"; vaultId: string; instance: string; state: string; policyInfo?: ArmResource }
  | { kind: "instanceDeleted"; vaultId: string; instance: string; keep: boolean }
  | { kind: "recoveryServicesVaultWritten"; vaultId: string; encryption?: ArmResource }
  | { kind: "recoveryServicesVaultDeleted"; vaultId: string }
  | { kind: "containerRegistered"; vaultId: string; key: string; container: ArmResource }
  | { kind: "containerUnregistered"; vaultId: string; key: string }
  | {
      kind: "itemProtected";
      vaultId: string;
      key: string;
      containerKey: string;
      item: ArmResource;
      container?: ArmResource;
      job: string;
    }
  | { kind: "itemDeleted"; vaultId: string; key: string; containerKey: string; job: string }
  | { kind: "resourceGroupDeleted"; groupId: string };

export interface OperationFailure {
  code: string;
  message: string;
}

export interface LongRunningOperation {
  /** Base64 of two GUIDs, as DataProtection names its operations. */
  id: string;
  effect: Effect;
  startTime: number;
  /** Infinity: it never ends. */
  endsAt: number;
  /** How it will end, or has ended. */
  failure?: OperationFailure;
  ended: boolean;
  /** Whatever key the vault has, or gets: it will do. */
  takesAnyKey?: boolean;
  /** Its address is not found, as if there were no such operation. */
  isHidden?: boolean;
  /** Its end was shown, after which its address is not found. */
  wasToldEnded?: boolean;
  /** The job that shows how it goes, in a backup vault. */
  job?: { vaultId: string; name: string };
  /** Leave the encryption settings `Inconsistent`. */
  inconsistent?: boolean;
}
