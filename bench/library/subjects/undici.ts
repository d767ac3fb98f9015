import { request } from "undici";
import type { CreateSubject } from "../subject.ts";
import { settings } from "../subject.ts";

type Completion = {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
};

type Chunk = { readonly choices: readonly { readonly delta: { readonly content?: string } }[] };

function post(baseUrl: string, question: string, stream: boolean) {
  const { key, model, maxTokens, temperature } = settings;
  const messages = [{ role: "user", content: question }];
  return request(`${baseUrl}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ model, messages, max_tokens: maxTokens, temperature, stream }),
  });
}

async function wholeAnswer(baseUrl: string, question: string): Promise<string> {
  const { statusCode, body } = await post(baseUrl, question, false);
  if (statusCode !== 200) throw new Error(await body.text());
  const completion = (await body.json()) as Completion;
  return completion.choices[0]?.message.content ?? "";
}

// The least that reads every stream of this upstream rightly: split, parse, join.
async function streamedAnswer(baseUrl: string, question: string): Promise<string> {
  const { statusCode, body } = await post(baseUrl, question, true);
  if (statusCode !== 200) throw new Error(await body.text());
  const decoder = new TextDecoder();
  let rest = "";
  let text = "";
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes as Buffer, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("data: ") || line === "data: [DONE]") continue;
      const chunk = JSON.parse(line.slice(6)) as Chunk;
      text += chunk.choices[0]?.delta.content ?? "";
    }
  }
  return text;
}

/** `undici.request` and `JSON.parse` by hand: what a call costs at the least. */
export const create: CreateSubject = ({ well, failing }) => ({
  answer: (question) => wholeAnswer(well, question),
  failover: (question) => wholeAnswer(failing, question).catch(() => wholeAnswer(well, question)),
  stream: (question) => streamedAnswer(well, question),
});
