/** What a text is that is no JSON, and what to do about it. */
export type ForeignFormat = { readonly message: string; readonly hint: string };

const asJson = 'write it as JSON: { "providers": { … } }';

const formats: readonly (readonly [RegExp, ForeignFormat])[] = [
  [
    /^<(?:!doctype|html|\?xml|[a-z][\w-]*[\s>])/iu,
    { message: "the file is a web page or XML, not JSON", hint: "see where it was fetched from" },
  ],
  [
    /^\[+[\w."' -]+\]+[ \t]*(?:#.*)?\r?\n/u,
    { message: "the file is TOML, not JSON", hint: asJson },
  ],
  [
    /^(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=/u,
    {
      message: "the file is a list of variables, not JSON",
      hint: `${asJson}, and name the variables in it, as in "env:DEEPSEEK_API_KEY"`,
    },
  ],
  [
    /^(?:---|[A-Za-z_][\w-]*:(?:[ \t]|\r?\n|$))/u,
    { message: "the file is YAML, not JSON", hint: asJson },
  ],
];

/** What a text is by its first line that is no comment; `null` if it may be meant as JSON. */
export function foreignFormat(text: string): ForeignFormat | null {
  const start = text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)+/u, "");
  return formats.find(([format]) => format.test(start))?.[1] ?? null;
}
