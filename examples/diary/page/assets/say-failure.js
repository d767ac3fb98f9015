import { Refused } from "./ask.js";
import { say } from "./words.js";

/**
 * That something could not be read and why, in the page's own words: a browser's, and a server's,
 * are of no language of the page's.
 * @param {unknown} error
 * @param {import("./view.js").Language} lang
 * @returns {string}
 */
export function sayFailure(error, lang) {
  return say(lang, "failed", { what: why() });

  function why() {
    if (!(error instanceof Refused)) return say(lang, "gone");
    if (error.status < 500) return error.message;
    return say(lang, error.status === 503 ? "trouble" : "defect");
  }
}
