import type { Upstream } from "./upstream-process.ts";

/** A way to ask a provider, as an application would use it. */
export type Subject = {
  /** The text of a whole answer from a provider that is well. */
  answer(question: string): Promise<string>;
  /** The same where the first provider fails and the second one answers. */
  failover(question: string): Promise<string>;
  /** The text of a streamed answer, its pieces joined. */
  stream(question: string): Promise<string>;
};

/** Makes a subject once, as an application does at its start. */
export type CreateSubject = (upstream: Upstream) => Subject;

/** What is asked of a subject. */
export type Path = keyof Subject;

/** What every subject sends with each request. */
export const settings = {
  key: "sk-bench-0123456789abcdef",
  model: "bench-model",
  maxTokens: 150,
  temperature: 0.7,
} as const;

const load = {
  undici: () => import("./subjects/undici.ts"),
  standin: () => import("./subjects/standin.ts"),
  openai: () => import("./subjects/openai.ts"),
  ai: () => import("./subjects/ai.ts"),
  "ai-retry": () => import("./subjects/ai-retry.ts"),
  "ai-retry-each": () => import("./subjects/ai-retry-each.ts"),
} satisfies Record<string, () => Promise<{ readonly create: CreateSubject }>>;

/** The subjects' names. */
export type SubjectName = keyof typeof load;

/** The subjects, the bare one, to which the others are compared, first. */
export const subjectNames = Object.keys(load) as [SubjectName, ...SubjectName[]];

/** Imports one subject, and nothing of the others, and makes it. */
export async function createSubject(name: SubjectName, upstream: Upstream): Promise<Subject> {
  const { create } = await load[name]();
  return create(upstream);
}
