/**
 * What a provider author writes against. Start at `provider` and `dataSource`; attributes are made
 * by the builders of `attribute.ts`, from which TypeScript types, wire schema, validation and
 * documentation follow.
 *
 * @module
 */

export {
  atOnce,
  CtyError,
  Decimal,
  DynamicValue,
  type ExactNumber,
  inPieces,
  isLongText,
  isUnknown,
  normalizePieces,
  normalizeString,
  object as objectType,
  objectValue,
  Path,
  type Pieces,
  parseNumber,
  parseShortNumber,
  STEP,
  type Type,
  terraformNumberText,
  tuple as tupleType,
  UNKNOWN,
  type Unknown,
  type Value,
} from "../cty/index.ts";
export {
  type Action,
  type ActionDefinition,
  action,
  type InvokeActionRequest,
  type PlanActionRequest,
} from "./action.ts";
export * from "./attribute.ts";
export * from "./config-validators.ts";
export { type DataSource, type DataSourceDefinition, dataSource, type ReadRequest } from "./data-source.ts";
export { bugDiagnostic, type Diagnostic, Diagnostics } from "./diagnostic.ts";
export {
  type EphemeralResource,
  type EphemeralResourceDefinition,
  ephemeralResource,
  type OpenRequest,
  type RenewRequest,
} from "./ephemeral-resource.ts";
export {
  type IdentityAttribute,
  type IdentityDefinition,
  type IdentitySchema,
  identityIn,
} from "./identity.ts";
export {
  type Config,
  ctyType,
  type Kind,
  type ListKind,
  type MaybeUnknownConfig,
  type ObjectKind,
  type Plan,
  type PlannedComputed,
  type State,
  types,
  type ValueOf,
} from "./kind.ts";
export {
  type ListRequest,
  type ListResource,
  type ListResourceDefinition,
  type ListResult,
  listResource,
} from "./list-resource.ts";
export { createLogger, type LogFields, type Logger, type LogLevel, logLevel } from "./log.ts";
export {
  type PlanModifier,
  type PlanModifierRequest,
  requiresReplace,
  requiresReplaceIf,
  requiresReplaceIfConfigured,
  useStateForUnknown,
} from "./plan-modifier.ts";
export { PrivateState } from "./private-state.ts";
export {
  loadAll,
  type ObjectLoaders,
  type Objects,
  type Provider,
  type ProviderDefinition,
  provider,
  providerByName,
  type ServedProvider,
} from "./provider.ts";
export {
  FunctionError,
  nullableParameter,
  type Parameter,
  type ProviderFunction,
  parameter,
  providerFunction,
} from "./provider-function.ts";
export {
  type CreateRequest,
  type ImportedState,
  type ImportRequest,
  type ModifyPlanRequest,
  type OperationRequest,
  type PlanModification,
  type RefreshRequest,
  type Resource,
  type ResourceDefinition,
  resource,
  type StateRequest,
  type UpdateRequest,
} from "./resource.ts";
export type { Schema } from "./schema.ts";
export {
  type RawConversionRequest,
  rawStateMover,
  rawStateUpgrader,
  type StateMover,
  type StateUpgrader,
  stateMover,
  stateUpgrader,
} from "./state-conversion.ts";
export * from "./validators.ts";
