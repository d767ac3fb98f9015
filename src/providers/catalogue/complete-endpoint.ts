import type { Protocol } from "../../snapshot.ts";
import { describeEndpoint, hostRow } from "./describe-endpoint.ts";
import { nativeMultimodalPath, nativeTextPath } from "./hosts.ts";
import { modelFacts } from "./models.ts";

/** A URL as requests are sent to it, and what was changed about it (`null`: nothing). */
export type CompletedEndpoint = { readonly url: string; readonly remark: string | null };

/** Completes a base URL, and lets a native DashScope path follow the model. */
export function completeEndpoint(
  url: string,
  model: string,
  protocol: Protocol = describeEndpoint(url).protocol,
): CompletedEndpoint {
  const parsed = URL.parse(url);
  if (parsed === null) return { url, remark: null };
  const path = parsed.pathname;
  const { bare } = hostRow(parsed.hostname);
  const completed =
    protocol === "dashscope" ? nativePath(path, model) : chatPath(path, bare.protocol, bare.path);
  if (completed === path) return { url, remark: null };
  parsed.pathname = completed;
  return { url: parsed.href, remark: remarkOn(path, completed, model) };
}

const native = /^(.*?)(?:\/api(?:\/v1(?:\/services(?:\/aigc)?)?)?)?$/;
const family = /^(.*)\/services\/aigc\/(?:text|multimodal)-generation(?:\/generation)?$/;

function nativePath(path: string, model: string): string {
  const trimmed = path.replace(/\/+$/, "");
  const right = modelFacts("qwen", model).multimodal ? nativeMultimodalPath : nativeTextPath;
  const before = family.exec(trimmed)?.[1];
  if (before !== undefined) return before + right.slice(right.indexOf("/services"));
  // A path of another service is nobody's to guess.
  if (trimmed.includes("/services/aigc/")) return path;
  return (native.exec(trimmed)?.[1] ?? "") + right;
}

function chatPath(path: string, bareProtocol: Protocol, barePath: string): string {
  const trimmed = path.replace(/\/+$/, "");
  if (trimmed === "") {
    return bareProtocol === "openai_chat" ? barePath : "/compatible-mode/v1/chat/completions";
  }
  if (trimmed.endsWith("/chat/completions")) return trimmed;
  if (trimmed.endsWith("/compatible-mode")) return `${trimmed}/v1/chat/completions`;
  if (/\/(v\d+\w*|beta|openai|chat)$/.test(trimmed)) {
    return `${trimmed.replace(/\/chat$/, "")}/chat/completions`;
  }
  // A deployment's path (Azure) wants the rest; anything else may be a proxy's own.
  return /\/deployments\/[^/]+$/.test(trimmed) ? `${trimmed}/chat/completions` : path;
}

function remarkOn(path: string, completed: string, model: string): string {
  if (!family.test(path)) return `The path was completed to ${completed}.`;
  return path.includes("/text-generation") === completed.includes("/text-generation")
    ? `The path was completed to ${completed}.`
    : `${model} is asked at another path than the one given: ${completed} is used.`;
}
