/** @typedef {import("../told-entry.ts").ToldEntry} Entry */
/** @typedef {"connecting" | "live" | "gone" | "trouble" | "full" | "replaced"} LiveState */

const silentMs = 40_000;
const firstWaitMs = 500;
const longestWaitMs = 8_000;

/**
 * Listens for new entries for as long as the page is seen, over every loss of the connection. A
 * browser has few connections to one server: a page that nobody sees leaves its own to others.
 * @param {number} after the number of the last entry that is known
 * @param {{
 *   readonly entry: (entry: Entry) => void, readonly state: (state: LiveState) => void,
 *   readonly time: (time: string) => void, readonly another: () => void,
 * }} tell `another`: it is another diary than before, to be read anew
 */
export function listen(after, tell) {
  let last = after;
  let instance = "";
  let waitMs = firstWaitMs;
  let silence = 0;
  /** @type {EventSource | null} */
  let stream = null;

  document.addEventListener("visibilitychange", () => {
    clearTimeout(silence);
    stream?.close();
    if (!document.hidden) connect();
  });
  if (!document.hidden) connect();

  function connect() {
    tell.state("connecting");
    const now = new EventSource(`/api/live?after=${last}`);
    stream = now;
    const on = (/** @type {string} */ name, /** @type {(event: MessageEvent) => void} */ act) =>
      now.addEventListener(name, (event) => {
        heard();
        act(event);
      });
    on("hello", ({ data, lastEventId }) => {
      const hello = /** @type {{ instance: string, again: boolean }} */ (JSON.parse(data));
      last = Number(lastEventId);
      waitMs = firstWaitMs;
      tell.state("live");
      const other = instance !== "" && instance !== hello.instance;
      instance = hello.instance;
      if (other || hello.again) tell.another();
    });
    on("entry", ({ data, lastEventId }) => {
      last = Number(lastEventId);
      tell.entry(/** @type {Entry} */ (JSON.parse(data)));
    });
    on("time", ({ data }) => tell.time(JSON.parse(data).time));
    on("trouble", ({ data }) => tell.state(JSON.parse(data).replaced ? "replaced" : "trouble"));
    on("full", () => lost("full"));
    on("well", () => tell.state("live"));
    on("beat", () => {});
    now.addEventListener("error", () => lost("gone"));
    heard();
  }

  // A connection can die without a word, as when a laptop sleeps.
  function heard() {
    clearTimeout(silence);
    silence = window.setTimeout(() => lost("gone"), silentMs);
  }

  /** @param {LiveState} why */
  function lost(why) {
    clearTimeout(silence);
    stream?.close();
    tell.state(why);
    silence = window.setTimeout(connect, waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }
}
