import type { Scope } from "../failure.ts";

type Identity = Readonly<Record<Scope, string>>;

/** What a provider is made of, as one text: another one is another provider under its name. */
export function madeOf(identity: Identity): string {
  return Object.values(identity).join("\n");
}

/** Whether an attempt was at what its provider was before a reload: it says nothing of it now. */
export function isFormer(
  seen: { readonly madeOf: string | null } | undefined,
  { identity }: { readonly identity: Identity },
): boolean {
  return typeof seen?.madeOf === "string" && seen.madeOf !== madeOf(identity);
}
