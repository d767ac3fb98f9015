import { z } from "zod";
import type { FailureKind } from "../failure.ts";
import { consequences } from "../failure.ts";
import { choice, object, table, text, told, whole } from "./leaves.ts";
import {
  olderShape,
  olderTaskSchema,
  performanceSchema,
  rulesSchema,
  selectionSchema,
  trackingSchema,
} from "./older/schema.ts";
import {
  backoffSchema,
  breakerSchema,
  budgetSchema,
  failoverSchema,
  routeFailoverSchema,
} from "./schema/failover.ts";
import {
  accountSchema,
  pricingSchema,
  providerSchema,
  rateLimitSchema,
  timeoutsSchema,
} from "./schema/provider.ts";
import { overridesSchema, routeSchema } from "./schema/route.ts";
import { vendors } from "./spoken.ts";

// What only a request as a whole can come to.
const wholeKinds: ReadonlySet<string> = new Set(["unavailable", "deadline", "aborted"]);
const failureKinds = Object.keys(consequences).filter((kind) => !wholeKinds.has(kind)) as [
  FailureKind,
  ...FailureKind[],
];

const failureRuleSchema = object({
  vendor: told(choice(vendors).optional(), "Holds for this vendor alone; else for all."),
  status: told(whole(100, 599).optional(), "The HTTP status of the reply.", 429),
  code: told(text("text: the vendor's code").optional(), "The vendor's whole code, case ignored."),
  message: told(
    text("text: a part of the vendor's message").optional(),
    "A part of the vendor's message, case ignored.",
  ),
  kind: told(choice(failureKinds), "What such a reply is to be taken for."),
});

/** What the file may say; every leaf's error is the end of a sentence that begins with its name. */
export const fileSchema = object({
  $schema: told(z.unknown().optional(), "For editors: where this schema is."),
  providers: told(
    table(providerSchema),
    "Who may be asked, by names of your choice; in this order if nothing else says.",
  ),
  accounts: told(
    table(accountSchema).default({}),
    "Accounts that several providers name in `account`, with the limits they share.",
  ),
  routes: told(
    table(routeSchema).default({}),
    "Named ways for requests of one kind; `default` is the one for requests that name none.",
  ),
  tasks: told(table(routeSchema).default({}), "Another word for `routes`."),
  failover: told(failoverSchema.prefault({}), "How requests move among providers."),
  failure_rules: told(
    z.array(failureRuleSchema, { error: "must be a list: [ … ]" }).default([]),
    "What certain replies are to be taken for; asked before the built-in tables, in order.",
  ),
  ...olderShape,
});

/** One provider as the file has it, its defaults filled in. */
export type ProviderSettings = z.output<typeof providerSchema>;

/** The limits of one account that providers share, as the file has it. */
export type AccountSettings = z.output<typeof accountSchema>;

/** One route as the file has it. */
export type RouteSettings = z.output<typeof routeSchema>;

/** How requests move among providers, as the file has it, its defaults filled in. */
export type FailoverSettings = z.output<typeof failoverSchema>;

/** One of the operator's own failure rules. */
export type FailureRuleSettings = z.output<typeof failureRuleSchema>;

/** The known keys of each kind of object. */
export const knownKeys = {
  file: Object.keys(fileSchema.shape),
  provider: Object.keys(providerSchema.shape),
  timeouts: Object.keys(timeoutsSchema.shape),
  rateLimit: Object.keys(rateLimitSchema.shape),
  pricing: Object.keys(pricingSchema.shape),
  account: Object.keys(accountSchema.shape),
  route: Object.keys(routeSchema.shape),
  overrides: Object.keys(overridesSchema.shape),
  routeFailover: Object.keys(routeFailoverSchema.shape),
  failover: Object.keys(failoverSchema.shape),
  backoff: Object.keys(backoffSchema.shape),
  circuitBreaker: Object.keys(breakerSchema.shape),
  retryBudget: Object.keys(budgetSchema.shape),
  failureRule: Object.keys(failureRuleSchema.shape),
  olderSelection: Object.keys(selectionSchema.shape),
  olderRules: Object.keys(rulesSchema.shape),
  olderPerformance: Object.keys(performanceSchema.shape),
  olderTask: Object.keys(olderTaskSchema.shape),
  olderTracking: Object.keys(trackingSchema.shape),
} as const;
