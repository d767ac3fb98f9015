import { completeEndpoint } from "../providers/catalogue.ts";
import type { Finding, Words } from "./finding.ts";
import { fileKey, marks } from "./finding.ts";

/** What to say when nothing is served at a provider's path. */
export function sayPath(finding: Finding): Words {
  const { origin, pathname } = new URL(finding.provider.endpoint);
  const place = fileKey(finding.provider, "api_endpoint");
  const { model, protocol } = finding.provider;
  const usual = completeEndpoint(origin, model, protocol).url;
  const advice =
    usual === finding.provider.endpoint
      ? `The path is the usual one, so the host in ${place} is likely to be another's: check it.`
      : `Correct the path in ${place}: usual for this host is ${new URL(usual).pathname}.`;
  return { message: `Nothing is served at ${pathname} of ${origin}${marks(finding)}.`, advice };
}
