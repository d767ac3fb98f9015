import type { Agents } from "../agent/agents.ts";
import { localTime } from "../decide/local-time.ts";
import type { Profile } from "../profile.ts";
import { fieldsOf } from "../read-json.ts";
import type { Catalogue } from "./catalogue.ts";
import { checkContext } from "./check-context.ts";
import type { DiaryEvent } from "./event.ts";
import { nameForm, nameOf } from "./name-of.ts";
import { quoted } from "./quoted.ts";
import { readMoment } from "./read-moment.ts";

/** Why an event cannot be taken at all. */
export type Refusal = {
  readonly reason: "unknown_event" | "bad_event" | "bad_context";
  /** Names fields, says what they must be, and what to do. */
  readonly detail: string;
};

/** What an input came to: an event, or why it is none; `known` is what could be read of it. */
export type CheckedEvent =
  | { readonly event: DiaryEvent; readonly refusal: null }
  | { readonly event: null; readonly refusal: Refusal; readonly known: KnownParts };

/** What is known of an event that was refused. */
export type KnownParts = {
  readonly id: string | null;
  readonly name: string;
  readonly type: string | null;
  readonly user: string | null;
};

/** What an input is checked against. */
export type EventChecker = {
  readonly catalogue: Catalogue;
  readonly agents: Agents;
  profileOf(user: string): Profile;
  newId(): string;
};

const longestReason = 200;
const largest = 64 * 1_024;

const nothingKnown: KnownParts = { id: null, name: "", type: null, user: null };

/** Checks one input as of `now`; never throws for anything an input can hold. */
export function checkEvent(input: unknown, now: number, house: EventChecker): CheckedEvent {
  try {
    return checkParts(input, now, house);
  } catch (error) {
    // A getter, or a proxy, of whoever told it.
    const detail = `the event cannot be read (${reasonOf(error)}): tell it as plain data`;
    return { event: null, refusal: { reason: "bad_event", detail }, known: nothingKnown };
  }
}

function checkParts(input: unknown, now: number, house: EventChecker): CheckedEvent {
  const fields = fieldsOf(input);
  const said = nameOf(fields?.["event"]);
  const id = nameOf(fields?.["id"]);
  const user = nameOf(fields?.["user"]);
  const found = said === null ? null : house.catalogue.event(said);
  const known = { id, name: found?.name ?? said ?? "", type: found?.type ?? null, user };
  const refuse = (reason: Refusal["reason"], detail: string): CheckedEvent => ({
    event: null,
    refusal: { reason, detail },
    known,
  });

  if (fields === null) return refuse("bad_event", "an event must be an object: { … }");
  const problem = partsProblem(fields);
  if (problem !== null) return refuse("bad_event", problem);
  if (said === null || user === null) return refuse("bad_event", "event and user must be texts");
  if (found === null) return refuse("unknown_event", `there is no event ${quoted(said)}`);
  const { timeZone } = house.profileOf(user);
  const at = readMoment(fields["at"], now, timeZone);
  if (typeof at === "string") return refuse("bad_event", at);
  const agent = house.agents.get(found.type);
  const agentEvent = agent.events.get(found.name);
  const given = fieldsOf(fields["context"] ?? {});
  if (agentEvent === undefined || given === null) {
    return refuse("bad_context", "context must be an object: { … }");
  }
  const { context, missing, wrong } = checkContext(given, agentEvent, agent.context);
  if (missing.length > 0 || wrong.length > 0) {
    const lacks = missing.map(({ name, about, example }) => {
      return `${name} is missing (${about}, such as ${JSON.stringify(example)})`;
    });
    return refuse("bad_context", [...lacks, ...wrong].join("; "));
  }
  const { day } = localTime(at, timeZone);
  const { name, type } = found;
  return { event: { id: id ?? house.newId(), name, type, user, at, day, context }, refusal: null };
}

function partsProblem(fields: Readonly<Record<string, unknown>>): string | null {
  const { id, event, user } = fields;
  if (nameOf(event) === null) return `event must be a name ${nameForm}`;
  if (nameOf(user) === null) return `user must be a name ${nameForm}`;
  if (id !== undefined && nameOf(id) === null)
    return `id must be a text ${nameForm}, or be left out`;
  try {
    const size = JSON.stringify(fields["context"] ?? null).length;
    return size > largest ? `context is larger than ${largest / 1_024} KiB` : null;
  } catch {
    return "context must be plain data that JSON can hold";
  }
}

// What is thrown may be as hard to read as what threw it.
function reasonOf(error: unknown): string {
  try {
    const reason = error instanceof Error ? error.message : error;
    return typeof reason === "string" ? reason.slice(0, longestReason) : quoted(reason);
  } catch {
    return "it throws";
  }
}
