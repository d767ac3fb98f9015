/** What a secret's text in the file says: where the secret is, or the secret itself. */
export type Reference =
  | { readonly from: "variable"; readonly name: string }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "inline"; readonly value: string }
  /** Something a template left there. */
  | { readonly from: "placeholder" }
  | { readonly from: "nowhere"; readonly message: string; readonly hint: string };

const variableName = /^[A-Za-z_]\w*$/u;

/** Reads `"${NAME}"`, `"env:NAME"`, `"file:/path"`, a placeholder, or a secret written inline. */
export function readReference(written: string): Reference {
  const text = written.trim();
  if (isPlaceholder(text)) return { from: "placeholder" };
  const braced = /^\$\{(.*)\}$/su.exec(text)?.[1];
  const named = /^env:(.*)$/isu.exec(text)?.[1] ?? braced;
  if (named !== undefined) return toVariable(named.trim());
  const path = /^file:(.*)$/isu.exec(text)?.[1];
  if (path !== undefined) return toFile(path.trim());
  const foreign = foreignVariable(text);
  if (foreign !== null) return nowhere("is not how a variable is named here", howToName(foreign));
  if (bareVariable.test(text)) {
    return nowhere("is the name of a variable, and not said to be one", howToName(text));
  }
  if (/\$\{\w+\}/u.test(text)) {
    return nowhere("holds a reference in the middle of a text", "make it the whole value");
  }
  return { from: "inline", value: text };
}

const templates = [
  /^$/u,
  /^(?:sk-)?your(?:[-_ ].*)?$/iu,
  /^(?:sk-)?change[-_ ]?(?:me|this|it)$/iu,
  /^(?:sk-)?(?:replace|insert|enter|paste|fill)[-_ ].*$/iu,
  /^(?:sk-)?[x*.…_-]+$/iu,
  /^<.*>$/u,
  /^\{\{.*\}\}$/u,
  /^\[.*\]$/u,
  /^api[-_ ]?key(?:[-_ ]here)?$/iu,
  /^(?:todo|tbd|placeholder)$/iu,
];

/** Whether a text stands where a key should and is none. */
export function isPlaceholder(text: string): boolean {
  const bare = text.trim();
  return bare.length <= 200 && templates.some((template) => template.test(bare));
}

const noKey = /^(?:not?[-_ ]?(?:api[-_ ]?)?(?:key|required|needed)|none|n\/a|ollama)$/iu;

/** Whether a text says, where a key should stand, that none is needed. */
export function saysNoKey(text: string): boolean {
  return noKey.test(text.trim());
}

// How shells, Windows, JavaScript, Python, other gateways and editors write a variable.
const foreignVariables = [
  /^\$(\w+)$/u,
  /^%(\w+)%$/u,
  /^(?:process\.env|import\.meta\.env|os\.environ|os\.getenv|ENV)[./[('"]+(\w+)['")\]]*$/u,
  /^\{env:(\w+)\}$/u,
];

function foreignVariable(text: string): string | null {
  const found = foreignVariables.map((form) => form.exec(text)?.[1]).find((name) => name);
  return found ?? null;
}

const bareVariable = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*_(?:KEY|TOKEN|SECRET)$/u;

function howToName(variable: string): string {
  return `write "env:${variable}"`;
}

function toVariable(written: string): Reference {
  const name = written.replace(/^env[:.]/u, "");
  if (variableName.test(name)) return { from: "variable", name };
  return nowhere(
    "does not name an environment variable",
    'names are letters, digits and _, as in "env:DEEPSEEK_API_KEY"',
  );
}

function toFile(path: string): Reference {
  const whole = path.replace(/^\/\/(?=\/)/u, "");
  if (/^(?:\/|[A-Za-z]:[\\/])/u.test(whole)) return { from: "file", path: whole };
  return nowhere(
    "does not name a file by its whole path",
    'write the path from the root, as in "file:/run/secrets/qwen"',
  );
}

function nowhere(message: string, hint: string): Reference {
  return { from: "nowhere", message, hint };
}
