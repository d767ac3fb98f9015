/** How a toy speaks. */
export type Personality = "lively" | "calm";

/** Whose diary it is, and where the person's days begin and end. */
export type Profile = {
  readonly nickname: string;
  readonly toy: string;
  readonly personality: Personality;
  /** An IANA name, such as Asia/Shanghai. */
  readonly timeZone: string;
};
