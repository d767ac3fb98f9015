import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";

/** The rules of the house that a machine can check; each names what to do instead. */

const root = join(import.meta.dirname, "..");
const source = join(root, "src");
const entryPoints = new Set(["index.ts", "cli/main.ts", "lab/index.ts"]);

/** Who may import whom: a room of the house, and the rooms its files may look into. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  failure: [],
  own: [],
  secret: [],
  errors: [],
  ports: [],
  chat: ["failure"],
  "health-policy": [],
  snapshot: ["failure", "secret", "errors", "health-policy"],
  catalogue: ["snapshot"],
  "provider-error": ["failure", "chat"],
  event: ["failure", "chat", "snapshot", "errors", "health-policy"],
  resilience: ["own", "failure", "snapshot", "event", "health-policy"],
  journal: ["event", "resilience", "ports"],
  providers: ["failure", "secret", "chat", "snapshot", "catalogue"],
  config: ["own", "failure", "secret", "errors", "ports", "snapshot", "catalogue", "health-policy"],
  observe: ["event"],
  options: ["journal", "nearest", "observe", "ports"],
  request: [
    "own",
    ...["failure", "chat", "snapshot", "event", "resilience", "journal", "providers"],
    ...["ports", "provider-error", "options", "secret", "catalogue", "no-such-name"],
  ],
  status: ["failure", "errors", "journal", "request", "resilience", "snapshot"],
  node: ["ports"],
  object: [
    ...["chat", "failure", "snapshot", "providers", "catalogue", "request", "options"],
    "provider-error",
  ],
  engine: [
    "own",
    ...["chat", "configuration", "journal", "options", "ports", "request", "snapshot", "status"],
  ],
  manager: [
    ...["failure", "chat", "snapshot", "event", "resilience", "journal", "request", "ports"],
    ...["provider-error", "options", "errors", "status", "config", "node", "observe"],
    ...["configuration", "engine", "object"],
  ],
  configuration: ["errors", "event", "journal", "ports", "snapshot", "config", "status", "request"],
  check: ["errors", "ports", "config", "node", "request", "resilience", "snapshot"],
  "outline-configuration": ["check", "config", "node"],
  "edit-configuration": ["check", "config", "node", "ports"],
  "import-configuration": ["config"],
  nearest: [],
  "no-such-name": ["nearest"],
  doctor: [
    ...["failure", "errors", "ports", "chat", "snapshot", "catalogue", "provider-error"],
    ...["providers", "config", "request", "node", "nearest", "no-such-name"],
  ],
  lab: ["ports"],
  simulate: ["index", "lab", "ports", "nearest"],
  cli: ["index", "lab", "simulate"],
  index: [
    ...["failure", "chat", "event", "request", "ports", "provider-error", "options", "errors"],
    ...["status", "config", "configuration", "manager", "observe", "journal", "check"],
    ...["resilience", "doctor"],
    ...[
      "edit-configuration",
      "import-configuration",
      "object",
      "outline-configuration",
      "catalogue",
    ],
  ],
};

/** Words that reach for the outside world, and what to take instead. */
const banned: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\(|new Date\(\)|\bperformance\.now\(/u, "take the time as an argument, or a Clock"],
  [/\bset(Timeout|Interval|Immediate)\(|queueMicrotask\(/u, "take a Clock"],
  [/AbortSignal\.timeout\(/u, "take a Clock and a watchdog"],
  [/\bMath\.random\b|randomUUID|getRandomValues/u, "take a Random"],
  [/\bconsole\.(log|error|warn|info|debug)/u, "emit an event"],
  [/\bprocess\.(?!exitCode)/u, "take a port"],
  [/\bfetch\(/u, "take a Transport"],
  [/from "node:(fs|net|http|https|dns|timers|child_process)/u, "take a port"],
];

/** Where the outside world is reached for on purpose. */
const outside = [
  /^node\//u,
  /^cli\//u,
  /^lab\/(http|start|shell)/u,
  /^simulate\/virtual-clock\.ts$/u,
];

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(source, name), "utf8") }));
const shipped = files.filter(({ name }) => !name.endsWith(".test.ts"));

function roomOf(name: string): string {
  if (name === "providers/catalogue.ts" || name.startsWith("providers/catalogue/")) {
    return "catalogue";
  }
  return (name.split("/")[0] ?? name).replace(/\.ts$/u, "");
}

function importsOf({ name, text }: (typeof files)[number]): readonly string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/gu);
  return [...found].map(([, path = ""]) => relative(".", normalize(join(dirname(name), path))));
}

test("there is something to check", () => {
  expect(shipped.length).toBeGreaterThan(30);
});

/** The offences against a rule, a line each, over every shipped file. */
function offences(rule: (file: (typeof files)[number]) => readonly unknown[]): readonly string[] {
  return shipped.flatMap((file) => rule(file).map((offence) => `${file.name}: ${String(offence)}`));
}

test("a file imports only what its room may", () => {
  const found = offences((file) => {
    const room = roomOf(file.name);
    const allowed = rooms[room];
    if (allowed === undefined) return [`no rule for the room ${room}`];
    return importsOf(file).filter((path) => {
      const other = roomOf(path);
      return other !== room && !allowed.includes(other);
    });
  });
  expect(found).toEqual([]);
});

test("the outside world is reached for only where that is a file's task", () => {
  const found = offences(({ name, text }) => {
    if (outside.some((place) => place.test(name))) return [];
    const code = text.replaceAll(/^\s*(\/\/|\/?\*).*$/gmu, "");
    return banned.filter(([word]) => word.test(code)).map(([word, cure]) => `${word} (${cure})`);
  });
  expect(found).toEqual([]);
});

test("files stay small: 200 lines of 100 columns", () => {
  const found = offences(({ text }) => {
    const lines = text.trimEnd().split("\n");
    const long = lines.filter((line) => line.length > 100);
    return lines.length > 200 ? [`${lines.length} lines`, ...long] : long;
  });
  expect(found).toEqual([]);
});

test("nothing is left undone", () => {
  const loose = /\b(TODO|FIXME|XXX|HACK)\b|@ts-|\bas any\b|: any\b/u;
  expect(offences(({ text }) => text.split("\n").filter((line) => loose.test(line)))).toEqual([]);
});

test("whatever is exported says in a sentence what it promises", () => {
  const found = offences(({ text }) => {
    const lines = text.split("\n");
    return lines.filter(
      (line, index) =>
        /^export (async function|function|const|class|type) \w/u.test(line) &&
        !(lines[index - 1] ?? "").endsWith("*/"),
    );
  });
  expect(found).toEqual([]);
});

test("no file is dead", () => {
  const imported = new Set(shipped.flatMap(importsOf));
  const found = offences(({ name }) =>
    imported.has(name) || entryPoints.has(name) ? [] : ["nobody imports it"],
  );
  expect(found).toEqual([]);
});

test("no folder is named for being a drawer", () => {
  const drawers = /(^|\/)(utils?|helpers?|common|shared|services|misc)(\/|\.ts|$)/u;
  expect(files.filter(({ name }) => drawers.test(name))).toEqual([]);
});
