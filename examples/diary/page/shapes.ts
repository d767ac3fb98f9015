import type { EventState } from "../store/record.ts";
import type { LocalTime } from "../decide/local-time.ts";
import type { ToldEntry } from "./told-entry.ts";

/** Somebody whose diary is kept. */
export type Person = {
  readonly id: string;
  readonly nickname: string;
  readonly toy: string;
  /** Whether the settings know them; the names of whoever they do not are anybody's. */
  readonly known: boolean;
  /** Whether there is an entry of theirs. */
  readonly hasEntries: boolean;
};

/** What `/api/about` answers: what the page has to know before it shows anything. */
export type About = {
  readonly simulated: boolean;
  readonly users: readonly Person[];
  readonly tags: readonly string[];
  readonly types: readonly string[];
};

/** What `/api/entries` answers; what is kept after `last` is told on `/api/live`. */
export type Entries = {
  readonly entries: readonly ToldEntry[];
  readonly last: number;
  readonly more: boolean;
};

/** One day of `/api/days`: its entries, and how often each mood is among them. */
export type Day = {
  readonly day: string;
  readonly entries: number;
  readonly tags: Readonly<Record<string, number>>;
};

/** One event of `/api/decisions`, with what became of it in two languages. */
export type ToldDecision = {
  readonly id: string;
  readonly user: string;
  readonly day: string;
  readonly time: string;
  readonly name: string;
  readonly type: string | null;
  readonly state: EventState;
  readonly reason: string;
  readonly due: LocalTime | null;
  /** Why, in a few words; and with the figures that made it so. */
  readonly brief: { readonly en: string; readonly zh: string };
  readonly words: { readonly en: string; readonly zh: string };
};
