export { completeEndpoint } from "./catalogue/complete-endpoint.ts";
export type { EndMark, HostRow, KeyHeader } from "./catalogue/hosts.ts";
export { describeEndpoint, hostQuirks } from "./catalogue/describe-endpoint.ts";
export type { ModelFacts, ThinkingSwitch } from "./catalogue/models.ts";
export { contextWindowOf, knownModels, modelFacts } from "./catalogue/models.ts";
export type { Retirement } from "./catalogue/retirements.ts";
export { retirement } from "./catalogue/retirements.ts";
export type { VendorFacts } from "./catalogue/vendor-facts.ts";
export { usualKeyVariables, vendorFacts } from "./catalogue/vendor-facts.ts";
