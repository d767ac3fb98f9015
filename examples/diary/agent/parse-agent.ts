import { createHash } from "node:crypto";
import type { Catalogue } from "../event/catalogue.ts";
import { fieldsOf, parseJson } from "../read-json.ts";
import { createReader, type Reader } from "../reader.ts";
import type { Limits } from "../text/limits.ts";
import type { Vocabulary } from "../write/vocabulary.ts";
import type { Agent, ContextField } from "./agent.ts";
import { readAgentEvent } from "./read-agent-event.ts";
import { readContext } from "./read-context.ts";
import { parseTemplate } from "./template.ts";
import { profileValues, trustedValues } from "./values.ts";

/** What an agent's file is checked against. */
export type AgentHouse = {
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
  readonly limits: Limits;
};

/**
 * Reads the text of an agent's file, which must be the agent of this type. Throws DiaryTrouble
 * with everything that is wrong in it, each with file and place.
 */
export function parseAgent(file: string, text: string, type: string, house: AgentHouse): Agent {
  const reader = createReader(file);
  const known = ["agent", "version", "role", "template", "context", "limits", "events"];
  const fields = reader.object(parseJson(file, text), "", known);
  const name = reader.text(fields["agent"], "agent");
  if (name !== "" && house.catalogue.type(name) !== type) {
    reader.problem("agent", `is ${name}, but this file must be the agent ${type}`);
  }
  const context = readContext(reader, fields["context"]);
  const limits = readLimits(reader, fields["limits"], house.limits);
  const agent = {
    type,
    promptVersion: `${reader.text(fields["version"], "version")}-${hashOf(text)}`,
    role: reader.text(fields["role"], "role"),
    template: readTemplate(reader, fields["template"], context, { file, text }),
    context,
    limits,
    events: readEvents(reader, fields["events"], { type, context, limits, house }),
  };
  reader.finish();
  return agent;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

function readLimits(reader: Reader, value: unknown, usual: Limits): Agent["limits"] {
  const fields = reader.object(value ?? {}, "limits", ["title", "content"]);
  const one = (name: "title" | "content", most: number): number =>
    fields[name] === undefined
      ? usual[name]
      : reader.number(fields[name], `limits.${name}`, 1, most);
  return { title: one("title", 200), content: one("content", 10_000) };
}

function readTemplate(
  reader: Reader,
  value: unknown,
  context: readonly ContextField[],
  source: { readonly file: string; readonly text: string },
): Agent["template"] {
  const lines = Array.isArray(value) ? (value as unknown[]) : null;
  if (lines === null || lines.length === 0 || !lines.every((line) => typeof line === "string")) {
    reader.problem("template", "must be a list of lines: [ … ]");
    return [];
  }
  const untrusted = new Set([...profileValues, ...context.map(({ name }) => name)]);
  const parsed = parseTemplate(lines, new Set(trustedValues), untrusted);
  for (const { line, column, what } of parsed.problems) {
    const inFile = lineInFile(source.text, line - 1);
    reader.problem(`template, line ${line}${inFile}, column ${column}:`, what);
  }
  return parsed.lines;
}

// JSON.parse keeps no places; a list with a line of the file for each of its own has them.
function lineInFile(text: string, index: number): string {
  const all = text.split("\n");
  const start = all.findIndex((line) => /^\s*"template"\s*:\s*\[\s*$/u.test(line));
  return start < 0 ? "" : ` (line ${start + index + 2} of the file)`;
}

type EventsHouse = {
  readonly type: string;
  readonly context: readonly ContextField[];
  readonly limits: Agent["limits"];
  readonly house: AgentHouse;
};

function readEvents(reader: Reader, value: unknown, given: EventsHouse): Agent["events"] {
  const { catalogue, vocabulary } = given.house;
  const fields = fieldsOf(value) ?? {};
  const mine = catalogue.events.filter(({ type }) => type === given.type);
  for (const name of Object.keys(fields)) {
    if (mine.some((event) => event.name === name)) continue;
    reader.problem(`events.${name}`, "is no event of this agent in events.json");
  }
  return new Map(
    mine.map(({ name }) => {
      if (fields[name] === undefined) reader.problem(`events.${name}`, "is missing");
      const names = catalogue.events.map((event) => event.name);
      const around = { context: given.context, limits: given.limits, vocabulary, names };
      return [name, readAgentEvent(reader, name, fields[name] ?? {}, around)] as const;
    }),
  );
}
