import type { Environment } from "../ports.ts";

/** The process's own environment. */
export const systemEnvironment: Environment = { get: (name) => process.env[name] };
