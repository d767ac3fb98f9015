/** A request as it reached a simulated provider; names of headers are in lower case. */
export type LabRequest = {
  readonly method: string;
  /** With its query, if any. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
