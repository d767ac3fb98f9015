export { checkConfiguration } from "./check.ts";
export type { CheckOptions } from "./check.ts";
export { compareFiles } from "./check/compare.ts";
export type { Comparison } from "./check/compare.ts";
export { inspectConfiguration, inspectFile } from "./check/inspect.ts";
export type { Inspection } from "./check/inspect.ts";
export type { InspectedRoute } from "./check/worst-cases.ts";
export type { Answer, AttemptReport, Content, ToolCall } from "./chat/answer.ts";
export type { Delta, FinishReason, Usage } from "./chat/delta.ts";
export type {
  ChatRequest,
  ContentPart,
  Message,
  RequestToolCall,
  Role,
  Tool,
} from "./chat/request.ts";
export type { LLMConfig } from "./config/llm-config.ts";
export { unreadableFile } from "./config/unreadable.ts";
export { starterConfiguration } from "./config/starter.ts";
export type { Checkup, DiagnoseOptions } from "./doctor/diagnose.ts";
export { diagnose } from "./doctor/diagnose.ts";
export type { Cause, Diagnosis, Latency, Verdict } from "./doctor/diagnosis.ts";
export type { Reload } from "./configuration.ts";
export type { ComparedLine } from "./config/edit/compare-lines.ts";
export type { ConfigurationEdit } from "./config/edit/edit.ts";
export type { EditStep, EditedConfiguration } from "./config/edit/edit-text.ts";
export type { Position } from "./config/edit/change.ts";
export type {
  ImportOptions,
  ImportedConfiguration,
  ImportedKey,
} from "./config/older/import/import-text.ts";
export type { RetiredModel } from "./config/older/import/mend-providers.ts";
export { importConfiguration } from "./import-configuration.ts";
export { editConfiguration } from "./edit-configuration.ts";
export type { EditOptions } from "./edit-configuration.ts";
export type { Outline, OutlinedProvider, OutlinedRoute } from "./config/edit/outline.ts";
export { outlineConfiguration } from "./outline-configuration.ts";
export type { ProviderPreset } from "./providers/catalogue.ts";
export { providerPresets } from "./providers/catalogue.ts";
export { LLMConfigurationError, sayProblem } from "./errors.ts";
export type { Problem, Severity } from "./errors.ts";
export type {
  AttemptEvent,
  ConfigurationEvent,
  Event,
  ProviderEvent,
  RequestEvent,
} from "./event.ts";
export type { Failure, FailureKind, Scope, TimeoutPhase, Unusable } from "./failure.ts";
export type { Observer } from "./journal.ts";
export { LLMConfigManager } from "./manager.ts";
export type { JsonSchema } from "./object/json-schema.ts";
export type { ObjectMode } from "./object/mode.ts";
export type { ObjectAnswer } from "./object/object-answer.ts";
export type { ObjectOptions } from "./object/options.ts";
export type { Logger } from "./observe/log.ts";
export type { ExplainOptions, GenerateOptions, ManagerOptions } from "./options.ts";
export type {
  Clock,
  Environment,
  Files,
  HttpRequest,
  HttpResponse,
  Ports,
  Random,
  ResponseHead,
  Transport,
  Watch,
} from "./ports.ts";
export { LLMProviderError } from "./provider-error.ts";
export type { ExplainedProvider, Explanation } from "./request/explain.ts";
export type { Needs } from "./request/needs.ts";
export type { PlannedStep, Rehearsal } from "./request/rehearse.ts";
export type { StateName } from "./request/state.ts";
export type { Quantiles } from "./resilience/latency.ts";
export type { AnswerStream } from "./request/stream.ts";
export type {
  Applied,
  BreakerCounts,
  ConfigurationStatus,
  CoolDownStatus,
  ProviderStatus,
  Status,
} from "./status.ts";
