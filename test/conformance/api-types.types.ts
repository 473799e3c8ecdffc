import type {
  AdminAPIKey,
  AdminAPIKeyCreateParams,
  AdminAPIKeyCreateResponse,
} from "openai/resources/admin/organization/admin-api-keys";

import type {
  AuditLogListParams,
  AuditLogListResponse,
} from "openai/resources/admin/organization/audit-logs";

import type {
  Certificate,
  CertificateCreateParams,
  CertificateListResponse,
  CertificateUpdateParams,
} from "openai/resources/admin/organization/certificates";
import type {
  OrganizationDataRetention,
  DataRetentionUpdateParams as OrganizationDataRetentionUpdateParams,
} from "openai/resources/admin/organization/data-retention";
import type { ExternalKey, ExternalKeyCreateParams } from "openai/resources/admin/organization/external-keys";
import type {
  AwsExternalStorageProvider,
  AzureExternalStorageProvider,
  ExternalStorageConfiguration,
  ExternalStorageCreateParams,
  GcpExternalStorageProvider,
  OciExternalStorageProvider,
} from "openai/resources/admin/organization/external-storage";
import type {
  Group,
  GroupCreateParams,
  GroupUpdateParams,
} from "openai/resources/admin/organization/groups/groups";
import type {
  RoleCreateParams as GroupRoleCreateParams,
  RoleRetrieveResponse as GroupRoleRetrieveResponse,
} from "openai/resources/admin/organization/groups/roles";
import type {
  UserCreateParams as GroupUserCreateParams,
  UserRetrieveResponse as GroupUserRetrieveResponse,
} from "openai/resources/admin/organization/groups/users";
import type { Invite, InviteCreateParams } from "openai/resources/admin/organization/invites";
import type {
  APIKeyUpdateParams,
  ProjectAPIKey,
} from "openai/resources/admin/organization/projects/api-keys";
import type { CertificateListResponse as ProjectCertificateListResponse } from "openai/resources/admin/organization/projects/certificates";
import type {
  ProjectDataRetention,
  DataRetentionUpdateParams as ProjectDataRetentionUpdateParams,
} from "openai/resources/admin/organization/projects/data-retention";
import type {
  ProjectGroup,
  GroupCreateParams as ProjectGroupCreateParams,
} from "openai/resources/admin/organization/projects/groups/groups";
import type {
  RoleCreateParams as ProjectGroupRoleCreateParams,
  RoleRetrieveResponse as ProjectGroupRoleRetrieveResponse,
} from "openai/resources/admin/organization/projects/groups/roles";
import type {
  HostedToolPermissionUpdateParams,
  ProjectHostedToolPermissions,
} from "openai/resources/admin/organization/projects/hosted-tool-permissions";
import type {
  ModelPermissionUpdateParams,
  ProjectModelPermissions,
} from "openai/resources/admin/organization/projects/model-permissions";
import type {
  Project,
  ProjectCreateParams,
  ProjectUpdateParams,
} from "openai/resources/admin/organization/projects/projects";
import type {
  ProjectRateLimit,
  RateLimitUpdateRateLimitParams,
} from "openai/resources/admin/organization/projects/rate-limits";
import type {
  RoleCreateParams as ProjectRoleCreateParams,
  RoleUpdateParams as ProjectRoleUpdateParams,
} from "openai/resources/admin/organization/projects/roles";
import type { APIKeyCreateParams as ServiceAccountKeyCreateParams } from "openai/resources/admin/organization/projects/service-accounts/api-keys";
import type {
  ProjectServiceAccount,
  ServiceAccountCreateParams,
  ServiceAccountUpdateParams,
} from "openai/resources/admin/organization/projects/service-accounts/service-accounts";
import type {
  ProjectServiceTierSettings,
  ServiceTierSettingUpdateParams,
} from "openai/resources/admin/organization/projects/service-tier-settings";
import type {
  ProjectSpendAlert,
  SpendAlertCreateParams as ProjectSpendAlertCreateParams,
  SpendAlertUpdateParams as ProjectSpendAlertUpdateParams,
} from "openai/resources/admin/organization/projects/spend-alerts";
import type {
  ProjectSpendLimit,
  SpendLimitUpdateParams as ProjectSpendLimitUpdateParams,
} from "openai/resources/admin/organization/projects/spend-limit";
import type {
  RoleCreateParams as ProjectUserRoleCreateParams,
  RoleRetrieveResponse as ProjectUserRoleRetrieveResponse,
} from "openai/resources/admin/organization/projects/users/roles";
import type {
  ProjectUser,
  UserCreateParams as ProjectUserCreateParams,
  UserUpdateParams as ProjectUserUpdateParams,
} from "openai/resources/admin/organization/projects/users/users";
import type { Role, RoleCreateParams, RoleUpdateParams } from "openai/resources/admin/organization/roles";
import type {
  OrganizationSpendAlert,
  SpendAlertCreateParams as OrganizationSpendAlertCreateParams,
  SpendAlertUpdateParams as OrganizationSpendAlertUpdateParams,
} from "openai/resources/admin/organization/spend-alerts";
import type {
  OrganizationSpendLimit,
  SpendLimitUpdateParams as OrganizationSpendLimitUpdateParams,
} from "openai/resources/admin/organization/spend-limit";
import type {
  UsageAudioSpeechesParams,
  UsageAudioSpeechesResponse,
  UsageAudioTranscriptionsParams,
  UsageAudioTranscriptionsResponse,
  UsageCodeInterpreterSessionsParams,
  UsageCodeInterpreterSessionsResponse,
  UsageCompletionsParams,
  UsageCompletionsResponse,
  UsageCostsParams,
  UsageCostsResponse,
  UsageDecisionsParams,
  UsageDecisionsResponse,
  UsageEmbeddingsParams,
  UsageEmbeddingsResponse,
  UsageFileSearchCallsParams,
  UsageFileSearchCallsResponse,
  UsageImagesParams,
  UsageImagesResponse,
  UsageModerationsParams,
  UsageModerationsResponse,
  UsageVectorStoresParams,
  UsageVectorStoresResponse,
  UsageWebSearchCallsParams,
  UsageWebSearchCallsResponse,
} from "openai/resources/admin/organization/usage";
import type {
  RoleCreateParams as UserRoleCreateParams,
  RoleRetrieveResponse as UserRoleRetrieveResponse,
} from "openai/resources/admin/organization/users/roles";
import type { OrganizationUser, UserUpdateParams } from "openai/resources/admin/organization/users/users";
import type {
  FederationRule,
  FederationRuleCreateParams,
  FederationRuleUpdateParams,
} from "openai/resources/admin/organization/workload-identity-providers/federation-rules";
import type {
  WorkloadIdentityProvider,
  WorkloadIdentityProviderCreateParams,
  WorkloadIdentityProviderUpdateParams,
} from "openai/resources/admin/organization/workload-identity-providers/workload-identity-providers";
import type {
  VoiceConsent,
  VoiceConsentCreateParams,
  VoiceConsentUpdateParams,
} from "openai/resources/audio/voice-consents";
import type { Voice, VoiceCreateParams } from "openai/resources/audio/voices";
import type { Batch, BatchCreateParams } from "openai/resources/batches";
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
} from "openai/resources/chat/completions";
import type {
  ContainerCreateParams,
  ContainerRetrieveResponse,
} from "openai/resources/containers/containers";
import type {
  FileCreateParams as ContainerFileCreateParams,
  FileRetrieveResponse as ContainerFileRetrieveResponse,
} from "openai/resources/containers/files/files";
import type {
  Conversation,
  ConversationCreateParams,
  ConversationUpdateParams,
  Message,
} from "openai/resources/conversations/conversations";
import type { FileCreateParams, FileObject } from "openai/resources/files";
import type { FineTuningJobCheckpoint } from "openai/resources/fine-tuning/jobs/checkpoints";
import type { FineTuningJob, FineTuningJobEvent } from "openai/resources/fine-tuning/jobs/jobs";
import type { Model } from "openai/resources/models";
import type {
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseOutputMessage,
} from "openai/resources/responses/responses";
import type { Skill, SkillCreateParams, SkillUpdateParams } from "openai/resources/skills/skills";
import type { SkillVersion, VersionCreateParams } from "openai/resources/skills/versions/versions";
import type {
  FileBatchCreateParams,
  VectorStoreFileBatch,
} from "openai/resources/vector-stores/file-batches";
import type {
  VectorStoreFile,
  FileCreateParams as VectorStoreFileCreateParams,
  FileUpdateParams as VectorStoreFileUpdateParams,
} from "openai/resources/vector-stores/files";
import type {
  VectorStore,
  VectorStoreCreateParams,
  VectorStoreSearchParams,
  VectorStoreSearchResponse,
  VectorStoreUpdateParams,
} from "openai/resources/vector-stores/vector-stores";
import type { Attribute, Attributes } from "../../src/framework/index.ts";
import type { completion } from "../../src/provider/chat-completion/completion.ts";
import type { ResourceAttributes } from "../../src/provider/chat-completion/resource-attributes.ts";
import type { adminApiKey } from "../../src/provider/objects/admin-api-key.ts";
import type { auditLog } from "../../src/provider/objects/audit-log.ts";
import type { eventTypes } from "../../src/provider/objects/audit-log-events.ts";
import type { batch } from "../../src/provider/objects/batch.ts";
import type { certificate } from "../../src/provider/objects/certificate.ts";
import type { container } from "../../src/provider/objects/container.ts";
import type { containerFile } from "../../src/provider/objects/container-file.ts";
import type { conversation } from "../../src/provider/objects/conversation.ts";
import type { conversationItem } from "../../src/provider/objects/conversation-item.ts";
import type { externalKey } from "../../src/provider/objects/external-key.ts";
import type { externalStorage } from "../../src/provider/objects/external-storage.ts";
import type { file } from "../../src/provider/objects/file.ts";
import type { fineTuningCheckpoint } from "../../src/provider/objects/fine-tuning-checkpoint.ts";
import type { fineTuningEvent } from "../../src/provider/objects/fine-tuning-event.ts";
import type { fineTuningJob } from "../../src/provider/objects/fine-tuning-job.ts";
import type { group } from "../../src/provider/objects/group.ts";
import type { groupRole } from "../../src/provider/objects/group-role.ts";
import type { groupUser } from "../../src/provider/objects/group-user.ts";
import type { invite } from "../../src/provider/objects/invite.ts";
import type { model } from "../../src/provider/objects/model.ts";
import type { organizationCertificate } from "../../src/provider/objects/organization-certificate.ts";
import type { organizationDataRetention } from "../../src/provider/objects/organization-data-retention.ts";
import type { organizationSpendAlert } from "../../src/provider/objects/organization-spend-alert.ts";
import type { organizationSpendLimit } from "../../src/provider/objects/organization-spend-limit.ts";
import type {
  organizationCosts,
  organizationUsageAudioSpeeches,
  organizationUsageAudioTranscriptions,
  organizationUsageCodeInterpreterSessions,
  organizationUsageCompletions,
  organizationUsageDecisions,
  organizationUsageEmbeddings,
  organizationUsageFileSearchCalls,
  organizationUsageImages,
  organizationUsageModerations,
  organizationUsageVectorStores,
  organizationUsageWebSearchCalls,
} from "../../src/provider/objects/organization-usage.ts";
import type { organizationUser } from "../../src/provider/objects/organization-user.ts";
import type { project } from "../../src/provider/objects/project.ts";
import type { projectApiKey } from "../../src/provider/objects/project-api-key.ts";
import type { projectCertificate } from "../../src/provider/objects/project-certificate.ts";
import type { projectDataRetention } from "../../src/provider/objects/project-data-retention.ts";
import type { projectGroup } from "../../src/provider/objects/project-group.ts";
import type { projectGroupRole } from "../../src/provider/objects/project-group-role.ts";
import type { projectHostedToolPermissions } from "../../src/provider/objects/project-hosted-tool-permissions.ts";
import type { projectModelPermissions } from "../../src/provider/objects/project-model-permissions.ts";
import type { projectRateLimit } from "../../src/provider/objects/project-rate-limit.ts";
import type { projectRole } from "../../src/provider/objects/project-role.ts";
import type { projectServiceAccount } from "../../src/provider/objects/project-service-account.ts";
import type { projectServiceTierSettings } from "../../src/provider/objects/project-service-tier-settings.ts";
import type { projectSpendAlert } from "../../src/provider/objects/project-spend-alert.ts";
import type { projectSpendLimit } from "../../src/provider/objects/project-spend-limit.ts";
import type { projectUser } from "../../src/provider/objects/project-user.ts";
import type { projectUserRole } from "../../src/provider/objects/project-user-role.ts";
import type { role } from "../../src/provider/objects/role.ts";
import type { skill } from "../../src/provider/objects/skill.ts";
import type { skillVersion } from "../../src/provider/objects/skill-version.ts";
import type { userRole } from "../../src/provider/objects/user-role.ts";
import type { vectorStore } from "../../src/provider/objects/vector-store.ts";
import type { vectorStoreFile } from "../../src/provider/objects/vector-store-file.ts";
import type { vectorStoreFileBatch } from "../../src/provider/objects/vector-store-file-batch.ts";
import type { vectorStoreSearch } from "../../src/provider/objects/vector-store-search.ts";
import type { voice } from "../../src/provider/objects/voice.ts";
import type { voiceConsent } from "../../src/provider/objects/voice-consent.ts";
import type { workloadIdentityFederationRule } from "../../src/provider/objects/workload-identity-federation-rule.ts";
import type { workloadIdentityProvider } from "../../src/provider/objects/workload-identity-provider.ts";
import type { responseInputItem } from "../../src/provider/response/input-item.ts";
import type { response } from "../../src/provider/response/response.ts";

/*
 * The published types of the API (npm `openai`) as the measure of the declarations, checked by the compiler:
 * what an answer has must be an attribute, and what a request takes must be an argument, or stand in
 * `leftOut` with a reason. Nothing here runs. A newer version of the package shows what the API has added.
 */

/** A declaration, as `apiObject` returns it. */
interface Declared {
  readonly definition: {
    readonly attributes: Attributes;
    readonly leftOut?: Readonly<Record<string, string>>;
  };
}

/** Attributes by the names of the members that they stand for. */
type Members<A extends Attributes> = {
  [N in keyof A & string as N extends `${infer M}_json` ? M : N]: A[N];
};

/** The attributes that can be set. */
type Arguments<A extends Attributes> = {
  [N in keyof A as A[N]["mode"] extends "computed" ? never : N]: A[N];
};

/** The nested attributes of an attribute; never where its members are no attributes. */
type Inner<T> =
  T extends Attribute<infer K>
    ? K extends { readonly kind: "object"; readonly attributes: infer A extends Attributes }
      ? A
      : K extends {
            readonly element: { readonly kind: "object"; readonly attributes: infer A extends Attributes };
          }
        ? A
        : never
    : never;

/** What stands for a member once lists are taken away. */
type Element<T> = NonNullable<T> extends readonly (infer E)[] ? NonNullable<E> : NonNullable<T>;

/** The paths of members of `S` that have no attribute and no reason: `expires_after.days`. */
type Missing<S, A extends Attributes, Left, At extends string = ""> = {
  [K in keyof S & string]: `${At}${K}` extends Left
    ? never
    : K extends keyof Members<A>
      ? [Inner<Members<A>[K]>] extends [never]
        ? never
        : Missing<Element<S[K]>, Inner<Members<A>[K]>, Left, `${At}${K}.`>
      : `${At}${K}`;
}[keyof S & string];

type Reasons<D extends Declared> = keyof NonNullable<D["definition"]["leftOut"]> | "id";

/** Members of an answer that state does not have. */
type MissingInState<S, D extends Declared> = Missing<S, D["definition"]["attributes"], Reasons<D>>;

/** Parameters of a request that are no argument. */
type MissingArguments<S, D extends Declared> = Missing<
  S,
  Arguments<D["definition"]["attributes"]>,
  Reasons<D>
>;

/** Compiles where nothing is missing; else the error names what is. */
declare function nothing<_M extends never>(): void;

nothing<MissingInState<ExternalKey, typeof externalKey>>();
nothing<MissingArguments<ExternalKeyCreateParams, typeof externalKey>>();
nothing<MissingArguments<ExternalKeyCreateParams.GcpExternalKeyParams, typeof externalKey>>();
nothing<MissingArguments<ExternalKeyCreateParams.AzureExternalKeyParams, typeof externalKey>>();
nothing<MissingArguments<ExternalKeyCreateParams.OciExternalKeyParams, typeof externalKey>>();

nothing<MissingInState<ExternalStorageConfiguration, typeof externalStorage>>();
nothing<MissingArguments<ExternalStorageCreateParams, typeof externalStorage>>();
nothing<MissingInState<AwsExternalStorageProvider, typeof externalStorage>>();
nothing<MissingInState<AzureExternalStorageProvider, typeof externalStorage>>();
nothing<MissingInState<GcpExternalStorageProvider, typeof externalStorage>>();
nothing<MissingInState<OciExternalStorageProvider, typeof externalStorage>>();

nothing<MissingInState<WorkloadIdentityProvider, typeof workloadIdentityProvider>>();
nothing<MissingArguments<WorkloadIdentityProviderCreateParams, typeof workloadIdentityProvider>>();
nothing<MissingArguments<WorkloadIdentityProviderUpdateParams, typeof workloadIdentityProvider>>();
nothing<MissingInState<FederationRule, typeof workloadIdentityFederationRule>>();
nothing<MissingArguments<FederationRuleCreateParams, typeof workloadIdentityFederationRule>>();
nothing<MissingArguments<FederationRuleUpdateParams, typeof workloadIdentityFederationRule>>();

nothing<MissingInState<Model, typeof model>>();

nothing<MissingInState<FileObject, typeof file>>();
nothing<MissingArguments<FileCreateParams, typeof file>>();

nothing<MissingInState<Skill, typeof skill>>();
nothing<MissingArguments<SkillCreateParams, typeof skill>>();
nothing<MissingArguments<SkillUpdateParams, typeof skill>>();

nothing<MissingInState<SkillVersion, typeof skillVersion>>();
nothing<MissingArguments<VersionCreateParams, typeof skillVersion>>();

nothing<MissingInState<FineTuningJob, typeof fineTuningJob>>();
nothing<MissingInState<FineTuningJobEvent, typeof fineTuningEvent>>();
nothing<MissingInState<FineTuningJobCheckpoint, typeof fineTuningCheckpoint>>();

nothing<MissingInState<Batch, typeof batch>>();
nothing<MissingArguments<BatchCreateParams, typeof batch>>();

nothing<MissingInState<VectorStore, typeof vectorStore>>();
nothing<MissingArguments<VectorStoreCreateParams, typeof vectorStore>>();
nothing<MissingArguments<VectorStoreUpdateParams, typeof vectorStore>>();

nothing<MissingInState<VectorStoreFile, typeof vectorStoreFile>>();
nothing<MissingArguments<VectorStoreFileCreateParams, typeof vectorStoreFile>>();
nothing<MissingArguments<VectorStoreFileUpdateParams, typeof vectorStoreFile>>();

nothing<MissingInState<ContainerRetrieveResponse, typeof container>>();
nothing<MissingArguments<ContainerCreateParams, typeof container>>();
nothing<MissingInState<ContainerFileRetrieveResponse, typeof containerFile>>();
nothing<MissingArguments<ContainerFileCreateParams, typeof containerFile>>();

nothing<MissingInState<Conversation, typeof conversation>>();
nothing<MissingArguments<ConversationCreateParams, typeof conversation>>();
nothing<MissingArguments<ConversationUpdateParams, typeof conversation>>();
nothing<MissingInState<Message, typeof conversationItem>>();

nothing<MissingInState<VoiceConsent, typeof voiceConsent>>();
nothing<MissingArguments<VoiceConsentCreateParams, typeof voiceConsent>>();
nothing<MissingArguments<VoiceConsentUpdateParams, typeof voiceConsent>>();

nothing<MissingInState<Voice, typeof voice>>();
// How it is made follows from the arguments.
nothing<MissingArguments<Omit<VoiceCreateParams.Consent, "type">, typeof voice>>();
nothing<MissingArguments<Omit<VoiceCreateParams.Prompt, "type">, typeof voice>>();

nothing<MissingInState<Response, typeof response>>();
nothing<MissingArguments<ResponseCreateParamsNonStreaming, typeof response>>();
nothing<MissingInState<ResponseOutputMessage, typeof responseInputItem>>();

nothing<MissingInState<VectorStoreFileBatch, typeof vectorStoreFileBatch>>();
nothing<MissingArguments<FileBatchCreateParams, typeof vectorStoreFileBatch>>();

nothing<MissingInState<Project, typeof project>>();
nothing<MissingArguments<ProjectCreateParams, typeof project>>();
nothing<MissingArguments<ProjectUpdateParams, typeof project>>();

nothing<MissingInState<ProjectUser, typeof projectUser>>();
nothing<MissingArguments<ProjectUserCreateParams, typeof projectUser>>();
nothing<MissingArguments<ProjectUserUpdateParams, typeof projectUser>>();

nothing<MissingInState<ProjectRateLimit, typeof projectRateLimit>>();
nothing<MissingArguments<RateLimitUpdateRateLimitParams, typeof projectRateLimit>>();

nothing<MissingInState<ProjectSpendLimit, typeof projectSpendLimit>>();
nothing<MissingArguments<ProjectSpendLimitUpdateParams, typeof projectSpendLimit>>();

nothing<MissingInState<OrganizationDataRetention, typeof organizationDataRetention>>();
nothing<MissingArguments<OrganizationDataRetentionUpdateParams, typeof organizationDataRetention>>();

nothing<MissingInState<OrganizationSpendLimit, typeof organizationSpendLimit>>();
nothing<MissingArguments<OrganizationSpendLimitUpdateParams, typeof organizationSpendLimit>>();

nothing<MissingInState<OrganizationSpendAlert, typeof organizationSpendAlert>>();
nothing<MissingArguments<OrganizationSpendAlertCreateParams, typeof organizationSpendAlert>>();
nothing<MissingArguments<OrganizationSpendAlertUpdateParams, typeof organizationSpendAlert>>();

nothing<MissingInState<ProjectServiceTierSettings, typeof projectServiceTierSettings>>();
nothing<MissingArguments<ServiceTierSettingUpdateParams, typeof projectServiceTierSettings>>();

nothing<MissingInState<ProjectDataRetention, typeof projectDataRetention>>();
nothing<MissingArguments<ProjectDataRetentionUpdateParams, typeof projectDataRetention>>();

nothing<MissingInState<ProjectGroup, typeof projectGroup>>();
nothing<MissingArguments<ProjectGroupCreateParams, typeof projectGroup>>();

nothing<MissingInState<ProjectGroupRoleRetrieveResponse, typeof projectGroupRole>>();
nothing<MissingArguments<ProjectGroupRoleCreateParams, typeof projectGroupRole>>();

nothing<MissingInState<ProjectHostedToolPermissions, typeof projectHostedToolPermissions>>();
nothing<MissingArguments<HostedToolPermissionUpdateParams, typeof projectHostedToolPermissions>>();

nothing<MissingInState<ProjectModelPermissions, typeof projectModelPermissions>>();
nothing<MissingArguments<ModelPermissionUpdateParams, typeof projectModelPermissions>>();

nothing<MissingInState<Role, typeof projectRole>>();
nothing<MissingArguments<ProjectRoleCreateParams, typeof projectRole>>();
nothing<MissingArguments<ProjectRoleUpdateParams, typeof projectRole>>();

nothing<MissingInState<ProjectAPIKey, typeof projectApiKey>>();
nothing<MissingArguments<APIKeyUpdateParams, typeof projectApiKey>>();

nothing<MissingInState<ProjectServiceAccount, typeof projectServiceAccount>>();
nothing<MissingArguments<ServiceAccountCreateParams, typeof projectServiceAccount>>();
nothing<MissingArguments<ServiceAccountKeyCreateParams, ServiceAccountKey>>();
nothing<MissingArguments<ServiceAccountUpdateParams, typeof projectServiceAccount>>();

nothing<MissingInState<ProjectSpendAlert, typeof projectSpendAlert>>();
nothing<MissingArguments<ProjectSpendAlertCreateParams, typeof projectSpendAlert>>();
nothing<MissingArguments<ProjectSpendAlertUpdateParams, typeof projectSpendAlert>>();

nothing<MissingInState<ProjectUserRoleRetrieveResponse, typeof projectUserRole>>();
nothing<MissingArguments<ProjectUserRoleCreateParams, typeof projectUserRole>>();

nothing<MissingInState<Role, typeof role>>();
nothing<MissingArguments<RoleCreateParams, typeof role>>();
nothing<MissingArguments<RoleUpdateParams, typeof role>>();

nothing<MissingInState<GroupRoleRetrieveResponse, typeof groupRole>>();
nothing<MissingArguments<GroupRoleCreateParams, typeof groupRole>>();

nothing<MissingInState<UserRoleRetrieveResponse, typeof userRole>>();
nothing<MissingArguments<UserRoleCreateParams, typeof userRole>>();

nothing<MissingInState<Group, typeof group>>();
nothing<MissingArguments<GroupCreateParams, typeof group>>();
nothing<MissingArguments<GroupUpdateParams, typeof group>>();

nothing<MissingInState<GroupUserRetrieveResponse, typeof groupUser>>();
nothing<MissingArguments<GroupUserCreateParams, typeof groupUser>>();

nothing<MissingInState<Invite, typeof invite>>();
nothing<MissingArguments<InviteCreateParams, typeof invite>>();

nothing<MissingInState<OrganizationUser, typeof organizationUser>>();
nothing<MissingArguments<UserUpdateParams, typeof organizationUser>>();

nothing<MissingInState<AdminAPIKey, typeof adminApiKey>>();
nothing<MissingInState<AdminAPIKeyCreateResponse, typeof adminApiKey>>();
nothing<MissingArguments<AdminAPIKeyCreateParams, typeof adminApiKey>>();

nothing<MissingInState<Certificate, typeof certificate>>();
nothing<MissingArguments<CertificateCreateParams, typeof certificate>>();
nothing<MissingArguments<CertificateUpdateParams, typeof certificate>>();
nothing<MissingInState<CertificateListResponse, typeof organizationCertificate>>();
nothing<MissingInState<ProjectCertificateListResponse, typeof projectCertificate>>();

nothing<MissingInState<{ data: VectorStoreSearchResponse[] }, SearchPage>>();
nothing<MissingArguments<VectorStoreSearchParams, typeof vectorStoreSearch>>();

nothing<
  MissingInState<
    Bucket<
      UsageAudioSpeechesResponse.Data,
      UsageCompletionsResponse.Data.OrganizationUsageAudioSpeechesResult
    >,
    typeof organizationUsageAudioSpeeches
  >
>();
nothing<MissingArguments<UsageAudioSpeechesParams, Filters<typeof organizationUsageAudioSpeeches>>>();
nothing<
  MissingInState<
    Bucket<
      UsageAudioTranscriptionsResponse.Data,
      UsageCompletionsResponse.Data.OrganizationUsageAudioTranscriptionsResult
    >,
    typeof organizationUsageAudioTranscriptions
  >
>();
nothing<
  MissingArguments<UsageAudioTranscriptionsParams, Filters<typeof organizationUsageAudioTranscriptions>>
>();
nothing<
  MissingInState<
    Bucket<
      UsageCodeInterpreterSessionsResponse.Data,
      UsageCompletionsResponse.Data.OrganizationUsageCodeInterpreterSessionsResult
    >,
    typeof organizationUsageCodeInterpreterSessions
  >
>();
nothing<
  MissingArguments<
    UsageCodeInterpreterSessionsParams,
    Filters<typeof organizationUsageCodeInterpreterSessions>
  >
>();
nothing<
  MissingInState<
    Bucket<UsageCompletionsResponse.Data, UsageCompletionsResponse.Data.OrganizationUsageCompletionsResult>,
    typeof organizationUsageCompletions
  >
>();
nothing<MissingArguments<UsageCompletionsParams, Filters<typeof organizationUsageCompletions>>>();
nothing<
  MissingInState<
    Bucket<UsageDecisionsResponse.Data, UsageDecisionsResponse.Data.Result>,
    typeof organizationUsageDecisions
  >
>();
nothing<MissingArguments<UsageDecisionsParams, Filters<typeof organizationUsageDecisions>>>();
nothing<
  MissingInState<
    Bucket<UsageEmbeddingsResponse.Data, UsageCompletionsResponse.Data.OrganizationUsageEmbeddingsResult>,
    typeof organizationUsageEmbeddings
  >
>();
nothing<MissingArguments<UsageEmbeddingsParams, Filters<typeof organizationUsageEmbeddings>>>();
nothing<
  MissingInState<
    Bucket<
      UsageFileSearchCallsResponse.Data,
      UsageCompletionsResponse.Data.OrganizationUsageFileSearchesResult
    >,
    typeof organizationUsageFileSearchCalls
  >
>();
nothing<MissingArguments<UsageFileSearchCallsParams, Filters<typeof organizationUsageFileSearchCalls>>>();
nothing<
  MissingInState<
    Bucket<UsageImagesResponse.Data, UsageCompletionsResponse.Data.OrganizationUsageImagesResult>,
    typeof organizationUsageImages
  >
>();
nothing<MissingArguments<UsageImagesParams, Filters<typeof organizationUsageImages>>>();
nothing<
  MissingInState<
    Bucket<UsageModerationsResponse.Data, UsageCompletionsResponse.Data.OrganizationUsageModerationsResult>,
    typeof organizationUsageModerations
  >
>();
nothing<MissingArguments<UsageModerationsParams, Filters<typeof organizationUsageModerations>>>();
nothing<
  MissingInState<
    Bucket<UsageVectorStoresResponse.Data, UsageCompletionsResponse.Data.OrganizationUsageVectorStoresResult>,
    typeof organizationUsageVectorStores
  >
>();
nothing<MissingArguments<UsageVectorStoresParams, Filters<typeof organizationUsageVectorStores>>>();
nothing<
  MissingInState<
    Bucket<
      UsageWebSearchCallsResponse.Data,
      UsageCompletionsResponse.Data.OrganizationUsageWebSearchesResult
    >,
    typeof organizationUsageWebSearchCalls
  >
>();
nothing<MissingArguments<UsageWebSearchCallsParams, Filters<typeof organizationUsageWebSearchCalls>>>();
nothing<
  MissingInState<
    Bucket<UsageCostsResponse.Data, UsageCostsResponse.Data.OrganizationCostsResult>,
    typeof organizationCosts
  >
>();
nothing<MissingArguments<UsageCostsParams, Filters<typeof organizationCosts>>>();

// What an event has of its type is JSON text.
nothing<MissingInState<Omit<AuditLogListResponse, AuditLogListResponse["type"]>, typeof auditLog>>();
nothing<MissingArguments<AuditLogListParams, Filters<typeof auditLog>>>();
nothing<Exclude<AuditLogListResponse["type"], (typeof eventTypes)[number]>>();

/** A bucket of the answer, whose type has the results of all kinds together. */
type Bucket<Data, Result> = Omit<Data, "results"> & { results: Result[] };

/** The arguments of a list. */
interface Filters<D extends { readonly filters: Attributes }> {
  readonly definition: {
    readonly attributes: D["filters"];
    readonly leftOut: {
      readonly limit: "every list has it";
      readonly page: "all pages are read";
      readonly after: "audit logs have it";
      readonly before: "lists are read forward";
    };
  };
}

/** A page of results, whose `data` is the attribute `results`. */
interface SearchPage {
  readonly definition: {
    readonly attributes: { data: (typeof vectorStoreSearch)["definition"]["attributes"]["results"] };
  };
}

/** The key of a service account, which is an argument. */
interface ServiceAccountKey {
  readonly definition: {
    readonly attributes: (typeof projectServiceAccount)["definition"]["attributes"]["api_key"]["kind"]["attributes"] &
      Pick<(typeof projectServiceAccount)["definition"]["attributes"], "project_id">;
  };
}

/** What the resource takes, beside what the declaration leaves out. */
interface CreatedCompletion {
  readonly definition: {
    readonly attributes: ResourceAttributes;
    readonly leftOut: NonNullable<(typeof completion)["definition"]["leftOut"]>;
  };
}

nothing<MissingInState<ChatCompletion, typeof completion>>();
nothing<MissingArguments<ChatCompletionCreateParamsNonStreaming, CreatedCompletion>>();

// The comparison itself: what it must find.
type Finds<S, A extends Attributes> = Missing<S, A, "id">;
type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
declare function finds<_Path, _Missing, _Equal extends Equal<_Path, _Missing> = Equal<_Path, _Missing>>(
  found: _Equal & true,
): void;
type Sample = (typeof vectorStore)["definition"]["attributes"];
finds<"colour", Finds<{ id: string; name: string; colour?: string }, Sample>>(true);
finds<"expires_after.hours", Finds<{ expires_after: { days: number; hours: number } | null }, Sample>>(true);
finds<
  never,
  Finds<{ metadata: { [key: string]: string } | null; chunking_strategy: { type: "auto" } }, Sample>
>(true);
