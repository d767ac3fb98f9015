import type { LLMConfig } from "../index.ts";
import type { LabProviderSettings, LabRequest, LabVendor, MemoryLab, Turn } from "../lab/index.ts";
import { fault, memoryTransport } from "../lab/index.ts";
import type { Clock, HttpRequest, Random, Transport } from "../ports.ts";
import { markHeader, markedProvider } from "./disguise.ts";
import { faultWords } from "./fault-words.ts";
import { drawAnswerMs } from "./load.ts";
import type { Outage } from "./outage.ts";

/** What is simulated: who, what goes wrong with them, and in which time and by which chance. */
export type House = {
  /** A provider as the manager reads it. */
  readonly describe: (name: string) => LLMConfig | undefined;
  readonly names: readonly string[];
  readonly outages: readonly Outage[];
  readonly clock: Clock;
  readonly random: Random;
  /** How long one answer of a provider that is well takes. */
  readonly answerMs?: (random: Random) => number;
};

// Models that every check of the lab lets pass: the user's own may be newer than it.
const models = {
  qwen: { text: "qwen-flash", images: "qwen3-vl-plus" },
  deepseek: { text: "deepseek-chat", images: "deepseek-chat" },
  openai: { text: "gpt-4.1-mini", images: "gpt-4.1-mini" },
} as const;

const plenty = 100_000_000;
const reply = () => "(simulated) This is the answer of a provider that was never asked.";

/** A transport to simulated providers that stand where the configured ones do: no network. */
export function openHouse(house: House): Transport {
  const { names, clock, random } = house;
  const startedAt = clock.now();
  const providers = Object.fromEntries(
    names.map((name, at) => [`p${at}`, settingsOf(house, name)]),
  );
  const lab = memoryTransport({ providers }, clock, random);
  for (const [at, name] of names.entries()) {
    const outages = house.outages.filter(({ provider }) => provider === name);
    lab.script(`p${at}`, (_number, request) => {
      const elapsedMs = clock.now() - startedAt;
      return turnAt(outages, elapsedMs, random) ?? well(request, house);
    });
  }
  return {
    send: (request, options) => lab.send(readdress(request, house, lab), options),
    retain: () => {},
    close: () => lab.close(),
  };
}

function settingsOf({ describe }: House, name: string): LabProviderSettings {
  const vendor = vendorOf(describe(name));
  const { text, images } = models[vendor];
  return {
    ...{ vendor, model: text, models: [text, images], retiredModels: [], reply },
    ...{ contextWindow: plenty, maxOutputTokens: plenty, thoughtTokens: 20 },
  };
}

function vendorOf(provider: LLMConfig | undefined): LabVendor {
  if (provider?.protocol === "dashscope") return "qwen";
  const vendor = provider?.vendor;
  return vendor !== undefined && vendor in models ? vendor : "openai";
}

/** What a call meets now: the first outage that holds, of those in the order they were written. */
function turnAt(outages: readonly Outage[], elapsedMs: number, random: Random): Turn | null {
  const found = outages.find(
    ({ startMs, endMs }) => startMs <= elapsedMs && elapsedMs < (endMs ?? Infinity),
  );
  if (found === undefined) return null;
  const turn = faultWords.get(found.fault)?.turn(found.argument, random) ?? "well";
  return turn === "well" ? null : turn;
}

// A stream's content comes all along its time; a whole body at the end of it.
function well({ body, headers }: LabRequest, { random, answerMs = drawAnswerMs }: House): Turn {
  const tookMs = answerMs(random);
  const isStream = headers["x-dashscope-sse"] === "enable" || /"stream":\s*true/u.test(body);
  return isStream ? fault.trickle(tookMs) : fault.slowFirstByte(tookMs);
}

function readdress(request: HttpRequest, { names, describe }: House, lab: MemoryLab): HttpRequest {
  const name = markedProvider(request.headers);
  const at = name === null ? -1 : names.indexOf(name);
  const endpoints = lab.providers[`p${at}`];
  const provider = describe(names[at] ?? "");
  if (endpoints === undefined || provider === undefined) throw new Error("nobody listens here");
  const { protocol, apiEndpoint } = provider;
  const multimodal = apiEndpoint.includes("/multimodal-generation");
  const native = multimodal ? endpoints.multimodalEndpoint : endpoints.nativeEndpoint;
  const url = protocol === "dashscope" ? native : endpoints.compatibleEndpoint;
  const { [markHeader]: _mark, ...headers } = request.headers;
  const { text, images } = models[vendorOf(provider)];
  const model = multimodal ? images : text;
  const body = JSON.stringify({ ...(JSON.parse(request.body) as object), model });
  const authorization = `Bearer ${endpoints.key}`;
  return { ...request, url, headers: { ...headers, authorization }, body };
}
