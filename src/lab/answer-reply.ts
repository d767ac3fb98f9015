import type { LabAnswer } from "./answer.ts";
import type { LabAsk } from "./ask.ts";
import { isContent, type Frame } from "./frame.ts";
import type { LabReply } from "./reply.ts";
import { spoilFrames } from "./spoil-frames.ts";
import { spoilShape } from "./spoil-shape.ts";
import type { Telling } from "./telling.ts";
import { simulated } from "./whole-reply.ts";

/** An answer as it comes over the wire, with whatever goes wrong on the way. */
export function answerReply(answer: LabAnswer, ask: LabAsk, telling: Telling): LabReply {
  const { dialect, stream, marks, fault } = telling;
  const frames = stream ? streamed(answer, ask, telling) : whole(answer, ask, telling);
  const { whole: blank, stream: comment } = dialect.keepAlive;
  const preface: Frame = { kind: "preface", afterMs: 0, text: stream ? comment : blank };
  const all = dialect.prefaced ? [preface, ...frames] : frames;
  const { pieces, end } = spoilFrames(all, fault, dialect, stream, marks);
  const contentType = dialect.contentType[stream ? "stream" : "whole"];
  return {
    type: "reply",
    headAfterMs: headDelay(answer, telling),
    status: 200,
    headers: { ...dialect.headers(marks), "content-type": contentType, ...simulated },
    pieces,
    end,
  };
}

function whole(answer: LabAnswer, ask: LabAsk, telling: Telling): readonly Frame[] {
  const { dialect, marks, fault } = telling;
  const data = spoilShape(dialect.whole(answer, ask, marks), fault);
  const afterMs = dialect.prefaced ? writingTime(answer, telling) : 0;
  return [{ kind: "body", afterMs, text: JSON.stringify(data) }];
}

function streamed(answer: LabAnswer, ask: LabAsk, telling: Telling): readonly Frame[] {
  const { dialect, marks, fault, provider } = telling;
  const frames = dialect.chunks(answer, ask, marks).map(({ kind, data }, index): Frame => {
    const text = dialect.frame(spoilShape(data, fault), index + 1);
    const frame = { kind, afterMs: 0, text };
    const first = index === 0 && dialect.prefaced ? provider.latencyMs : 0;
    return { ...frame, afterMs: first + (isContent(frame) ? provider.deltaMs : 0) };
  });
  const { endMark } = dialect;
  return endMark === null ? frames : [...frames, { kind: "mark", afterMs: 0, text: endMark }];
}

function writingTime(answer: LabAnswer, { provider }: Telling): number {
  const deltas = answer.reasoning.length + answer.text.length + answer.calls.length;
  return provider.latencyMs + deltas * provider.deltaMs;
}

function headDelay(answer: LabAnswer, telling: Telling): number {
  const { fault, dialect, stream, provider } = telling;
  if (fault?.type === "slow_first_byte") return fault.delayMs;
  // A house that sends keep-alives has sent its head long before.
  if (dialect.prefaced) return 0;
  return stream ? provider.latencyMs : writingTime(answer, telling);
}
