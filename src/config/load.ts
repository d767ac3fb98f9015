import type { Problem } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Revision, Snapshot } from "../snapshot.ts";
import { readBounded } from "./bounds.ts";
import { checkAccess } from "./check-access.ts";
import { checkWhole } from "./check-whole.ts";
import type { Resolved } from "./compile-provider.ts";
import { compile } from "./compile.ts";
import { planRoutes } from "./compile-route.ts";
import type { Document } from "./document.ts";
import { resolveEndpoint } from "./endpoint.ts";
import type { Config } from "./config.ts";
import { keyFilesOf } from "./key-files.ts";
import { parse } from "./parse.ts";
import type { Finding } from "./problem.ts";
import { toProblem } from "./problem.ts";
import type { SecretPorts } from "./read-secret.ts";
import type { Change } from "./revise.ts";
import { revise } from "./revise.ts";
import { digest, resolveSecrets } from "./secrets.ts";
import { maskIn } from "./mask.ts";

/** What loading needs beside the text. */
export type LoadOptions = SecretPorts & {
  /** Makes every warning an error. */
  readonly strict?: boolean;
  /** The file the text stands in, if it stands in one. */
  readonly file?: string;
  /** Tells the day, by which models retire; without it all that is announced has happened. */
  readonly clock?: Pick<Clock, "now">;
  /** What was changed while running. */
  readonly revisions?: readonly (Revision | Change)[];
};

/** A configuration that can be used, or none; the problems are sorted by place either way. */
export type Loaded =
  | { readonly snapshot: Snapshot; readonly problems: readonly Problem[] }
  | { readonly snapshot: null; readonly problems: readonly Problem[] };

const mostProblems = 200;

/** Makes a snapshot of a file's text: the one way in, for start, reload and check alike. */
export function loadConfiguration(input: string | Uint8Array, options: LoadOptions): Loaded {
  const bounded = readBounded(input);
  if ("problem" in bounded) return { snapshot: null, problems: [bounded.problem] };
  const parsed = parse(bounded.text);
  const revised = parsed.config === null ? null : revise(parsed.config, options.revisions ?? []);
  const config = revised?.config ?? null;
  const resolved = config === null ? null : resolve(config, options);
  const routes = resolved === null || config === null ? [] : planRoutes(config, resolved.providers);
  const found =
    resolved === null
      ? []
      : [
          ...resolved.findings,
          ...(config === null ? [] : checkAccess(config, options.file, options.files)),
          ...checkWhole(
            { ...parsed, config, changes: revised?.revisions ?? [] },
            resolved.providers,
            routes,
            resolved.findings,
          ),
        ];
  const findings = withoutEchoes([...parsed.findings, ...found], parsed.document);
  const problems = finish(parsed.document, findings, options.strict === true);
  const masked = maskIn(problems, config, resolved?.providers ?? []);
  if (config === null || resolved === null || masked.some(isError)) {
    return { snapshot: null, problems: masked };
  }
  const revisions = revised?.revisions ?? [];
  const about = { hash: digest(input), keyFiles: keyFilesOf(config), revisions, warnings: masked };
  return { snapshot: compile(config, resolved.providers, routes, about), problems: masked };
}

type ResolvedAll = {
  readonly providers: readonly Resolved[];
  readonly findings: readonly Finding[];
};

function resolve(config: Config, options: LoadOptions): ResolvedAll {
  const findings: Finding[] = [];
  const now = options.clock?.now();
  const today = now === undefined ? null : new Date(now).toISOString().slice(0, 10);
  const providers = config.providers.map((settings) => {
    const { endpoint, findings: ofEndpoint } = resolveEndpoint(settings, today);
    const { secrets, findings: ofSecrets } = resolveSecrets(
      settings,
      endpoint.keyVariables,
      options,
    );
    findings.push(...ofEndpoint, ...ofSecrets);
    return { settings, endpoint, secrets };
  });
  return { providers, findings };
}

// What follows from an error at the same place is no news, nor is what is there by another name.
function withoutEchoes(findings: readonly Finding[], document: Document): readonly Finding[] {
  const wrong = new Set<string>();
  return findings.filter(({ path, severity, offset, meant }) => {
    const holder = path.slice(0, -1);
    const isThere =
      meant === undefined || document.entries(holder).some((one) => one.name === meant);
    if (!isThere) wrong.add(JSON.stringify([...holder, meant]));
    if (path.length === 0 || offset !== undefined) return true;
    const at = JSON.stringify(path);
    if (wrong.has(at)) return false;
    if (severity === "error") wrong.add(at);
    return true;
  });
}

function finish(
  document: Document,
  findings: readonly Finding[],
  strict: boolean,
): readonly Problem[] {
  const problems = findings.map((finding) => {
    const raised = strict && finding.severity === "warning";
    return toProblem(document, raised ? { ...finding, severity: "error" } : finding);
  });
  return shorten(problems.toSorted((a, b) => a.line - b.line || a.column - b.column));
}

// Nobody reads more, and an error must not be lost among the rest.
function shorten(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const rest = problems.slice(mostProblems);
  const first = rest.find(isError) ?? rest[0];
  if (first === undefined) return problems;
  const hint = "the first of them stands here; mend the others above and check again";
  const more = { ...first, path: "", message: `and ${rest.length} more problems`, hint };
  return [...problems.slice(0, mostProblems), more];
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
}
