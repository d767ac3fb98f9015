/** What the exit code of a command says. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  configuration: 3,
  interrupted: 130,
  /** Whoever read the output left: what a shell reports of any command then. */
  readerLeft: 141,
  terminated: 143,
} as const;

/** The codes in words, for `--help`. */
export const exitCodeHelp = `
Exit codes:
  0    done: answered, usable, written
  1    failed: no complete answer, errors in the file, nothing written; diff: different
  2    the command was not given as it must be
  3    the configuration cannot be used
  130  interrupted with Ctrl-C (143: terminated; 141: the reader of the output left)`;
