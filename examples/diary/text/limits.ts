/** How long things may be: all but `tags` in graphemes. */
export type Limits = {
  readonly title: number;
  readonly content: number;
  /** How many tags an entry may have. */
  readonly tags: number;
  /** Of a value in a prompt; longer ones are cut there. */
  readonly value: number;
};
