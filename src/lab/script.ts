import type { Random } from "../ports.ts";
import type { Fault } from "./fault.ts";
import type { LabRequest } from "./request.ts";

/** What one request meets. */
export type Turn = Fault | "well";

/**
 * What the requests to one provider meet: a list is used up one a request, then all is well;
 * a function is asked with the number of the request, counted from 1.
 */
export type Script =
  | readonly Turn[]
  | { readonly always: Fault }
  | ((number: number, request: LabRequest, random: Random) => Turn);

/** Every request meets this fault, until the script changes. */
export function always(fault: Fault): Script {
  return { always: fault };
}

/** A script and how far it has been played. */
export type ScriptPlayer = {
  replace(script: Script): void;
  /** What the next request meets, where that does not depend on the request. */
  peek(): Turn | null;
  next(request: LabRequest, random: Random): Turn;
  /** Leaves out the next turn; a standing fault stands no more. */
  skip(): void;
};

/** A player at the start of its script. */
export function playScript(first: Script): ScriptPlayer {
  let script = first;
  let played = 0;
  return {
    replace(next) {
      script = next;
      played = 0;
    },
    peek() {
      if (typeof script === "function") return null;
      return "always" in script ? script.always : (script[played] ?? "well");
    },
    skip() {
      if ("always" in script) script = [];
      played += 1;
    },
    next(request, random) {
      const turn = this.peek();
      // A refusal for some time ends with the time, however many ask.
      const stands = turn !== null && turn !== "well" && turn.type === "refused" && "forMs" in turn;
      if (!stands) played += 1;
      if (turn !== null) return turn;
      return typeof script === "function" ? script(played, request, random) : "well";
    },
  };
}
