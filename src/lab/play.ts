import type { Clock, Random } from "../ports.ts";
import { answerTo } from "./answer.ts";
import { answerReply } from "./answer-reply.ts";
import { uuid } from "./identifiers.ts";
import { asksForModels, modelList } from "./model-list.ts";
import { receive } from "./receive.ts";
import { spoilAnswer } from "./spoil-answer.ts";
import { errorReply, pageReply, refusalReply, wholeReply } from "./whole-reply.ts";
import type { Fault } from "./fault.ts";
import type { LabProvider } from "./provider.ts";
import type { LabReply } from "./reply.ts";
import type { LabRequest } from "./request.ts";
import type { Turn } from "./script.ts";
import type { Telling } from "./telling.ts";

/** What a simulated provider does with a request: the whole of a vendor, as a function. */
export function play(
  provider: LabProvider,
  request: LabRequest,
  turn: Turn,
  outside: { readonly clock: Clock; readonly random: Random },
): LabReply {
  const fault = turn === "well" ? null : turn;
  const { dialect, stream, result } = receive(request, provider);
  const model = "ask" in result ? result.ask.model : "";
  const marks = { requestId: uuid(outside.random), at: outside.clock.now(), model };
  const telling = { provider, fault, dialect, stream, marks };
  if (asksForModels(request)) return modelList(request, provider, telling);
  const scripted = fault === null ? null : withoutAnswer(fault, telling);
  if (scripted !== null) return scripted;
  if ("error" in result) return refusalReply(result.error, telling);
  const answer = answerTo(result.ask, provider, outside.random);
  return answerReply(spoilAnswer(answer, fault, result.ask), result.ask, telling);
}

/** The reply of a fault that takes the place of any answer; `null` where there is to be one. */
function withoutAnswer(fault: Fault, telling: Telling): LabReply | null {
  if (fault.type === "refused") return { type: "refused" };
  if (fault.type === "reset" && fault.at === "before_head") return { type: "reset" };
  if (fault.type === "silent" && fault.at === "before_head") return { type: "silent" };
  if (fault.type === "html") return pageReply(fault.status, telling);
  if (fault.type === "error") return errorReply(fault.error, fault.at, telling);
  if (fault.type !== "status") return null;
  return wholeReply(fault.status, fault.headers, fault.body, telling);
}
