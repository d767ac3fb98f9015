/** An error as a vendor states it; the form it is sent in decides what of it shows. */
export type VendorError = {
  readonly status: number;
  readonly message: string;
  /** `code` of native DashScope, `error.code` of everybody else. */
  readonly code: string | null;
  /** How DashScope spells the code in its OpenAI-compatible mode. */
  readonly compatibleCode?: string;
  /** `error.type`; left out, DashScope's is the code. */
  readonly type?: string | null;
  readonly param?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in no envelope. */
  readonly plain?: { readonly contentType: string; readonly body: string };
  /** On a compatible stream the body is framed as an event, though the status is not 200. */
  readonly framed?: boolean;
  /** The front door says it, before anything knows of streams: always a status, never an event. */
  readonly atTheDoor?: boolean;
};
