import type { Unwrap } from "@pulumi/pulumi";
import type { AzureBackupResource } from "../../provider/host/program/resource.js";
import type { BackupInstanceInputs } from "../../provider/instances/backupInstance.js";
import type { ProtectedItemInputs } from "../../provider/instances/recoveryServices/protectedItem.js";
import type { BackupPolicyInputs } from "../../provider/policies/backupPolicy.js";
import type { ProtectionPolicyInputs } from "../../provider/policies/recoveryServices/policy.js";
import type { BackupInstanceArgs } from "../../provider/resources/backupInstance.js";
import type { BackupPolicyArgs } from "../../provider/resources/backupPolicy.js";
import type { BackupVault, BackupVaultArgs } from "../../provider/resources/backupVault.js";
import type { ProtectedItemArgs } from "../../provider/resources/protectedItem.js";
import type { RecoveryServicesBackupPolicyArgs } from "../../provider/resources/recoveryServicesBackupPolicy.js";
import type {
  RecoveryServicesVault,
  RecoveryServicesVaultArgs,
} from "../../provider/resources/recoveryServicesVault.js";
import type { backupVaultOutputs, backupVaultSettings } from "../../provider/vaults/backupVault.js";
import type {
  recoveryServicesVaultOutputs,
  recoveryServicesVaultSettings,
} from "../../provider/vaults/recoveryServicesVault.js";
import type { Settings, WrittenOf } from "../../provider/vaults/setting.js";

// The classes are written out, for their docstrings. What follows does not compile where they and the tables differ.

type IsSame<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? true
    : { missing: Exclude<B, A> }
  : { unknown: Exclude<A, B> };
type Expect<T extends true> = T;

/** `check` computes it. */
type ArgumentsIn<S extends Settings> = Exclude<keyof S, "vaultId">;
type NotKept = "resourceGuardOperationRequests" | "adopt" | "undelete" | "accept" | "timeouts";
type PropertiesIn<S extends Settings, O> = Exclude<keyof S, NotKept> | keyof O;
type PropertiesOf<R> = Exclude<keyof R, keyof AzureBackupResource>;

/** A resource stands for its ID. */
type WrittenPolicy = Omit<Unwrap<Omit<BackupPolicyArgs, "vault">>, never> & { vault: string };

type WrittenProtectionPolicy = Omit<Unwrap<Omit<RecoveryServicesBackupPolicyArgs, "vault">>, never> & { vault: string };

type WrittenInstance = Omit<Unwrap<Omit<BackupInstanceArgs, "vault">>, never> & { vault: string };

type WrittenItem = Omit<Unwrap<Omit<ProtectedItemArgs, "vault">>, never> & { vault: string };

export type Checks = [
  Expect<IsSame<keyof ProtectedItemArgs, keyof ProtectedItemInputs>>,
  Expect<WrittenItem extends ProtectedItemInputs ? true : "another type">,
  Expect<ProtectedItemInputs extends WrittenItem ? true : "another type">,
  Expect<IsSame<keyof BackupInstanceArgs, Exclude<keyof BackupInstanceInputs, "instanceId">>>,
  Expect<WrittenInstance extends Omit<BackupInstanceInputs, "instanceId"> ? true : "another type">,
  Expect<Omit<BackupInstanceInputs, "instanceId"> extends WrittenInstance ? true : "another type">,
  Expect<IsSame<keyof BackupPolicyArgs, Exclude<keyof BackupPolicyInputs, "policyId">>>,
  Expect<WrittenPolicy extends Omit<BackupPolicyInputs, "policyId"> ? true : "another type">,
  Expect<Omit<BackupPolicyInputs, "policyId"> extends WrittenPolicy ? true : "another type">,
  Expect<IsSame<keyof RecoveryServicesBackupPolicyArgs, Exclude<keyof ProtectionPolicyInputs, "policyId">>>,
  Expect<WrittenProtectionPolicy extends Omit<ProtectionPolicyInputs, "policyId"> ? true : "another type">,
  Expect<Omit<ProtectionPolicyInputs, "policyId"> extends WrittenProtectionPolicy ? true : "another type">,
  Expect<IsSame<keyof BackupVaultArgs, ArgumentsIn<typeof backupVaultSettings>>>,
  Expect<IsSame<keyof RecoveryServicesVaultArgs, ArgumentsIn<typeof recoveryServicesVaultSettings>>>,
  Expect<Unwrap<BackupVaultArgs> extends WrittenOf<typeof backupVaultSettings> ? true : "another type">,
  Expect<
    Unwrap<RecoveryServicesVaultArgs> extends WrittenOf<typeof recoveryServicesVaultSettings> ? true : "another type"
  >,
  Expect<IsSame<PropertiesOf<BackupVault>, PropertiesIn<typeof backupVaultSettings, typeof backupVaultOutputs>>>,
  Expect<
    IsSame<
      PropertiesOf<RecoveryServicesVault>,
      PropertiesIn<typeof recoveryServicesVaultSettings, typeof recoveryServicesVaultOutputs>
    >
  >,
];
