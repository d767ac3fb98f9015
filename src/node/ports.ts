import type { Ports } from "../ports.ts";
import { systemClock } from "./clock.ts";
import { systemEnvironment } from "./environment.ts";
import { systemFiles } from "./files.ts";
import { proxySettings } from "./proxy-settings.ts";
import { createTransport } from "./transport.ts";
import { systemWatch } from "./watch.ts";

/** The real outside world, with a transport of its own. */
export function systemPorts(): Ports {
  return {
    clock: systemClock,
    random: { next: Math.random },
    transport: createTransport(proxySettings(systemEnvironment)),
    files: systemFiles,
    watch: systemWatch,
    environment: systemEnvironment,
    warn: (message) => process.emitWarning(message, { code: "STANDIN_CONFIGURATION" }),
  };
}
