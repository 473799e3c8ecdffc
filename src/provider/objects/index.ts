import type { ApiObjects } from "../api/object.ts";
import { responseInputItem } from "../response/input-item.ts";
import { response } from "../response/response.ts";
import { adminApiKey } from "./admin-api-key.ts";
import { auditLog } from "./audit-log.ts";
import { batch } from "./batch.ts";
import { certificate } from "./certificate.ts";
import { container } from "./container.ts";
import { containerFile } from "./container-file.ts";
import { conversation } from "./conversation.ts";
import { conversationItem } from "./conversation-item.ts";
import { externalKey } from "./external-key.ts";
import { externalStorage } from "./external-storage.ts";
import { file } from "./file.ts";
import { fineTuningCheckpoint } from "./fine-tuning-checkpoint.ts";
import { fineTuningEvent } from "./fine-tuning-event.ts";
import { fineTuningJob } from "./fine-tuning-job.ts";
import { group } from "./group.ts";
import { groupRole } from "./group-role.ts";
import { groupUser } from "./group-user.ts";
import { invite } from "./invite.ts";
import { model } from "./model.ts";
import { organizationCertificate } from "./organization-certificate.ts";
import { organizationDataRetention } from "./organization-data-retention.ts";
import { organizationSpendAlert } from "./organization-spend-alert.ts";
import { organizationSpendLimit } from "./organization-spend-limit.ts";
import {
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
} from "./organization-usage.ts";
import { organizationUser } from "./organization-user.ts";
import { project } from "./project.ts";
import { projectApiKey } from "./project-api-key.ts";
import { projectCertificate } from "./project-certificate.ts";
import { projectDataRetention } from "./project-data-retention.ts";
import { projectGroup } from "./project-group.ts";
import { projectGroupRole } from "./project-group-role.ts";
import { projectHostedToolPermissions } from "./project-hosted-tool-permissions.ts";
import { projectModelPermissions } from "./project-model-permissions.ts";
import { projectRateLimit } from "./project-rate-limit.ts";
import { projectRole } from "./project-role.ts";
import { projectServiceAccount } from "./project-service-account.ts";
import { projectServiceTierSettings } from "./project-service-tier-settings.ts";
import { projectSpendAlert } from "./project-spend-alert.ts";
import { projectSpendLimit } from "./project-spend-limit.ts";
import { projectUser } from "./project-user.ts";
import { projectUserRole } from "./project-user-role.ts";
import { role } from "./role.ts";
import { skill } from "./skill.ts";
import { skillVersion } from "./skill-version.ts";
import { userRole } from "./user-role.ts";
import { vectorStore } from "./vector-store.ts";
import { vectorStoreFile } from "./vector-store-file.ts";
import { vectorStoreFileBatch } from "./vector-store-file-batch.ts";
import { vectorStoreSearch } from "./vector-store-search.ts";
import { voice } from "./voice.ts";
import { voiceConsent } from "./voice-consent.ts";
import { workloadIdentityFederationRule } from "./workload-identity-federation-rule.ts";
import { workloadIdentityProvider } from "./workload-identity-provider.ts";

/** The objects of the API that are declared, in the order in which the documentation lists them. */
export const apiObjects: readonly ApiObjects[] = [
  model,
  file,
  vectorStore,
  vectorStoreFile,
  vectorStoreFileBatch,
  vectorStoreSearch,
  batch,
  container,
  containerFile,
  conversation,
  conversationItem,
  response,
  responseInputItem,
  skill,
  skillVersion,
  fineTuningJob,
  fineTuningEvent,
  fineTuningCheckpoint,
  voiceConsent,
  voice,
  project,
  projectUser,
  projectServiceAccount,
  projectApiKey,
  projectRateLimit,
  projectSpendLimit,
  projectSpendAlert,
  projectRole,
  projectUserRole,
  projectGroup,
  projectGroupRole,
  projectModelPermissions,
  projectHostedToolPermissions,
  projectDataRetention,
  projectCertificate,
  organizationUser,
  invite,
  group,
  groupUser,
  projectServiceTierSettings,
  organizationSpendLimit,
  organizationSpendAlert,
  organizationDataRetention,
  role,
  groupRole,
  userRole,
  adminApiKey,
  certificate,
  organizationCertificate,
  workloadIdentityProvider,
  workloadIdentityFederationRule,
  externalKey,
  externalStorage,
  organizationUsageCompletions,
  organizationUsageEmbeddings,
  organizationUsageModerations,
  organizationUsageImages,
  organizationUsageAudioSpeeches,
  organizationUsageAudioTranscriptions,
  organizationUsageVectorStores,
  organizationUsageCodeInterpreterSessions,
  organizationUsageFileSearchCalls,
  organizationUsageWebSearchCalls,
  organizationUsageDecisions,
  organizationCosts,
  auditLog,
];
