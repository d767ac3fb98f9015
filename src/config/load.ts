import type { Problem } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";
import { readBounded } from "./bounds.ts";
import { checkFailover } from "./check-failover.ts";
import { checkProvider } from "./check-provider.ts";
import type { Resolved } from "./compile.ts";
import { compile, isUsable } from "./compile.ts";
import type { Document, Path } from "./document.ts";
import { resolveEndpoint } from "./endpoint.ts";
import type { Config, Parsed } from "./parse.ts";
import { parse } from "./parse.ts";
import type { Finding } from "./problem.ts";
import { error, sayPath, toProblem } from "./problem.ts";
import type { SecretPorts } from "./read-secret.ts";
import { digest, resolveSecrets } from "./secrets.ts";
import { maskIn } from "./mask.ts";

/** What loading needs beside the text. */
export type LoadOptions = SecretPorts & {
  /** Makes every warning an error. */
  readonly strict?: boolean;
};

/** A configuration that can be used, or none; the problems are sorted by place either way. */
export type Loaded =
  | { readonly snapshot: Snapshot; readonly problems: readonly Problem[] }
  | { readonly snapshot: null; readonly problems: readonly Problem[] };

/** Makes a snapshot of a file's text: the one way in, for start, reload and check alike. */
export function loadConfiguration(input: string | Uint8Array, options: LoadOptions): Loaded {
  const bounded = readBounded(input);
  if ("problem" in bounded) return { snapshot: null, problems: [bounded.problem] };
  const parsed = parse(bounded.text);
  const resolved = parsed.config === null ? null : resolve(parsed.config, options);
  const found = resolved === null ? [] : [...resolved.findings, ...checkWhole(parsed, resolved)];
  const findings = withoutEchoes([...parsed.findings, ...found]);
  const problems = finish(parsed.document, findings, options.strict === true);
  const masked = maskIn(problems, parsed.config, resolved?.providers ?? []);
  if (parsed.config === null || resolved === null || masked.some(isError)) {
    return { snapshot: null, problems: masked };
  }
  const about = { hash: digest(input), warnings: masked };
  return { snapshot: compile(parsed.config, resolved.providers, about), problems: masked };
}

type ResolvedAll = {
  readonly providers: readonly Resolved[];
  readonly findings: readonly Finding[];
};

function resolve(config: Config, options: LoadOptions): ResolvedAll {
  const findings: Finding[] = [];
  const providers = config.providers.map((settings) => {
    const { endpoint, findings: ofEndpoint } = resolveEndpoint(settings);
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

function checkWhole({ config, document, findings }: Parsed, all: ResolvedAll): readonly Finding[] {
  if (config === null) return [];
  const isWritten = (path: Path): boolean =>
    document.entries(path.slice(0, -1)).some(({ name }) => name === path.at(-1));
  const usable = all.providers.filter(isUsable).map(({ settings }) => settings);
  const flawed = [...findings, ...all.findings].some(
    ({ severity, path }) => severity === "error" && path[0] === "providers",
  );
  return [
    ...config.providers.flatMap((provider) => checkProvider(provider, isWritten)),
    ...checkFailover(config.failover, usable),
    ...(usable.length > 0 || flawed ? [] : [nobodyLeft(all.providers)]),
  ];
}

function nobodyLeft(providers: readonly Resolved[]): Finding {
  const path = ["providers"];
  if (providers.length === 0) {
    return error(path, "there is no provider", "write one; `standin init` shows how");
  }
  const enabled = providers.filter(({ settings }) => settings.enabled);
  if (enabled.length === 0) {
    return error(path, "every provider is disabled", 'take out "enabled": false for one of them');
  }
  const variables = [...new Set(enabled.flatMap(({ endpoint }) => endpoint.keyVariables))];
  const hint =
    variables.length === 0 ? "write a key for one of them" : `set ${variables.join(" or ")}`;
  return error(path, "no provider has a key, so none can be used", hint);
}

// What follows from an error at the same place is no news.
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const wrong = new Set<string>();
  return findings.filter(({ path, severity, offset }) => {
    const at = sayPath(path);
    if (path.length > 0 && offset === undefined && wrong.has(at)) return false;
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
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
}
