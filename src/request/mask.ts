import type { Failure } from "../failure.ts";
import type { Provider } from "../snapshot.ts";

/** Shorter values would be found in innocent words. */
const shortestSecret = 4;

/** Takes a provider's own secrets out of whatever came from its side. */
export type Mask = {
  text(value: string): string;
  failure(failure: Failure): Failure;
};

/** The mask of a provider: its key and the values of its headers become `***`. */
export function maskOf(provider: Provider): Mask {
  const values = [provider.key, ...Object.values(provider.headers)].flatMap((secret) => {
    const value = secret?.reveal() ?? "";
    const bare = value.replace(/^bearer\s+/iu, "");
    return [...new Set([value, bare, encodeURIComponent(bare)])];
  });
  const secrets = values
    .filter((value) => value.length >= shortestSecret)
    .toSorted((a, b) => b.length - a.length);

  function text(value: string): string {
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, "***"), value);
  }

  return {
    text,
    failure(failure) {
      const { message, code, requestId } = failure;
      return {
        ...failure,
        message: text(message),
        ...(code === undefined ? {} : { code: text(code) }),
        ...(requestId === undefined ? {} : { requestId: text(requestId) }),
      };
    },
  };
}
