import OpenAI from "openai";
import type { CreateSubject } from "../subject.ts";
import { settings } from "../subject.ts";

function clientFor(baseURL: string): OpenAI {
  return new OpenAI({ apiKey: settings.key, baseURL, maxRetries: 0 });
}

function bodyFor(question: string) {
  const { model, maxTokens, temperature } = settings;
  const messages = [{ role: "user" as const, content: question }];
  return { model, messages, max_tokens: maxTokens, temperature };
}

async function answer(client: OpenAI, question: string): Promise<string> {
  const completion = await client.chat.completions.create(bodyFor(question));
  return completion.choices[0]?.message.content ?? "";
}

/** OpenAI's own client, retries off; a second client in a `catch` for the failover. */
export const create: CreateSubject = ({ well, failing }) => {
  const first = clientFor(failing);
  const second = clientFor(well);
  return {
    answer: (question) => answer(second, question),
    failover: (question) => answer(first, question).catch(() => answer(second, question)),
    async stream(question) {
      const chunks = await second.chat.completions.create({ ...bodyFor(question), stream: true });
      let text = "";
      for await (const chunk of chunks) text += chunk.choices[0]?.delta.content ?? "";
      return text;
    },
  };
};
