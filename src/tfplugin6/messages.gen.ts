// Generated from proto/tfplugin6.proto by `npm run generate`; do not edit.
import { map, member, one, optional, repeated } from "../protobuf/field.ts";
import { MessageType } from "../protobuf/message.ts";
import { clientStream, serverStream, unary } from "../protobuf/service.ts";

export const StringKind = {
  PLAIN: 0,
  MARKDOWN: 1,
} as const;
export type StringKind = (typeof StringKind)[keyof typeof StringKind];

export const Diagnostic_Severity = {
  INVALID: 0,
  ERROR: 1,
  WARNING: 2,
} as const;
export type Diagnostic_Severity = (typeof Diagnostic_Severity)[keyof typeof Diagnostic_Severity];

export const Schema_NestedBlock_NestingMode = {
  INVALID: 0,
  SINGLE: 1,
  LIST: 2,
  SET: 3,
  MAP: 4,
  GROUP: 5,
} as const;
export type Schema_NestedBlock_NestingMode = (typeof Schema_NestedBlock_NestingMode)[keyof typeof Schema_NestedBlock_NestingMode];

export const Schema_Object_NestingMode = {
  INVALID: 0,
  SINGLE: 1,
  LIST: 2,
  SET: 3,
  MAP: 4,
} as const;
export type Schema_Object_NestingMode = (typeof Schema_Object_NestingMode)[keyof typeof Schema_Object_NestingMode];

export const Deferred_Reason = {
  UNKNOWN: 0,
  RESOURCE_CONFIG_UNKNOWN: 1,
  PROVIDER_CONFIG_UNKNOWN: 2,
  ABSENT_PREREQ: 3,
} as const;
export type Deferred_Reason = (typeof Deferred_Reason)[keyof typeof Deferred_Reason];

export interface DynamicValue {
  msgpack: Buffer;
  json: Buffer;
}
export const DynamicValue: MessageType<DynamicValue> = /* @__PURE__ */ new MessageType("tfplugin6.DynamicValue", () => [
  one(1, "msgpack", "bytes"),
  one(2, "json", "bytes"),
]);

export interface RawState {
  json: Buffer;
  flatmap: Map<string, string>;
}
export const RawState: MessageType<RawState> = /* @__PURE__ */ new MessageType("tfplugin6.RawState", () => [
  one(1, "json", "bytes"),
  map(2, "flatmap", "string", "string"),
]);

export interface AttributePath {
  steps: AttributePath_Step[];
}
export const AttributePath: MessageType<AttributePath> = /* @__PURE__ */ new MessageType("tfplugin6.AttributePath", () => [
  repeated(1, "steps", AttributePath_Step),
]);

export interface AttributePath_Step {
  attribute_name: string | undefined;
  element_key_string: string | undefined;
  element_key_int: number | undefined;
}
export const AttributePath_Step: MessageType<AttributePath_Step> = /* @__PURE__ */ new MessageType("tfplugin6.AttributePath.Step", () => [
  member("selector", 1, "attribute_name", "string"),
  member("selector", 2, "element_key_string", "string"),
  member("selector", 3, "element_key_int", "int64"),
]);

export interface Diagnostic {
  severity: Diagnostic_Severity;
  summary: string;
  detail: string;
  attribute: AttributePath | undefined;
}
export const Diagnostic: MessageType<Diagnostic> = /* @__PURE__ */ new MessageType("tfplugin6.Diagnostic", () => [
  one(1, "severity", "enum"),
  one(2, "summary", "string"),
  one(3, "detail", "string"),
  one(4, "attribute", AttributePath),
]);

export interface FunctionError {
  text: string;
  function_argument: number | undefined;
}
export const FunctionError: MessageType<FunctionError> = /* @__PURE__ */ new MessageType("tfplugin6.FunctionError", () => [
  one(1, "text", "string"),
  optional(2, "function_argument", "int64"),
]);

export interface Schema {
  version: number;
  block: Schema_Block | undefined;
}
export const Schema: MessageType<Schema> = /* @__PURE__ */ new MessageType("tfplugin6.Schema", () => [
  one(1, "version", "int64"),
  one(2, "block", Schema_Block),
]);

export interface Schema_Block {
  version: number;
  attributes: Schema_Attribute[];
  block_types: Schema_NestedBlock[];
  description: string;
  description_kind: StringKind;
  deprecated: boolean;
  deprecation_message: string;
  computed: boolean;
}
export const Schema_Block: MessageType<Schema_Block> = /* @__PURE__ */ new MessageType("tfplugin6.Schema.Block", () => [
  one(1, "version", "int64"),
  repeated(2, "attributes", Schema_Attribute),
  repeated(3, "block_types", Schema_NestedBlock),
  one(4, "description", "string"),
  one(5, "description_kind", "enum"),
  one(6, "deprecated", "bool"),
  one(7, "deprecation_message", "string"),
  one(8, "computed", "bool"),
]);

export interface Schema_Attribute {
  name: string;
  type: Buffer;
  nested_type: Schema_Object | undefined;
  description: string;
  required: boolean;
  optional: boolean;
  computed: boolean;
  sensitive: boolean;
  description_kind: StringKind;
  deprecated: boolean;
  write_only: boolean;
  deprecation_message: string;
}
export const Schema_Attribute: MessageType<Schema_Attribute> = /* @__PURE__ */ new MessageType("tfplugin6.Schema.Attribute", () => [
  one(1, "name", "string"),
  one(2, "type", "bytes"),
  one(3, "description", "string"),
  one(4, "required", "bool"),
  one(5, "optional", "bool"),
  one(6, "computed", "bool"),
  one(7, "sensitive", "bool"),
  one(8, "description_kind", "enum"),
  one(9, "deprecated", "bool"),
  one(10, "nested_type", Schema_Object),
  one(11, "write_only", "bool"),
  one(12, "deprecation_message", "string"),
]);

export interface Schema_NestedBlock {
  type_name: string;
  block: Schema_Block | undefined;
  nesting: Schema_NestedBlock_NestingMode;
  min_items: number;
  max_items: number;
}
export const Schema_NestedBlock: MessageType<Schema_NestedBlock> = /* @__PURE__ */ new MessageType("tfplugin6.Schema.NestedBlock", () => [
  one(1, "type_name", "string"),
  one(2, "block", Schema_Block),
  one(3, "nesting", "enum"),
  one(4, "min_items", "int64"),
  one(5, "max_items", "int64"),
]);

export interface Schema_Object {
  attributes: Schema_Attribute[];
  nesting: Schema_Object_NestingMode;
  min_items: number;
  max_items: number;
}
export const Schema_Object: MessageType<Schema_Object> = /* @__PURE__ */ new MessageType("tfplugin6.Schema.Object", () => [
  repeated(1, "attributes", Schema_Attribute),
  one(3, "nesting", "enum"),
  one(4, "min_items", "int64"),
  one(5, "max_items", "int64"),
]);

export interface Function {
  parameters: Function_Parameter[];
  variadic_parameter: Function_Parameter | undefined;
  return: Function_Return | undefined;
  summary: string;
  description: string;
  description_kind: StringKind;
  deprecation_message: string;
}
export const Function: MessageType<Function> = /* @__PURE__ */ new MessageType("tfplugin6.Function", () => [
  repeated(1, "parameters", Function_Parameter),
  one(2, "variadic_parameter", Function_Parameter),
  one(3, "return", Function_Return),
  one(4, "summary", "string"),
  one(5, "description", "string"),
  one(6, "description_kind", "enum"),
  one(7, "deprecation_message", "string"),
]);

export interface Function_Parameter {
  name: string;
  type: Buffer;
  allow_null_value: boolean;
  allow_unknown_values: boolean;
  description: string;
  description_kind: StringKind;
}
export const Function_Parameter: MessageType<Function_Parameter> = /* @__PURE__ */ new MessageType("tfplugin6.Function.Parameter", () => [
  one(1, "name", "string"),
  one(2, "type", "bytes"),
  one(3, "allow_null_value", "bool"),
  one(4, "allow_unknown_values", "bool"),
  one(5, "description", "string"),
  one(6, "description_kind", "enum"),
]);

export interface Function_Return {
  type: Buffer;
}
export const Function_Return: MessageType<Function_Return> = /* @__PURE__ */ new MessageType("tfplugin6.Function.Return", () => [
  one(1, "type", "bytes"),
]);

export interface ActionSchema {
  schema: Schema | undefined;
}
export const ActionSchema: MessageType<ActionSchema> = /* @__PURE__ */ new MessageType("tfplugin6.ActionSchema", () => [
  one(1, "schema", Schema),
]);

export interface ResourceIdentitySchema {
  version: number;
  identity_attributes: ResourceIdentitySchema_IdentityAttribute[];
}
export const ResourceIdentitySchema: MessageType<ResourceIdentitySchema> = /* @__PURE__ */ new MessageType("tfplugin6.ResourceIdentitySchema", () => [
  one(1, "version", "int64"),
  repeated(2, "identity_attributes", ResourceIdentitySchema_IdentityAttribute),
]);

export interface ResourceIdentitySchema_IdentityAttribute {
  name: string;
  type: Buffer;
  required_for_import: boolean;
  optional_for_import: boolean;
  description: string;
}
export const ResourceIdentitySchema_IdentityAttribute: MessageType<ResourceIdentitySchema_IdentityAttribute> = /* @__PURE__ */ new MessageType("tfplugin6.ResourceIdentitySchema.IdentityAttribute", () => [
  one(1, "name", "string"),
  one(2, "type", "bytes"),
  one(3, "required_for_import", "bool"),
  one(4, "optional_for_import", "bool"),
  one(5, "description", "string"),
]);

export interface ResourceIdentityData {
  identity_data: DynamicValue | undefined;
}
export const ResourceIdentityData: MessageType<ResourceIdentityData> = /* @__PURE__ */ new MessageType("tfplugin6.ResourceIdentityData", () => [
  one(1, "identity_data", DynamicValue),
]);

export interface ServerCapabilities {
  plan_destroy: boolean;
  get_provider_schema_optional: boolean;
  move_resource_state: boolean;
  generate_resource_config: boolean;
}
export const ServerCapabilities: MessageType<ServerCapabilities> = /* @__PURE__ */ new MessageType("tfplugin6.ServerCapabilities", () => [
  one(1, "plan_destroy", "bool"),
  one(2, "get_provider_schema_optional", "bool"),
  one(3, "move_resource_state", "bool"),
  one(4, "generate_resource_config", "bool"),
]);

export interface ClientCapabilities {
  deferral_allowed: boolean;
  write_only_attributes_allowed: boolean;
  store_planned_private: boolean;
  computed_blocks_allowed: boolean;
}
export const ClientCapabilities: MessageType<ClientCapabilities> = /* @__PURE__ */ new MessageType("tfplugin6.ClientCapabilities", () => [
  one(1, "deferral_allowed", "bool"),
  one(2, "write_only_attributes_allowed", "bool"),
  one(3, "store_planned_private", "bool"),
  one(4, "computed_blocks_allowed", "bool"),
]);

export interface Deferred {
  reason: Deferred_Reason;
}
export const Deferred: MessageType<Deferred> = /* @__PURE__ */ new MessageType("tfplugin6.Deferred", () => [
  one(1, "reason", "enum"),
]);

export interface StateStoreClientCapabilities {
  chunk_size: number;
}
export const StateStoreClientCapabilities: MessageType<StateStoreClientCapabilities> = /* @__PURE__ */ new MessageType("tfplugin6.StateStoreClientCapabilities", () => [
  one(1, "chunk_size", "int64"),
]);

export interface StateStoreServerCapabilities {
  chunk_size: number;
}
export const StateStoreServerCapabilities: MessageType<StateStoreServerCapabilities> = /* @__PURE__ */ new MessageType("tfplugin6.StateStoreServerCapabilities", () => [
  one(1, "chunk_size", "int64"),
]);

export interface RequestChunkMeta {
  type_name: string;
  state_id: string;
}
export const RequestChunkMeta: MessageType<RequestChunkMeta> = /* @__PURE__ */ new MessageType("tfplugin6.RequestChunkMeta", () => [
  one(1, "type_name", "string"),
  one(2, "state_id", "string"),
]);

export interface StateRange {
  start: number;
  end: number;
}
export const StateRange: MessageType<StateRange> = /* @__PURE__ */ new MessageType("tfplugin6.StateRange", () => [
  one(1, "start", "int64"),
  one(2, "end", "int64"),
]);

export type GetMetadata_Request = Record<string, never>;
export const GetMetadata_Request: MessageType<GetMetadata_Request> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.Request", () => []);

export interface GetMetadata_Response {
  server_capabilities: ServerCapabilities | undefined;
  diagnostics: Diagnostic[];
  data_sources: GetMetadata_DataSourceMetadata[];
  resources: GetMetadata_ResourceMetadata[];
  functions: GetMetadata_FunctionMetadata[];
  ephemeral_resources: GetMetadata_EphemeralMetadata[];
  list_resources: GetMetadata_ListResourceMetadata[];
  state_stores: GetMetadata_StateStoreMetadata[];
  actions: GetMetadata_ActionMetadata[];
}
export const GetMetadata_Response: MessageType<GetMetadata_Response> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.Response", () => [
  one(1, "server_capabilities", ServerCapabilities),
  repeated(2, "diagnostics", Diagnostic),
  repeated(3, "data_sources", GetMetadata_DataSourceMetadata),
  repeated(4, "resources", GetMetadata_ResourceMetadata),
  repeated(5, "functions", GetMetadata_FunctionMetadata),
  repeated(6, "ephemeral_resources", GetMetadata_EphemeralMetadata),
  repeated(7, "list_resources", GetMetadata_ListResourceMetadata),
  repeated(8, "state_stores", GetMetadata_StateStoreMetadata),
  repeated(9, "actions", GetMetadata_ActionMetadata),
]);

export interface GetMetadata_DataSourceMetadata {
  type_name: string;
}
export const GetMetadata_DataSourceMetadata: MessageType<GetMetadata_DataSourceMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.DataSourceMetadata", () => [
  one(1, "type_name", "string"),
]);

export interface GetMetadata_ResourceMetadata {
  type_name: string;
}
export const GetMetadata_ResourceMetadata: MessageType<GetMetadata_ResourceMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.ResourceMetadata", () => [
  one(1, "type_name", "string"),
]);

export interface GetMetadata_FunctionMetadata {
  name: string;
}
export const GetMetadata_FunctionMetadata: MessageType<GetMetadata_FunctionMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.FunctionMetadata", () => [
  one(1, "name", "string"),
]);

export interface GetMetadata_EphemeralMetadata {
  type_name: string;
}
export const GetMetadata_EphemeralMetadata: MessageType<GetMetadata_EphemeralMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.EphemeralMetadata", () => [
  one(1, "type_name", "string"),
]);

export interface GetMetadata_ListResourceMetadata {
  type_name: string;
}
export const GetMetadata_ListResourceMetadata: MessageType<GetMetadata_ListResourceMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.ListResourceMetadata", () => [
  one(1, "type_name", "string"),
]);

export interface GetMetadata_StateStoreMetadata {
  type_name: string;
}
export const GetMetadata_StateStoreMetadata: MessageType<GetMetadata_StateStoreMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.StateStoreMetadata", () => [
  one(1, "type_name", "string"),
]);

export interface GetMetadata_ActionMetadata {
  type_name: string;
}
export const GetMetadata_ActionMetadata: MessageType<GetMetadata_ActionMetadata> = /* @__PURE__ */ new MessageType("tfplugin6.GetMetadata.ActionMetadata", () => [
  one(1, "type_name", "string"),
]);

export type GetProviderSchema_Request = Record<string, never>;
export const GetProviderSchema_Request: MessageType<GetProviderSchema_Request> = /* @__PURE__ */ new MessageType("tfplugin6.GetProviderSchema.Request", () => []);

export interface GetProviderSchema_Response {
  provider: Schema | undefined;
  resource_schemas: Map<string, Schema>;
  data_source_schemas: Map<string, Schema>;
  diagnostics: Diagnostic[];
  provider_meta: Schema | undefined;
  server_capabilities: ServerCapabilities | undefined;
  functions: Map<string, Function>;
  ephemeral_resource_schemas: Map<string, Schema>;
  list_resource_schemas: Map<string, Schema>;
  state_store_schemas: Map<string, Schema>;
  action_schemas: Map<string, ActionSchema>;
}
export const GetProviderSchema_Response: MessageType<GetProviderSchema_Response> = /* @__PURE__ */ new MessageType("tfplugin6.GetProviderSchema.Response", () => [
  one(1, "provider", Schema),
  map(2, "resource_schemas", "string", Schema),
  map(3, "data_source_schemas", "string", Schema),
  repeated(4, "diagnostics", Diagnostic),
  one(5, "provider_meta", Schema),
  one(6, "server_capabilities", ServerCapabilities),
  map(7, "functions", "string", Function),
  map(8, "ephemeral_resource_schemas", "string", Schema),
  map(9, "list_resource_schemas", "string", Schema),
  map(10, "state_store_schemas", "string", Schema),
  map(11, "action_schemas", "string", ActionSchema),
]);

export type GetResourceIdentitySchemas_Request = Record<string, never>;
export const GetResourceIdentitySchemas_Request: MessageType<GetResourceIdentitySchemas_Request> = /* @__PURE__ */ new MessageType("tfplugin6.GetResourceIdentitySchemas.Request", () => []);

export interface GetResourceIdentitySchemas_Response {
  identity_schemas: Map<string, ResourceIdentitySchema>;
  diagnostics: Diagnostic[];
}
export const GetResourceIdentitySchemas_Response: MessageType<GetResourceIdentitySchemas_Response> = /* @__PURE__ */ new MessageType("tfplugin6.GetResourceIdentitySchemas.Response", () => [
  map(1, "identity_schemas", "string", ResourceIdentitySchema),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface ValidateProviderConfig_Request {
  config: DynamicValue | undefined;
}
export const ValidateProviderConfig_Request: MessageType<ValidateProviderConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateProviderConfig.Request", () => [
  one(1, "config", DynamicValue),
]);

export interface ValidateProviderConfig_Response {
  diagnostics: Diagnostic[];
}
export const ValidateProviderConfig_Response: MessageType<ValidateProviderConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateProviderConfig.Response", () => [
  repeated(2, "diagnostics", Diagnostic),
]);

export interface ConfigureProvider_Request {
  terraform_version: string;
  config: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
}
export const ConfigureProvider_Request: MessageType<ConfigureProvider_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ConfigureProvider.Request", () => [
  one(1, "terraform_version", "string"),
  one(2, "config", DynamicValue),
  one(3, "client_capabilities", ClientCapabilities),
]);

export interface ConfigureProvider_Response {
  diagnostics: Diagnostic[];
}
export const ConfigureProvider_Response: MessageType<ConfigureProvider_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ConfigureProvider.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export type StopProvider_Request = Record<string, never>;
export const StopProvider_Request: MessageType<StopProvider_Request> = /* @__PURE__ */ new MessageType("tfplugin6.StopProvider.Request", () => []);

export interface StopProvider_Response {
  Error: string;
}
export const StopProvider_Response: MessageType<StopProvider_Response> = /* @__PURE__ */ new MessageType("tfplugin6.StopProvider.Response", () => [
  one(1, "Error", "string"),
]);

export interface ValidateResourceConfig_Request {
  type_name: string;
  config: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
}
export const ValidateResourceConfig_Request: MessageType<ValidateResourceConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateResourceConfig.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
  one(3, "client_capabilities", ClientCapabilities),
]);

export interface ValidateResourceConfig_Response {
  diagnostics: Diagnostic[];
}
export const ValidateResourceConfig_Response: MessageType<ValidateResourceConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateResourceConfig.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface UpgradeResourceState_Request {
  type_name: string;
  version: number;
  raw_state: RawState | undefined;
}
export const UpgradeResourceState_Request: MessageType<UpgradeResourceState_Request> = /* @__PURE__ */ new MessageType("tfplugin6.UpgradeResourceState.Request", () => [
  one(1, "type_name", "string"),
  one(2, "version", "int64"),
  one(3, "raw_state", RawState),
]);

export interface UpgradeResourceState_Response {
  upgraded_state: DynamicValue | undefined;
  diagnostics: Diagnostic[];
}
export const UpgradeResourceState_Response: MessageType<UpgradeResourceState_Response> = /* @__PURE__ */ new MessageType("tfplugin6.UpgradeResourceState.Response", () => [
  one(1, "upgraded_state", DynamicValue),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface UpgradeResourceIdentity_Request {
  type_name: string;
  version: number;
  raw_identity: RawState | undefined;
}
export const UpgradeResourceIdentity_Request: MessageType<UpgradeResourceIdentity_Request> = /* @__PURE__ */ new MessageType("tfplugin6.UpgradeResourceIdentity.Request", () => [
  one(1, "type_name", "string"),
  one(2, "version", "int64"),
  one(3, "raw_identity", RawState),
]);

export interface UpgradeResourceIdentity_Response {
  upgraded_identity: ResourceIdentityData | undefined;
  diagnostics: Diagnostic[];
}
export const UpgradeResourceIdentity_Response: MessageType<UpgradeResourceIdentity_Response> = /* @__PURE__ */ new MessageType("tfplugin6.UpgradeResourceIdentity.Response", () => [
  one(1, "upgraded_identity", ResourceIdentityData),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface ReadResource_Request {
  type_name: string;
  current_state: DynamicValue | undefined;
  private: Buffer;
  provider_meta: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
  current_identity: ResourceIdentityData | undefined;
}
export const ReadResource_Request: MessageType<ReadResource_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ReadResource.Request", () => [
  one(1, "type_name", "string"),
  one(2, "current_state", DynamicValue),
  one(3, "private", "bytes"),
  one(4, "provider_meta", DynamicValue),
  one(5, "client_capabilities", ClientCapabilities),
  one(6, "current_identity", ResourceIdentityData),
]);

export interface ReadResource_Response {
  new_state: DynamicValue | undefined;
  diagnostics: Diagnostic[];
  private: Buffer;
  deferred: Deferred | undefined;
  new_identity: ResourceIdentityData | undefined;
}
export const ReadResource_Response: MessageType<ReadResource_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ReadResource.Response", () => [
  one(1, "new_state", DynamicValue),
  repeated(2, "diagnostics", Diagnostic),
  one(3, "private", "bytes"),
  one(4, "deferred", Deferred),
  one(5, "new_identity", ResourceIdentityData),
]);

export interface PlanResourceChange_Request {
  type_name: string;
  prior_state: DynamicValue | undefined;
  proposed_new_state: DynamicValue | undefined;
  config: DynamicValue | undefined;
  prior_private: Buffer;
  provider_meta: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
  prior_identity: ResourceIdentityData | undefined;
  planned_private: Buffer;
}
export const PlanResourceChange_Request: MessageType<PlanResourceChange_Request> = /* @__PURE__ */ new MessageType("tfplugin6.PlanResourceChange.Request", () => [
  one(1, "type_name", "string"),
  one(2, "prior_state", DynamicValue),
  one(3, "proposed_new_state", DynamicValue),
  one(4, "config", DynamicValue),
  one(5, "prior_private", "bytes"),
  one(6, "provider_meta", DynamicValue),
  one(7, "client_capabilities", ClientCapabilities),
  one(8, "prior_identity", ResourceIdentityData),
  one(9, "planned_private", "bytes"),
]);

export interface PlanResourceChange_Response {
  planned_state: DynamicValue | undefined;
  requires_replace: AttributePath[];
  planned_private: Buffer;
  diagnostics: Diagnostic[];
  legacy_type_system: boolean;
  deferred: Deferred | undefined;
  planned_identity: ResourceIdentityData | undefined;
}
export const PlanResourceChange_Response: MessageType<PlanResourceChange_Response> = /* @__PURE__ */ new MessageType("tfplugin6.PlanResourceChange.Response", () => [
  one(1, "planned_state", DynamicValue),
  repeated(2, "requires_replace", AttributePath),
  one(3, "planned_private", "bytes"),
  repeated(4, "diagnostics", Diagnostic),
  one(5, "legacy_type_system", "bool"),
  one(6, "deferred", Deferred),
  one(7, "planned_identity", ResourceIdentityData),
]);

export interface ApplyResourceChange_Request {
  type_name: string;
  prior_state: DynamicValue | undefined;
  planned_state: DynamicValue | undefined;
  config: DynamicValue | undefined;
  planned_private: Buffer;
  provider_meta: DynamicValue | undefined;
  planned_identity: ResourceIdentityData | undefined;
}
export const ApplyResourceChange_Request: MessageType<ApplyResourceChange_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ApplyResourceChange.Request", () => [
  one(1, "type_name", "string"),
  one(2, "prior_state", DynamicValue),
  one(3, "planned_state", DynamicValue),
  one(4, "config", DynamicValue),
  one(5, "planned_private", "bytes"),
  one(6, "provider_meta", DynamicValue),
  one(7, "planned_identity", ResourceIdentityData),
]);

export interface ApplyResourceChange_Response {
  new_state: DynamicValue | undefined;
  private: Buffer;
  diagnostics: Diagnostic[];
  legacy_type_system: boolean;
  new_identity: ResourceIdentityData | undefined;
}
export const ApplyResourceChange_Response: MessageType<ApplyResourceChange_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ApplyResourceChange.Response", () => [
  one(1, "new_state", DynamicValue),
  one(2, "private", "bytes"),
  repeated(3, "diagnostics", Diagnostic),
  one(4, "legacy_type_system", "bool"),
  one(5, "new_identity", ResourceIdentityData),
]);

export interface ImportResourceState_Request {
  type_name: string;
  id: string;
  client_capabilities: ClientCapabilities | undefined;
  identity: ResourceIdentityData | undefined;
}
export const ImportResourceState_Request: MessageType<ImportResourceState_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ImportResourceState.Request", () => [
  one(1, "type_name", "string"),
  one(2, "id", "string"),
  one(3, "client_capabilities", ClientCapabilities),
  one(4, "identity", ResourceIdentityData),
]);

export interface ImportResourceState_ImportedResource {
  type_name: string;
  state: DynamicValue | undefined;
  private: Buffer;
  identity: ResourceIdentityData | undefined;
}
export const ImportResourceState_ImportedResource: MessageType<ImportResourceState_ImportedResource> = /* @__PURE__ */ new MessageType("tfplugin6.ImportResourceState.ImportedResource", () => [
  one(1, "type_name", "string"),
  one(2, "state", DynamicValue),
  one(3, "private", "bytes"),
  one(4, "identity", ResourceIdentityData),
]);

export interface ImportResourceState_Response {
  imported_resources: ImportResourceState_ImportedResource[];
  diagnostics: Diagnostic[];
  deferred: Deferred | undefined;
}
export const ImportResourceState_Response: MessageType<ImportResourceState_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ImportResourceState.Response", () => [
  repeated(1, "imported_resources", ImportResourceState_ImportedResource),
  repeated(2, "diagnostics", Diagnostic),
  one(3, "deferred", Deferred),
]);

export interface MoveResourceState_Request {
  source_provider_address: string;
  source_type_name: string;
  source_schema_version: number;
  source_state: RawState | undefined;
  target_type_name: string;
  source_private: Buffer;
  source_identity: RawState | undefined;
  source_identity_schema_version: number;
}
export const MoveResourceState_Request: MessageType<MoveResourceState_Request> = /* @__PURE__ */ new MessageType("tfplugin6.MoveResourceState.Request", () => [
  one(1, "source_provider_address", "string"),
  one(2, "source_type_name", "string"),
  one(3, "source_schema_version", "int64"),
  one(4, "source_state", RawState),
  one(5, "target_type_name", "string"),
  one(6, "source_private", "bytes"),
  one(7, "source_identity", RawState),
  one(8, "source_identity_schema_version", "int64"),
]);

export interface MoveResourceState_Response {
  target_state: DynamicValue | undefined;
  diagnostics: Diagnostic[];
  target_private: Buffer;
  target_identity: ResourceIdentityData | undefined;
}
export const MoveResourceState_Response: MessageType<MoveResourceState_Response> = /* @__PURE__ */ new MessageType("tfplugin6.MoveResourceState.Response", () => [
  one(1, "target_state", DynamicValue),
  repeated(2, "diagnostics", Diagnostic),
  one(3, "target_private", "bytes"),
  one(4, "target_identity", ResourceIdentityData),
]);

export interface GenerateResourceConfig_Request {
  type_name: string;
  state: DynamicValue | undefined;
}
export const GenerateResourceConfig_Request: MessageType<GenerateResourceConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.GenerateResourceConfig.Request", () => [
  one(1, "type_name", "string"),
  one(2, "state", DynamicValue),
]);

export interface GenerateResourceConfig_Response {
  config: DynamicValue | undefined;
  diagnostics: Diagnostic[];
}
export const GenerateResourceConfig_Response: MessageType<GenerateResourceConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.GenerateResourceConfig.Response", () => [
  one(1, "config", DynamicValue),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface ValidateDataResourceConfig_Request {
  type_name: string;
  config: DynamicValue | undefined;
}
export const ValidateDataResourceConfig_Request: MessageType<ValidateDataResourceConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateDataResourceConfig.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
]);

export interface ValidateDataResourceConfig_Response {
  diagnostics: Diagnostic[];
}
export const ValidateDataResourceConfig_Response: MessageType<ValidateDataResourceConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateDataResourceConfig.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface ReadDataSource_Request {
  type_name: string;
  config: DynamicValue | undefined;
  provider_meta: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
}
export const ReadDataSource_Request: MessageType<ReadDataSource_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ReadDataSource.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
  one(3, "provider_meta", DynamicValue),
  one(4, "client_capabilities", ClientCapabilities),
]);

export interface ReadDataSource_Response {
  state: DynamicValue | undefined;
  diagnostics: Diagnostic[];
  deferred: Deferred | undefined;
}
export const ReadDataSource_Response: MessageType<ReadDataSource_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ReadDataSource.Response", () => [
  one(1, "state", DynamicValue),
  repeated(2, "diagnostics", Diagnostic),
  one(3, "deferred", Deferred),
]);

export interface ValidateEphemeralResourceConfig_Request {
  type_name: string;
  config: DynamicValue | undefined;
}
export const ValidateEphemeralResourceConfig_Request: MessageType<ValidateEphemeralResourceConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateEphemeralResourceConfig.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
]);

export interface ValidateEphemeralResourceConfig_Response {
  diagnostics: Diagnostic[];
}
export const ValidateEphemeralResourceConfig_Response: MessageType<ValidateEphemeralResourceConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateEphemeralResourceConfig.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface OpenEphemeralResource_Request {
  type_name: string;
  config: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
}
export const OpenEphemeralResource_Request: MessageType<OpenEphemeralResource_Request> = /* @__PURE__ */ new MessageType("tfplugin6.OpenEphemeralResource.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
  one(3, "client_capabilities", ClientCapabilities),
]);

export interface OpenEphemeralResource_Response {
  diagnostics: Diagnostic[];
  renew_at: google_protobuf_Timestamp | undefined;
  result: DynamicValue | undefined;
  private: Buffer | undefined;
  deferred: Deferred | undefined;
}
export const OpenEphemeralResource_Response: MessageType<OpenEphemeralResource_Response> = /* @__PURE__ */ new MessageType("tfplugin6.OpenEphemeralResource.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
  optional(2, "renew_at", google_protobuf_Timestamp),
  one(3, "result", DynamicValue),
  optional(4, "private", "bytes"),
  one(5, "deferred", Deferred),
]);

export interface RenewEphemeralResource_Request {
  type_name: string;
  private: Buffer | undefined;
}
export const RenewEphemeralResource_Request: MessageType<RenewEphemeralResource_Request> = /* @__PURE__ */ new MessageType("tfplugin6.RenewEphemeralResource.Request", () => [
  one(1, "type_name", "string"),
  optional(2, "private", "bytes"),
]);

export interface RenewEphemeralResource_Response {
  diagnostics: Diagnostic[];
  renew_at: google_protobuf_Timestamp | undefined;
  private: Buffer | undefined;
}
export const RenewEphemeralResource_Response: MessageType<RenewEphemeralResource_Response> = /* @__PURE__ */ new MessageType("tfplugin6.RenewEphemeralResource.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
  optional(2, "renew_at", google_protobuf_Timestamp),
  optional(3, "private", "bytes"),
]);

export interface CloseEphemeralResource_Request {
  type_name: string;
  private: Buffer | undefined;
}
export const CloseEphemeralResource_Request: MessageType<CloseEphemeralResource_Request> = /* @__PURE__ */ new MessageType("tfplugin6.CloseEphemeralResource.Request", () => [
  one(1, "type_name", "string"),
  optional(2, "private", "bytes"),
]);

export interface CloseEphemeralResource_Response {
  diagnostics: Diagnostic[];
}
export const CloseEphemeralResource_Response: MessageType<CloseEphemeralResource_Response> = /* @__PURE__ */ new MessageType("tfplugin6.CloseEphemeralResource.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export type GetFunctions_Request = Record<string, never>;
export const GetFunctions_Request: MessageType<GetFunctions_Request> = /* @__PURE__ */ new MessageType("tfplugin6.GetFunctions.Request", () => []);

export interface GetFunctions_Response {
  functions: Map<string, Function>;
  diagnostics: Diagnostic[];
}
export const GetFunctions_Response: MessageType<GetFunctions_Response> = /* @__PURE__ */ new MessageType("tfplugin6.GetFunctions.Response", () => [
  map(1, "functions", "string", Function),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface CallFunction_Request {
  name: string;
  arguments: DynamicValue[];
}
export const CallFunction_Request: MessageType<CallFunction_Request> = /* @__PURE__ */ new MessageType("tfplugin6.CallFunction.Request", () => [
  one(1, "name", "string"),
  repeated(2, "arguments", DynamicValue),
]);

export interface CallFunction_Response {
  result: DynamicValue | undefined;
  error: FunctionError | undefined;
}
export const CallFunction_Response: MessageType<CallFunction_Response> = /* @__PURE__ */ new MessageType("tfplugin6.CallFunction.Response", () => [
  one(1, "result", DynamicValue),
  one(2, "error", FunctionError),
]);

export interface ValidateListResourceConfig_Request {
  type_name: string;
  config: DynamicValue | undefined;
  include_resource_object: DynamicValue | undefined;
  limit: DynamicValue | undefined;
}
export const ValidateListResourceConfig_Request: MessageType<ValidateListResourceConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateListResourceConfig.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
  one(3, "include_resource_object", DynamicValue),
  one(4, "limit", DynamicValue),
]);

export interface ValidateListResourceConfig_Response {
  diagnostics: Diagnostic[];
}
export const ValidateListResourceConfig_Response: MessageType<ValidateListResourceConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateListResourceConfig.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface ListResource_Request {
  type_name: string;
  config: DynamicValue | undefined;
  include_resource_object: boolean;
  limit: number;
}
export const ListResource_Request: MessageType<ListResource_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ListResource.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
  one(3, "include_resource_object", "bool"),
  one(4, "limit", "int64"),
]);

export interface ListResource_Event {
  identity: ResourceIdentityData | undefined;
  display_name: string;
  resource_object: DynamicValue | undefined;
  diagnostic: Diagnostic[];
}
export const ListResource_Event: MessageType<ListResource_Event> = /* @__PURE__ */ new MessageType("tfplugin6.ListResource.Event", () => [
  one(1, "identity", ResourceIdentityData),
  one(2, "display_name", "string"),
  optional(3, "resource_object", DynamicValue),
  repeated(4, "diagnostic", Diagnostic),
]);

export interface ValidateActionConfig_Request {
  type_name: string;
  config: DynamicValue | undefined;
}
export const ValidateActionConfig_Request: MessageType<ValidateActionConfig_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateActionConfig.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
]);

export interface ValidateActionConfig_Response {
  diagnostics: Diagnostic[];
}
export const ValidateActionConfig_Response: MessageType<ValidateActionConfig_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateActionConfig.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface PlanAction_Request {
  action_type: string;
  config: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
}
export const PlanAction_Request: MessageType<PlanAction_Request> = /* @__PURE__ */ new MessageType("tfplugin6.PlanAction.Request", () => [
  one(1, "action_type", "string"),
  one(2, "config", DynamicValue),
  one(3, "client_capabilities", ClientCapabilities),
]);

export interface PlanAction_Response {
  diagnostics: Diagnostic[];
  deferred: Deferred | undefined;
}
export const PlanAction_Response: MessageType<PlanAction_Response> = /* @__PURE__ */ new MessageType("tfplugin6.PlanAction.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
  one(2, "deferred", Deferred),
]);

export interface InvokeAction_Request {
  action_type: string;
  config: DynamicValue | undefined;
  client_capabilities: ClientCapabilities | undefined;
}
export const InvokeAction_Request: MessageType<InvokeAction_Request> = /* @__PURE__ */ new MessageType("tfplugin6.InvokeAction.Request", () => [
  one(1, "action_type", "string"),
  one(2, "config", DynamicValue),
  one(3, "client_capabilities", ClientCapabilities),
]);

export interface InvokeAction_Event {
  progress: InvokeAction_Event_Progress | undefined;
  completed: InvokeAction_Event_Completed | undefined;
}
export const InvokeAction_Event: MessageType<InvokeAction_Event> = /* @__PURE__ */ new MessageType("tfplugin6.InvokeAction.Event", () => [
  member("type", 1, "progress", InvokeAction_Event_Progress),
  member("type", 2, "completed", InvokeAction_Event_Completed),
]);

export interface InvokeAction_Event_Progress {
  message: string;
}
export const InvokeAction_Event_Progress: MessageType<InvokeAction_Event_Progress> = /* @__PURE__ */ new MessageType("tfplugin6.InvokeAction.Event.Progress", () => [
  one(1, "message", "string"),
]);

export interface InvokeAction_Event_Completed {
  diagnostics: Diagnostic[];
}
export const InvokeAction_Event_Completed: MessageType<InvokeAction_Event_Completed> = /* @__PURE__ */ new MessageType("tfplugin6.InvokeAction.Event.Completed", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface ValidateStateStore_Request {
  type_name: string;
  config: DynamicValue | undefined;
}
export const ValidateStateStore_Request: MessageType<ValidateStateStore_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateStateStore.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
]);

export interface ValidateStateStore_Response {
  diagnostics: Diagnostic[];
}
export const ValidateStateStore_Response: MessageType<ValidateStateStore_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ValidateStateStore.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface ConfigureStateStore_Request {
  type_name: string;
  config: DynamicValue | undefined;
  capabilities: StateStoreClientCapabilities | undefined;
}
export const ConfigureStateStore_Request: MessageType<ConfigureStateStore_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ConfigureStateStore.Request", () => [
  one(1, "type_name", "string"),
  one(2, "config", DynamicValue),
  one(3, "capabilities", StateStoreClientCapabilities),
]);

export interface ConfigureStateStore_Response {
  diagnostics: Diagnostic[];
  capabilities: StateStoreServerCapabilities | undefined;
}
export const ConfigureStateStore_Response: MessageType<ConfigureStateStore_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ConfigureStateStore.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
  one(2, "capabilities", StateStoreServerCapabilities),
]);

export interface ReadStateBytes_Request {
  type_name: string;
  state_id: string;
}
export const ReadStateBytes_Request: MessageType<ReadStateBytes_Request> = /* @__PURE__ */ new MessageType("tfplugin6.ReadStateBytes.Request", () => [
  one(1, "type_name", "string"),
  one(2, "state_id", "string"),
]);

export interface ReadStateBytes_Response {
  bytes: Buffer;
  total_length: number;
  range: StateRange | undefined;
  diagnostics: Diagnostic[];
}
export const ReadStateBytes_Response: MessageType<ReadStateBytes_Response> = /* @__PURE__ */ new MessageType("tfplugin6.ReadStateBytes.Response", () => [
  one(1, "bytes", "bytes"),
  one(2, "total_length", "int64"),
  one(3, "range", StateRange),
  repeated(4, "diagnostics", Diagnostic),
]);

export interface WriteStateBytes_RequestChunk {
  meta: RequestChunkMeta | undefined;
  bytes: Buffer;
  total_length: number;
  range: StateRange | undefined;
}
export const WriteStateBytes_RequestChunk: MessageType<WriteStateBytes_RequestChunk> = /* @__PURE__ */ new MessageType("tfplugin6.WriteStateBytes.RequestChunk", () => [
  optional(1, "meta", RequestChunkMeta),
  one(2, "bytes", "bytes"),
  one(3, "total_length", "int64"),
  one(4, "range", StateRange),
]);

export interface WriteStateBytes_Response {
  diagnostics: Diagnostic[];
}
export const WriteStateBytes_Response: MessageType<WriteStateBytes_Response> = /* @__PURE__ */ new MessageType("tfplugin6.WriteStateBytes.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface LockState_Request {
  type_name: string;
  state_id: string;
  operation: string;
}
export const LockState_Request: MessageType<LockState_Request> = /* @__PURE__ */ new MessageType("tfplugin6.LockState.Request", () => [
  one(1, "type_name", "string"),
  one(2, "state_id", "string"),
  one(3, "operation", "string"),
]);

export interface LockState_Response {
  lock_id: string;
  diagnostics: Diagnostic[];
}
export const LockState_Response: MessageType<LockState_Response> = /* @__PURE__ */ new MessageType("tfplugin6.LockState.Response", () => [
  one(1, "lock_id", "string"),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface UnlockState_Request {
  type_name: string;
  state_id: string;
  lock_id: string;
}
export const UnlockState_Request: MessageType<UnlockState_Request> = /* @__PURE__ */ new MessageType("tfplugin6.UnlockState.Request", () => [
  one(1, "type_name", "string"),
  one(2, "state_id", "string"),
  one(3, "lock_id", "string"),
]);

export interface UnlockState_Response {
  diagnostics: Diagnostic[];
}
export const UnlockState_Response: MessageType<UnlockState_Response> = /* @__PURE__ */ new MessageType("tfplugin6.UnlockState.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface GetStates_Request {
  type_name: string;
}
export const GetStates_Request: MessageType<GetStates_Request> = /* @__PURE__ */ new MessageType("tfplugin6.GetStates.Request", () => [
  one(1, "type_name", "string"),
]);

export interface GetStates_Response {
  state_id: string[];
  diagnostics: Diagnostic[];
}
export const GetStates_Response: MessageType<GetStates_Response> = /* @__PURE__ */ new MessageType("tfplugin6.GetStates.Response", () => [
  repeated(1, "state_id", "string"),
  repeated(2, "diagnostics", Diagnostic),
]);

export interface DeleteState_Request {
  type_name: string;
  state_id: string;
}
export const DeleteState_Request: MessageType<DeleteState_Request> = /* @__PURE__ */ new MessageType("tfplugin6.DeleteState.Request", () => [
  one(1, "type_name", "string"),
  one(2, "state_id", "string"),
]);

export interface DeleteState_Response {
  diagnostics: Diagnostic[];
}
export const DeleteState_Response: MessageType<DeleteState_Response> = /* @__PURE__ */ new MessageType("tfplugin6.DeleteState.Response", () => [
  repeated(1, "diagnostics", Diagnostic),
]);

export interface google_protobuf_Timestamp {
  seconds: number;
  nanos: number;
}
export const google_protobuf_Timestamp: MessageType<google_protobuf_Timestamp> = /* @__PURE__ */ new MessageType("google.protobuf.Timestamp", () => [
  one(1, "seconds", "int64"),
  one(2, "nanos", "int32"),
]);

export const ProviderService = {
  GetMetadata: /* @__PURE__ */ unary("/tfplugin6.Provider/GetMetadata", GetMetadata_Request, GetMetadata_Response),
  GetProviderSchema: /* @__PURE__ */ unary("/tfplugin6.Provider/GetProviderSchema", GetProviderSchema_Request, GetProviderSchema_Response),
  GetResourceIdentitySchemas: /* @__PURE__ */ unary("/tfplugin6.Provider/GetResourceIdentitySchemas", GetResourceIdentitySchemas_Request, GetResourceIdentitySchemas_Response),
  ValidateProviderConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateProviderConfig", ValidateProviderConfig_Request, ValidateProviderConfig_Response),
  ConfigureProvider: /* @__PURE__ */ unary("/tfplugin6.Provider/ConfigureProvider", ConfigureProvider_Request, ConfigureProvider_Response),
  StopProvider: /* @__PURE__ */ unary("/tfplugin6.Provider/StopProvider", StopProvider_Request, StopProvider_Response),
  ValidateResourceConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateResourceConfig", ValidateResourceConfig_Request, ValidateResourceConfig_Response),
  UpgradeResourceState: /* @__PURE__ */ unary("/tfplugin6.Provider/UpgradeResourceState", UpgradeResourceState_Request, UpgradeResourceState_Response),
  UpgradeResourceIdentity: /* @__PURE__ */ unary("/tfplugin6.Provider/UpgradeResourceIdentity", UpgradeResourceIdentity_Request, UpgradeResourceIdentity_Response),
  ReadResource: /* @__PURE__ */ unary("/tfplugin6.Provider/ReadResource", ReadResource_Request, ReadResource_Response),
  PlanResourceChange: /* @__PURE__ */ unary("/tfplugin6.Provider/PlanResourceChange", PlanResourceChange_Request, PlanResourceChange_Response),
  ApplyResourceChange: /* @__PURE__ */ unary("/tfplugin6.Provider/ApplyResourceChange", ApplyResourceChange_Request, ApplyResourceChange_Response),
  ImportResourceState: /* @__PURE__ */ unary("/tfplugin6.Provider/ImportResourceState", ImportResourceState_Request, ImportResourceState_Response),
  MoveResourceState: /* @__PURE__ */ unary("/tfplugin6.Provider/MoveResourceState", MoveResourceState_Request, MoveResourceState_Response),
  GenerateResourceConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/GenerateResourceConfig", GenerateResourceConfig_Request, GenerateResourceConfig_Response),
  ValidateDataResourceConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateDataResourceConfig", ValidateDataResourceConfig_Request, ValidateDataResourceConfig_Response),
  ReadDataSource: /* @__PURE__ */ unary("/tfplugin6.Provider/ReadDataSource", ReadDataSource_Request, ReadDataSource_Response),
  ValidateEphemeralResourceConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateEphemeralResourceConfig", ValidateEphemeralResourceConfig_Request, ValidateEphemeralResourceConfig_Response),
  OpenEphemeralResource: /* @__PURE__ */ unary("/tfplugin6.Provider/OpenEphemeralResource", OpenEphemeralResource_Request, OpenEphemeralResource_Response),
  RenewEphemeralResource: /* @__PURE__ */ unary("/tfplugin6.Provider/RenewEphemeralResource", RenewEphemeralResource_Request, RenewEphemeralResource_Response),
  CloseEphemeralResource: /* @__PURE__ */ unary("/tfplugin6.Provider/CloseEphemeralResource", CloseEphemeralResource_Request, CloseEphemeralResource_Response),
  GetFunctions: /* @__PURE__ */ unary("/tfplugin6.Provider/GetFunctions", GetFunctions_Request, GetFunctions_Response),
  CallFunction: /* @__PURE__ */ unary("/tfplugin6.Provider/CallFunction", CallFunction_Request, CallFunction_Response),
  ValidateListResourceConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateListResourceConfig", ValidateListResourceConfig_Request, ValidateListResourceConfig_Response),
  ListResource: /* @__PURE__ */ serverStream("/tfplugin6.Provider/ListResource", ListResource_Request, ListResource_Event),
  ValidateActionConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateActionConfig", ValidateActionConfig_Request, ValidateActionConfig_Response),
  PlanAction: /* @__PURE__ */ unary("/tfplugin6.Provider/PlanAction", PlanAction_Request, PlanAction_Response),
  InvokeAction: /* @__PURE__ */ serverStream("/tfplugin6.Provider/InvokeAction", InvokeAction_Request, InvokeAction_Event),
  ValidateStateStoreConfig: /* @__PURE__ */ unary("/tfplugin6.Provider/ValidateStateStoreConfig", ValidateStateStore_Request, ValidateStateStore_Response),
  ConfigureStateStore: /* @__PURE__ */ unary("/tfplugin6.Provider/ConfigureStateStore", ConfigureStateStore_Request, ConfigureStateStore_Response),
  ReadStateBytes: /* @__PURE__ */ serverStream("/tfplugin6.Provider/ReadStateBytes", ReadStateBytes_Request, ReadStateBytes_Response),
  WriteStateBytes: /* @__PURE__ */ clientStream("/tfplugin6.Provider/WriteStateBytes", WriteStateBytes_RequestChunk, WriteStateBytes_Response),
  LockState: /* @__PURE__ */ unary("/tfplugin6.Provider/LockState", LockState_Request, LockState_Response),
  UnlockState: /* @__PURE__ */ unary("/tfplugin6.Provider/UnlockState", UnlockState_Request, UnlockState_Response),
  GetStates: /* @__PURE__ */ unary("/tfplugin6.Provider/GetStates", GetStates_Request, GetStates_Response),
  DeleteState: /* @__PURE__ */ unary("/tfplugin6.Provider/DeleteState", DeleteState_Request, DeleteState_Response),
};
