/** One of several, by chance. */
export type Pick = <Value>(...of: readonly Value[]) => Value;

/** Chance that can be repeated. */
export function chance(seed: number): Pick {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
  return <Value>(...of: readonly Value[]) => of[Math.floor(next() * of.length)] as Value;
}

/** How a file is written: tidily, as people and programs do, or with anything anywhere. */
export type Hand = {
  readonly lineBreak: string;
  readonly unit: string;
  readonly colon: string;
  readonly trailing: boolean;
  readonly comments: boolean;
  readonly layout: "tall" | "line" | "wild";
};

export function drawHand(pick: Pick): Hand {
  return {
    lineBreak: pick("\n", "\r\n", "\r"),
    unit: pick("  ", "    ", "\t", "", " "),
    colon: pick(": ", ":", " : "),
    trailing: pick(true, false),
    comments: pick(true, false),
    layout: pick("tall", "tall", "tall", "line", "wild"),
  };
}

/** Writes a value as JSON with comments; every comment it writes is another one. */
export function write(value: unknown, { layout, ...style }: Hand, pick: Pick): string {
  let count = 0;
  const comment = (): string => {
    count += 1;
    const inside = pick("", " } ,", ' "a": 1,', "//", "é");
    return `c${count}${inside}`;
  };
  const block = (): string => {
    const text = comment();
    const rest = pick(true, false) ? "" : `${style.lineBreak}more`;
    return `/* ${text}${rest} */`;
  };
  const sometimes = (times: number): boolean => pick(...Array(times).keys()) === 0;
  const wildGap = (): string => {
    let gap = "";
    while (sometimes(2)) {
      const kind = style.comments ? pick(0, 1, 2, 3) : pick(0, 1);
      if (kind === 0) gap += pick(" ", "  ", "\t");
      if (kind === 1) gap += style.lineBreak;
      if (kind === 2) gap += block();
      if (kind === 3) gap += `// ${comment()}${style.lineBreak}`;
    }
    return gap;
  };
  const wild = (one: unknown): string => {
    const isList = Array.isArray(one);
    if (typeof one !== "object" || one === null) return JSON.stringify(one);
    const items = isList
      ? one.map((item) => `${wildGap()}${wild(item)}${wildGap()}`)
      : Object.entries(one).map(
          ([name, item]) =>
            `${wildGap()}${JSON.stringify(name)}${wildGap()}:${wildGap()}${wild(item)}${wildGap()}`,
        );
    const end = style.trailing && items.length > 0 ? `,${wildGap()}` : "";
    const body = `${items.join(",")}${end}${items.length === 0 ? wildGap() : ""}`;
    return isList ? `[${body}]` : `{${body}}`;
  };
  const above = (indent: string): string => {
    if (!style.comments || !sometimes(5)) return sometimes(10) ? style.lineBreak : "";
    const blank = sometimes(4) ? style.lineBreak : "";
    const text = pick(true, false) ? `// ${comment()}` : block();
    return `${indent}${text}${style.lineBreak}${blank}`;
  };
  const remark = (): string => {
    if (!style.comments || !sometimes(5)) return "";
    return ` ${pick(true, false) ? `// ${comment()}` : `/* ${comment()} */`}`;
  };
  const tall = (one: unknown, indent: string, flat: boolean): string => {
    if (typeof one !== "object" || one === null) return JSON.stringify(one);
    const isList = Array.isArray(one);
    const [open, close] = isList ? ["[", "]"] : ["{", "}"];
    const inner = `${indent}${style.unit}`;
    const own = flat || (isList && pick(true, false));
    const items = isList
      ? one.map((item) => tall(item, inner, own))
      : Object.entries(one).map(
          ([name, item]) => `${JSON.stringify(name)}${style.colon}${tall(item, inner, own)}`,
        );
    if (items.length === 0) return `${open}${close}`;
    if (own) {
      const pad = isList ? "" : " ";
      return `${open}${pad}${items.join(", ")}${pad}${close}`;
    }
    const lines = items.map((item, index) => {
      const comma = index < items.length - 1 || style.trailing ? "," : "";
      return `${above(inner)}${inner}${item}${comma}${remark()}${style.lineBreak}`;
    });
    const foot = sometimes(7) ? above(inner) : "";
    return `${open}${remark()}${style.lineBreak}${lines.join("")}${foot}${indent}${close}`;
  };
  switch (layout) {
    case "wild":
      return `${wildGap()}${wild(value)}${wildGap()}`;
    case "line":
      return tall(value, "", true);
    case "tall":
      return `${above("")}${tall(value, "", false)}${style.lineBreak}`;
  }
}
