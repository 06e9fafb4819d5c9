import * as pulumi from "@pulumi/pulumi";
import type { BackupVault } from "./backupVault.js";

/** A Backup vault of this program, or the ARM id of any. */
export type VaultArgument = BackupVault | pulumi.Input<string>;

const isVault = (vault: VaultArgument | undefined): vault is BackupVault =>
  pulumi.CustomResource.isInstance(vault) && "vaultId" in vault;

export const idOf = (vault: VaultArgument): pulumi.Input<string> => (isVault(vault) ? vault.vaultId : vault);

/** What belongs to a vault of this program goes when the vault goes, without a request of its own. */
export const withVault = (
  vault: VaultArgument | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions => ({ ...(isVault(vault) && { deletedWith: vault }), ...opts });

export type Apart = Set<"identity" | "encryption">;

const apartOf = new WeakMap<object, Apart>();

/** A resource of its own sets this of the vault: told to the vault, so that an inline setting can go over to it. */
export function setApart(vault: VaultArgument, setting: "identity" | "encryption"): void {
  if (isVault(vault)) apartOf.get(vault)?.add(setting);
}

/** From now on, `apart` is what other resources set of the vault. */
export const rememberApart = (vault: BackupVault, apart: Apart): void => {
  apartOf.set(vault, apart);
};

/** The same when the program has made the resources that it makes together with the vault. */
export const whenComplete = (apart: Apart): Promise<string[] | undefined> =>
  new Promise((done) => {
    setImmediate(() => done(apart.size > 0 ? [...apart] : undefined));
  });
