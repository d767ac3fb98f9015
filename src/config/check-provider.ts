import type { Path } from "./document.ts";
import { nearest } from "./edits.ts";
import { checkHeaderNames } from "./headers.ts";
import type { NamedProvider } from "./config.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";
import { inSeconds } from "./say-issue.ts";
import { looksLikeKey, quote } from "./show.ts";

/** Whether the file itself says what stands at a path, or a default does. */
export type IsWritten = (path: Path) => boolean;

/** What in one provider's settings contradicts itself or has no effect. */
export function checkProvider(provider: NamedProvider, isWritten: IsWritten): readonly Finding[] {
  const path = ["providers", provider.name];
  return [
    ...checkName(provider, path),
    ...checkKeyElsewhere(provider, path),
    ...checkTries(provider, path),
    ...checkTimeouts(provider, path, isWritten),
    ...checkHeaderNames(Object.keys(provider.headers), [...path, "headers"]),
    ...checkExtraBody(provider, path),
    ...checkCapabilities(provider, path),
    ...checkPrices(provider, path),
  ];
}

function checkName({ name, provider_name }: NamedProvider, path: Path): readonly Finding[] {
  if (name.trim() === "" || name.length > 100 || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    const message = "is not a name: it must be 1 to 100 characters on one line";
    return [error(path, message, "name it, as in qwen")];
  }
  if (provider_name === undefined || provider_name === name) return [];
  const message = `is ${quote(provider_name)}, but the entry's key is ${quote(name)}`;
  const hint = "make them the same, or leave provider_name out";
  return [error([...path, "provider_name"], message, hint)];
}

// What is shown everywhere must not be a key that was pasted there.
function checkKeyElsewhere(
  { name, model_name, account }: NamedProvider,
  path: Path,
): readonly Finding[] {
  const places: readonly (readonly [Path, string | undefined])[] = [
    [path, name],
    [[...path, "model_name"], model_name],
    [[...path, "account"], account],
  ];
  return places
    .filter(([, text]) => text !== undefined && looksLikeKey(text))
    .map(([at]) => error(at, "looks like a key", "keys go into api_key alone"));
}

function checkTries({ retry_attempts }: NamedProvider, path: Path): readonly Finding[] {
  if (retry_attempts > 0) return [];
  const message = "0 is read as 1: it counts all tries, the first too";
  return [warning([...path, "retry_attempts"], message, "write 1")];
}

function checkTimeouts(
  { timeout, timeouts }: NamedProvider,
  path: Path,
  isWritten: IsWritten,
): readonly Finding[] {
  const { connect, first_content, idle, total } = timeouts;
  const at = (key: string): Path => [...path, "timeouts", key];
  const findings: Finding[] = [];
  const end = total ?? Math.max(timeout, first_content ?? 0);
  if (first_content !== undefined && total !== undefined && first_content > total) {
    const message = `${first_content} s to the first content outlast the total of ${total} s`;
    findings.push(error(at("first_content"), message, "make it less than timeouts.total"));
  }
  if (connect !== undefined && connect > end) {
    const message = `has no effect: an attempt ends after ${end} s`;
    findings.push(warning(at("connect"), message, `make it less than ${end}, or leave it out`));
  }
  if (idle !== undefined && total !== undefined && idle > total) {
    const message = `has no effect: a stream ends after ${total} s`;
    findings.push(warning(at("idle"), message, `make it less than ${total}, or leave it out`));
  }
  if (total !== undefined && timeout > total && isWritten([...path, "timeout"])) {
    const message = `has no effect beyond timeouts.total, which ends an attempt after ${total} s`;
    findings.push(warning([...path, "timeout"], message, "keep one of the two"));
  }
  if (timeout > 3_600) {
    const message = `${timeout} s is longer than an hour`;
    findings.push(warning([...path, "timeout"], message, inSeconds(timeout)));
  }
  return findings;
}

// What the request itself says; anything else a vendor may take.
const ownFields = new Set(["model", "messages", "stream", "n", "input", "stream_options"]);

function checkExtraBody({ extra_body }: NamedProvider, path: Path): readonly Finding[] {
  return Object.keys(extra_body)
    .filter((key) => ownFields.has(key))
    .map((key) => {
      const hint = key === "model" ? "set model_name" : "take it out";
      const message = "is said by each request and cannot be set here";
      return error([...path, "extra_body", key], message, hint);
    });
}

// The words that requests need by themselves; any other is asked for by callers.
const ownWords = ["tools", "images", "json_schema"];

function checkCapabilities({ capabilities }: NamedProvider, path: Path): readonly Finding[] {
  return (capabilities ?? []).flatMap((word, index) => {
    const meant = ownWords.includes(word) ? undefined : nearest(word, ownWords);
    if (meant === undefined) return [];
    const message = `${quote(word)} is no word that a request needs by itself`;
    const at = [...path, "capabilities", index];
    return [warning(at, message, `did you mean ${quote(meant)}?`)];
  });
}

// A model whose million of tokens costs less than this is not known.
const leastPrice = 0.001;

function checkPrices({ pricing }: NamedProvider, path: Path): readonly Finding[] {
  const { input = 0, output = 0 } = pricing ?? {};
  const [key, price] = input > 0 && input < leastPrice ? ["input", input] : ["output", output];
  if (price === 0 || price >= leastPrice) return [];
  const digits = price.toFixed(12).replace(/0+$/u, "");
  const message = `${digits} dollars for a million tokens is hardly anything`;
  const hint = "prices are for a million tokens, not for one or for a thousand";
  return [warning([...path, "pricing", key], message, hint)];
}
