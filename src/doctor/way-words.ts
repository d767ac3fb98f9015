import type { WayCause } from "./diagnosis.ts";
import type { Finding, Words } from "./finding.ts";
import { asLimit, fileKey, hostOf, marks } from "./finding.ts";
import { meantHost } from "./usual-hosts.ts";

const endpointOf = ({ provider }: Finding): string => fileKey(provider, "api_endpoint");
const nameOf = ({ provider }: Finding): string => new URL(provider.endpoint).hostname;

/** What to say when the way to a provider is the trouble. */
export const wayWords: Readonly<Record<WayCause, (finding: Finding) => Words>> = {
  dns: (finding) => ({
    message: `The host name ${nameOf(finding)} does not exist${marks(finding)}.`,
    advice: dnsAdvice(finding),
  }),
  dns_temporary: (finding) => ({
    message: `The host name ${nameOf(finding)} could not be looked up${marks(finding)}.`,
    advice:
      "The name server gave no answer: check this machine's network, then run " +
      `\`standin doctor ${finding.provider.name}\` again.`,
  }),
  refused: (finding) => ({
    message: `Nobody listens at ${hostOf(finding.provider)}${marks(finding)}.`,
    advice: `Start the server there, or correct host and port in ${endpointOf(finding)}.`,
  }),
  unreachable: (finding) => ({
    message: `There is no way from here to ${hostOf(finding.provider)}${marks(finding)}.`,
    advice:
      "Check this machine's network, VPN and firewall; " +
      "where a proxy is the only way out, set HTTPS_PROXY.",
  }),
  connect_timeout: (finding) => ({
    message:
      `${hostOf(finding.provider)} let no connection be made in time` + connectLimit(finding),
    advice:
      `A firewall may swallow it: check host and port in ${endpointOf(finding)}, and whether a ` +
      `proxy is needed (HTTPS_PROXY). A slow network needs a higher ${connectKey(finding)}.`,
  }),
  tls_date: (finding) => ({
    message: `The certificate of ${nameOf(finding)} is not valid today${marks(finding)}.`,
    advice:
      "Check the clock of this machine; if it is right, whoever runs the server must renew " +
      "the certificate.",
  }),
  tls_untrusted: (finding) => ({
    message: `The certificate of ${nameOf(finding)} has no known authority${marks(finding)}.`,
    advice:
      "If it is your own server or your company's proxy, name its authority's certificate in " +
      "the variable NODE_EXTRA_CA_CERTS; else do not trust it.",
  }),
  tls_wrong_host: (finding) => ({
    message: `The certificate is for another host than ${nameOf(finding)}${marks(finding)}.`,
    advice: `Write the host that the certificate names into ${endpointOf(finding)}.`,
  }),
  tls_not_spoken: (finding) => ({
    message: `${hostOf(finding.provider)} does not speak TLS${marks(finding)}.`,
    advice: `Write http:// instead of https:// in ${endpointOf(finding)}, or use its TLS port.`,
  }),
  tls_expected: (finding) => ({
    message: `${hostOf(finding.provider)} speaks TLS and was asked in plain text${marks(finding)}.`,
    advice: `Write https:// instead of http:// in ${endpointOf(finding)}.`,
  }),
  tls: (finding) => ({
    message: `The secure connection to ${hostOf(finding.provider)} failed${marks(finding)}.`,
    advice:
      "Something on the way may break it: check the proxy, the firewall and this machine's " +
      `clock, and that the port in ${endpointOf(finding)} is one for TLS.`,
  }),
  proxy_unreachable: (finding) => ({
    message: proxyWords(finding),
    advice: "Correct the variable HTTPS_PROXY or HTTP_PROXY, or unset it if none is needed.",
  }),
  proxy_key: (finding) => ({
    message: proxyWords(finding),
    advice: "Write user and password into HTTPS_PROXY, as in http://user:password@proxy:8080.",
  }),
  proxy: (finding) => ({
    message: proxyWords(finding),
    advice:
      "Ask whoever runs the proxy to allow this host, or name it in NO_PROXY if it can be " +
      "reached without.",
  }),
  blocked: (finding) => ({
    message: `Something on the way refused the request with a page of its own${marks(finding)}.`,
    advice:
      "Look at the firewall and the proxy of this network: they must let this host pass. If it " +
      "is the provider's own page, it may not serve this country.",
  }),
  unsendable: (finding) => ({
    message: `The request cannot be sent as it is configured${marks(finding)}.`,
    advice:
      `Look for stray signs in ${endpointOf(finding)}, the key and ` +
      `${fileKey(finding.provider, "headers")}.`,
  }),
  closed: (finding) => ({
    message: `${hostOf(finding.provider)} closed the connection without a word${marks(finding)}.`,
    advice: finding.provider.endpoint.startsWith("http:")
      ? `If the server speaks TLS, write https:// in ${endpointOf(finding)}; else look at its log.`
      : "Ask again; if it stays so, a firewall or the server's front is the likeliest reason.",
  }),
};

function dnsAdvice(finding: Finding): string {
  const meant = meantHost(nameOf(finding));
  return meant === undefined
    ? `Check the spelling of the host in ${endpointOf(finding)}; ` +
        "where only a proxy knows the names outside, set HTTPS_PROXY."
    : `Write ${meant} into ${endpointOf(finding)}: that is the name most like it.`;
}

function connectKey({ provider }: Finding): string {
  return fileKey(provider, "timeouts.connect");
}

function connectLimit({ provider, limitMs, failure }: Finding): string {
  if (failure.code !== undefined) return ` (${failure.code}).`;
  return ` (${asLimit(Math.min(provider.timeouts.connectMs, limitMs))}).`;
}

// What the transport says of it, without its advice.
function proxyWords({ failure }: Finding): string {
  return `${failure.message.split(";")[0] ?? failure.message}.`;
}
