import type { Row } from "./database.ts";
import type { Entry, Source } from "./entry.ts";
import type { EventRecord, EventState } from "./record.ts";

/** The columns of an event, as `eventOf` reads them. */
export const eventColumns =
  "id, user, day, at, name, type, context, state, reason, detail, due, told_at";

/** An event as its row says. */
export function eventOf(row: Row): EventRecord {
  return {
    id: String(row["id"]),
    user: String(row["user"]),
    day: String(row["day"]),
    at: Number(row["at"]),
    name: String(row["name"]),
    type: textOrNull(row["type"]),
    context: JSON.parse(String(row["context"])) as EventRecord["context"],
    state: row["state"] as EventState,
    reason: String(row["reason"]),
    detail: JSON.parse(String(row["detail"])) as EventRecord["detail"],
    due: numberOrNull(row["due"]),
    toldAt: Number(row["told_at"]),
  };
}

/** The columns of an entry and its event, as `entryOf` reads them. */
export const entryColumns =
  "events.id, user, day, at, type, name, title, content, tags, source, provider, model, " +
  "attempts, input_tokens, output_tokens, cost, prompt_version, notes, written_at";

/** An entry as its row and its event's say. */
export function entryOf(row: Row): Entry {
  return {
    id: String(row["id"]),
    user: String(row["user"]),
    day: String(row["day"]),
    at: Number(row["at"]),
    type: String(row["type"]),
    event: String(row["name"]),
    title: String(row["title"]),
    content: String(row["content"]),
    tags: JSON.parse(String(row["tags"])) as readonly string[],
    source: row["source"] as Source,
    provider: textOrNull(row["provider"]),
    model: textOrNull(row["model"]),
    attempts: Number(row["attempts"]),
    inputTokens: numberOrNull(row["input_tokens"]),
    outputTokens: numberOrNull(row["output_tokens"]),
    cost: numberOrNull(row["cost"]),
    promptVersion: String(row["prompt_version"]),
    notes: JSON.parse(String(row["notes"])) as readonly string[],
    writtenAt: Number(row["written_at"]),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
