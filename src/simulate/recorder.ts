import type { Event, FailureKind } from "../index.ts";
import type { Absence, Call, Happenings, Told } from "./story.ts";

/** Makes a story of events. */
export type Recorder = {
  readonly observe: (event: Event) => void;
  story(): Happenings;
};

type Open = {
  readonly startMs: number;
  readonly stream: boolean;
  firstContentMs: number | null;
  call: { readonly startMs: number; readonly repeat: boolean } | null;
};

type Of<T extends Event["type"]> = Extract<Event, { type: T }>;
type Change<T> = { -readonly [Key in keyof T]: T[Key] };

/** A recorder from a moment on; `leftNow` says who is not usable at the moment of the question. */
export function createRecorder(startedAt: number, leftNow: () => readonly string[]): Recorder {
  const open = new Map<string, Open>();
  const calls: Call[] = [];
  const requests: Told[] = [];
  const absences: Absence[] = [];
  const away = new Map<string, Change<Absence>>();

  function leave(because: FailureKind, atMs: number): void {
    for (const provider of leftNow()) {
      if (away.has(provider)) continue;
      const absence = { provider, leftMs: atMs, because, returnedMs: null, probes: 0 };
      away.set(provider, absence);
      absences.push(absence);
    }
  }

  function endCall({ provider, request, failure }: Of<"attempt-end">, atMs: number): void {
    const { startMs, repeat } = open.get(request)?.call ?? { startMs: atMs, repeat: false };
    calls.push({ provider, startMs, endMs: atMs, repeat, failure: failure?.kind ?? null });
    const absence = away.get(provider);
    // What began before the provider was left proves nothing.
    const since = absence !== undefined && startMs > absence.leftMs;
    // Another's failure may have put it out of use anew while this one was answered.
    if (since && failure === null && !leftNow().includes(provider)) {
      absence.returnedMs = atMs;
      away.delete(provider);
    }
    if (failure === null) return;
    if (since) absence.probes += 1;
    leave(failure.kind, atMs);
  }

  function endRequest(event: Of<"request-end">, atMs: number): void {
    const { request, attempts, provider, failure } = event;
    const begun = open.get(request);
    open.delete(request);
    if (begun === undefined) return;
    const { startMs, stream, firstContentMs } = begun;
    const told = { startMs, endMs: atMs, stream, calls: attempts, provider, firstContentMs };
    requests.push({ ...told, failure: failure?.kind ?? null });
  }

  function observe(event: Event): void {
    const atMs = Math.round(event.at - startedAt);
    const { type } = event;
    if (type === "attempt-end") endCall(event, atMs);
    if (type === "request-end") endRequest(event, atMs);
    if (type === "request-start") {
      const begun = { startMs: atMs, stream: event.stream, firstContentMs: null, call: null };
      open.set(event.request, begun);
    }
    if (type !== "attempt-start" && type !== "attempt-commit") return;
    const begun = open.get(event.request);
    if (begun === undefined) return;
    if (type === "attempt-start") begun.call = { startMs: atMs, repeat: event.repeat };
    else if (begun.stream) begun.firstContentMs = atMs - begun.startMs;
  }

  return { observe, story: () => ({ calls, requests, absences }) };
}
