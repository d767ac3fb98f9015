import { readReference, saysNoKey } from "../reference.ts";
import { scrub } from "../show.ts";
import type { Node } from "jsonc-parser";
import { applySplices } from "./splice.ts";
import { endOf, holderOf, readTree } from "./tree.ts";

/** A file's text as it may be shown: its keys and the values of its headers are masked. */
export function maskText(text: string): string {
  const masks = [...secretsIn(readTree(text), false)].map((node) => {
    return { from: node.offset, to: endOf(node), text: '"***"' };
  });
  return scrub(applySplices(text, masks));
}

function* secretsIn(node: Node, isSecret: boolean): Iterable<Node> {
  const holder = holderOf(node);
  if (holder === null) {
    if (isSecret && !isOpen(node.value)) yield node;
    return;
  }
  for (const { name, value } of holder.items) {
    yield* secretsIn(value, isSecret || name === "api_key" || name === "headers");
  }
}

function isOpen(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (saysNoKey(value)) return true;
  return ["variable", "file", "placeholder"].includes(readReference(value).from);
}
