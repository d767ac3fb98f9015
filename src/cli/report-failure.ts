import { LLMConfigurationError, LLMProviderError } from "../index.ts";
import { exitCode } from "./exit-code.ts";
import { paintNote, writeFailure, writeJson, writeNote } from "./terminal.ts";
import { sayTrail } from "./trail.ts";

type Manner = {
  readonly json?: boolean;
  readonly stream?: boolean;
  readonly trail?: boolean;
};

/** Says why there is no answer and gives the exit code; passes on what it does not know. */
export async function reportFailure(error: unknown, manner: Manner): Promise<number> {
  if (error instanceof LLMConfigurationError) {
    const { message, problems } = error;
    await asJson({ kind: "configuration", message, problems }, manner);
    writeFailure(message);
    return exitCode.configuration;
  }
  if (!(error instanceof LLMProviderError)) throw error;
  const { kind, message, provider, committed, partial, failure, attempts } = error;
  await asJson({ kind, message, provider, committed, partial, failure, attempts }, manner);
  writeFailure(committed ? `the answer is INCOMPLETE, it broke off: ${message}` : message);
  if (manner.trail) for (const line of sayTrail(attempts, paintNote)) writeNote(line);
  const misused = kind === "bad_request" && attempts.length === 0;
  return misused ? exitCode.usage : exitCode.failed;
}

async function asJson(error: object, { json, stream }: Manner): Promise<void> {
  if (!json) return;
  await writeJson(stream ? { type: "error", error } : { error }, stream ? 0 : 2);
}
