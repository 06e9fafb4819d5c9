export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON. Nothing is sent for undefined. */
  body?: unknown;
  /** Sent as it is: a text, with its type among the headers. */
  isText?: boolean;
}

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 200, body, headers });
export const noContent: Reply = { status: 204 };
