/** One planted fault: in this file, this text, which must stand there once, becomes that one. */
export type Mutant = {
  readonly name: string;
  /** Beside `src/`. */
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
};
