export type HttpResponse = "yes" | "no" | "unknown";

/** What an identity may do with a key. */
export interface Access {
  get: HttpResponse;
  wrap: HttpResponse;
  unwrap: HttpResponse;
  /** True where access policies decide, or a deny assignment: then "no" is a proof. */
  proven: boolean;
  /** The deny assignment that takes rights away. */
  deniedBy?: string;
  /** Why deny assignments could not be read. */
  unseen?: string;
}

export type Rights = Pick<Access, "get" | "wrap" | "unwrap">;
