const usual = "config/llm_configuration.json";

/** What the help of an option or argument says of the file it may leave out. */
export const orUsual = `(default: STANDIN_CONFIG or ${usual})`;

/** The configuration file as given, else the variable's, else the usual one. */
export function fileOr(given: string | undefined): string {
  // A variable that is empty is meant to be unset.
  return given ?? (process.env["STANDIN_CONFIG"] || usual);
}
