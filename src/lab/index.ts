export type { LabAnswer, LabCall } from "./answer.ts";
export type { LabAsk, LabMessage, LabTool, LabToolChoice } from "./ask.ts";
export type { LabTally } from "./bench.ts";
export type { LabProviderSettings } from "./complete-provider.ts";
export type { LabConfiguration, LabConfigurationEntry } from "./configuration.ts";
export type { LabEndpoints } from "./endpoints.ts";
export type { ErrorPlace, Fault, Place, WrongShape } from "./fault.ts";
export { fault } from "./faults.ts";
export { startLab, type Lab } from "./lab.ts";
export { retiredModels } from "./models.ts";
export { play } from "./play.ts";
export type { LabProvider, LabVendor } from "./provider.ts";
export type { LabRecord } from "./record.ts";
export type { LabReply, Piece, ReplyEnd } from "./reply.ts";
export type { LabRequest } from "./request.ts";
export { always, type Script, type Turn } from "./script.ts";

export type { LabSettings } from "./settings.ts";
export type { VendorError } from "./vendor-error.ts";
