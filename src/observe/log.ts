import type { Event } from "../event.ts";

/** A logger in pino's shape: an object of fields, then a sentence. */
export type Logger = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** An observer that tells a logger each event: one line, its fields beside it. */
export function logTo(logger: Logger): (event: Event) => unknown {
  return (event) => {
    const { level, message } = line(event);
    const told: unknown = logger[level](event, message);
    if (event.type !== "configuration-applied") return told;
    for (const problem of event.warnings) {
      const loudness = problem.severity === "note" ? "info" : "warn";
      logger[loudness](problem, `configuration: ${problem.message}`);
    }
    return told;
  };
}

type Line = { readonly level: keyof Logger; readonly message: string };

function line(event: Event): Line {
  switch (event.type) {
    case "request-start":
      return { level: "debug", message: `${event.request} begins` };
    case "request-wait": {
      const seconds = ((event.until - event.at) / 1000).toFixed(1);
      return {
        level: "info",
        message: `${event.request} waits ${seconds} s for ${event.provider}`,
      };
    }
    case "request-warning":
      return { level: "warn", message: `${event.provider}: ${event.message}` };
    case "request-end":
      return event.failure === null
        ? { level: "info", message: `${event.request} answered by ${event.provider}` }
        : { level: "error", message: `${event.request} failed: ${event.failure.message}` };
    case "attempt-start":
      return { level: "debug", message: `${event.request} asks ${event.provider}` };
    case "attempt-commit":
      return { level: "debug", message: `${event.provider} answers ${event.request}` };
    case "attempt-end":
      return event.failure === null
        ? { level: "debug", message: `${event.provider} answered ${event.request}` }
        : { level: "warn", message: `${event.provider}: ${event.failure.kind}` };
    case "attempt-abandoned":
      return { level: "debug", message: `${event.request} leaves ${event.provider}` };
    case "provider-unwell": {
      const until = new Date(event.until).toISOString();
      const message = `${event.provider} is out of use until ${until}: ${event.message}`;
      return { level: "error", message };
    }
    case "provider-well":
      return { level: "info", message: `${event.provider} is well again (${event.kind})` };
    case "configuration-applied":
      return { level: "info", message: `configuration ${event.version} applied` };
    case "configuration-restored":
      return { level: "info", message: `configuration ${event.version} stays in force` };
    case "configuration-unwatched":
      return { level: "warn", message: event.message };
    case "configuration-rejected":
      return { level: "error", message: event.message };
  }
}
