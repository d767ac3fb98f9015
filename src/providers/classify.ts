import type { Failure, FailureKind } from "../failure.ts";
import type { FailureRule, Vendor } from "../snapshot.ts";
import { vendorFacts } from "./catalogue.ts";
import type { VendorError } from "./error-body.ts";
import { readErrorBody } from "./error-body.ts";
import type { Subject } from "./failure-row.ts";
import { findRow, subjectOf } from "./failure-table.ts";
import { scrub } from "./scrub.ts";
import { statedWait } from "./stated-wait.ts";
import { sayFailure } from "./wording.ts";

export { classifyTransport } from "./classify-transport.ts";

/** A reply that is an error, or holds one. */
export type ErrorReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Epoch milliseconds: stated times count from here. */
  readonly at: number;
};

/** What a reply with an error status, or an error within a stream, comes to. */
export function classify(
  vendor: Vendor,
  reply: ErrorReply,
  rules: readonly FailureRule[],
): Failure {
  return classifyError(vendor, readErrorBody(reply.body), reply, rules);
}

/** The same for an error that is read already. */
export function classifyError(
  vendor: Vendor,
  error: VendorError,
  reply: Omit<ErrorReply, "body">,
  rules: readonly FailureRule[],
): Failure {
  const subject = subjectOf(error, reply.status);
  const { status } = subject;
  const rule = rules.find((candidate) => ruleFits(candidate, vendor, subject, reply.status));
  const row = rule === undefined ? findRow(vendor, subject) : undefined;
  const kind = rule?.kind ?? row?.kind ?? kindByStatus(status);
  const requestId = error.requestId ?? requestIdIn(vendor, reply.headers);
  const wait = waits.has(kind) ? statedWait(reply.headers, error.message, reply.at) : undefined;
  const [code] = error.codes;
  return {
    kind,
    message: sayFailure(kind, error.message, row),
    ...(row?.scope !== undefined && { scope: row.scope }),
    ...(status !== null && { status }),
    ...(code !== undefined && { code: scrub(code, 100) }),
    ...(requestId !== null && { requestId: requestId.slice(0, 200) }),
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...statedNumbers(error.message, kind),
  };
}

/** The vendor's name for an exchange, as its headers give it. */
export function requestIdIn(
  vendor: Vendor,
  headers: Readonly<Record<string, string>>,
): string | null {
  const name = vendorFacts(vendor).requestIdHeaders.find((header) => Boolean(headers[header]));
  return name === undefined ? null : (headers[name] ?? null);
}

function ruleFits(
  rule: FailureRule,
  vendor: Vendor,
  { status, codes, message }: Subject,
  httpStatus: number,
): boolean {
  const same = (code: string): boolean => code.toLowerCase() === rule.code?.toLowerCase();
  return (
    (rule.vendor === null || rule.vendor === vendor) &&
    (rule.status === null || rule.status === status || rule.status === httpStatus) &&
    (rule.code === null || codes.some(same)) &&
    (rule.message === null || message.toLowerCase().includes(rule.message.toLowerCase()))
  );
}

function kindByStatus(status: number | null): FailureKind {
  return status !== null && status < 500 ? "bad_request" : "server";
}

const waits: ReadonlySet<FailureKind> = new Set(["rate_limited", "quota", "overloaded", "server"]);

function statedNumbers(
  message: string,
  kind: FailureKind,
): Pick<Failure, "concurrencyLimit" | "contextWindow"> {
  if (kind === "rate_limited") {
    const limit = /concurrency limit of (\d+)/i.exec(message)?.[1];
    return limit === undefined ? {} : { concurrencyLimit: Number(limit) };
  }
  if (kind !== "context_length") return {};
  const window =
    /maximum context length is (\d+)/i.exec(message) ?? /should be \[1, ?(\d+)\]/.exec(message);
  return window?.[1] === undefined ? {} : { contextWindow: Number(window[1]) };
}
