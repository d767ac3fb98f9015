import type { Style } from "./style.ts";

/** Where a new value is to stand. */
export type Stand = {
  readonly style: Style;
  /** Of the line it begins on. */
  readonly indent: string;
  /** Whether it may not go over several lines. */
  readonly flat: boolean;
};

/** A value as JSON in the style of its file. */
export function writeValue(value: unknown, stand: Stand): string {
  if (Array.isArray(value)) return writeList(value, stand);
  if (typeof value === "object" && value !== null) return writeObject(value, stand);
  return JSON.stringify(value);
}

/** An entry of an object: its name and its value. */
export function writeEntry(name: string, value: unknown, stand: Stand): string {
  return `${JSON.stringify(name)}${stand.style.colon}${writeValue(value, stand)}`;
}

function writeList(list: readonly unknown[], stand: Stand): string {
  const { style, flat } = stand;
  const isPlain = list.every((one) => typeof one !== "object" || one === null);
  if (list.length === 0 || flat || (isPlain && style.listsOnOneLine)) {
    return `[${list.map((one) => writeValue(one, { ...stand, flat: true })).join(style.comma)}]`;
  }
  return tall(stand, "[", "]", (inner) => list.map((one) => writeValue(one, inner)));
}

function writeObject(value: object, stand: Stand): string {
  const { style, flat } = stand;
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const write = (inner: Stand) => entries.map(([name, one]) => writeEntry(name, one, inner));
  if (flat) return `{${style.pad}${write(stand).join(style.comma)}${style.pad}}`;
  return tall(stand, "{", "}", write);
}

function tall(
  { style, indent, flat }: Stand,
  open: string,
  close: string,
  write: (inner: Stand) => readonly string[],
): string {
  const { unit, lineBreak, trailing } = style;
  const start = `${lineBreak}${indent}${unit}`;
  const lines = write({ style, indent: `${indent}${unit}`, flat });
  const body = `${start}${lines.join(`,${start}`)}${trailing ? "," : ""}`;
  return `${open}${body}${lineBreak}${indent}${close}`;
}
