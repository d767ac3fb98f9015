import type { Delta } from "../chat/delta.ts";
import type { Json } from "./json.ts";
import { isObject } from "./json.ts";

/** Finds out which fragment belongs to which call. */
export type ToolCallReader = {
  /** Adds the deltas of one message's fragments; `false` if they have a wrong shape. */
  read(fragments: unknown, deltas: Delta[]): boolean;
};

/** A reader of the tool calls of one answer. */
export function createToolCallReader(): ToolCallReader {
  const indexes = new Map<string, number>();
  let last = -1;

  // Some vendors leave the index out, and say by a new id or name that another call begins.
  function indexOf(stated: unknown, id: string, name: string): number {
    const known = id === "" ? undefined : indexes.get(id);
    if (known !== undefined) return known;
    // An index that another call has already is no index: a new id is a new call.
    const taken = id !== "" && [...indexes.values()].some((index) => index === stated);
    if (typeof stated === "number" && !taken) return stated;
    return id === "" && name === "" && last >= 0 ? last : last + 1;
  }

  function readOne(fragment: Json, deltas: Delta[]): boolean {
    const called = fragment["function"] ?? {};
    if (!isObject(called)) return false;
    const id = text(fragment["id"]);
    const name = text(called["name"]);
    const part = argumentsOf(called["arguments"]);
    if (part === null) return false;
    const index = indexOf(fragment["index"], id, name);
    last = Math.max(last, index);
    if (id !== "") indexes.set(id, index);
    // A later fragment has an empty id where the first one had the call's own.
    if (id === "" && name === "" && part === "") return true;
    const known = { ...(id !== "" && { id }), ...(name !== "" && { name }) };
    deltas.push({ type: "tool-call", index, ...known, arguments: part });
    return true;
  }

  return {
    read(fragments, deltas) {
      if (!Array.isArray(fragments)) return false;
      return fragments.every((fragment) => isObject(fragment) && readOne(fragment, deltas));
    },
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function argumentsOf(value: unknown): string | null {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  return isObject(value) ? JSON.stringify(value) : null;
}
