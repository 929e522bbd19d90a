/** The agent in suggested reading order: run one, what may be set, what it tells, and what its owner lets it run. */

export { AgentError } from './agent-error.ts';
export { type CheckedBranch, checkBranches } from './branches/check-branches.ts';
export type { AgentEvent, JobEndStatus, StopReason } from './events.ts';
export { buildFolder } from './home/build-folder.ts';
export type { AgentExit, AgentOptions } from './options.ts';
export { type Channel, ChannelError, type ChannelMessage, plainLine, plainText } from './notify/channel.ts';
export { CHANNEL_KINDS, openChannel } from './notify/list.ts';
export { type ChannelSettings, channelSettings, keyOf } from './notify/settings.ts';
export { type Policy, readPolicy, readPolicySource } from './policy.ts';
export { allow, disallow, type PolicyChange } from './policy/change-policy.ts';
export { runAgent } from './run-agent.ts';
export { identityPath, readAgeIdentity, seal, unseal } from './secrets/age.ts';
export { secretsFolder } from './secrets/files.ts';
export { secretSources } from './secrets/list.ts';
export { isSecretName, MOST_SECRET_BYTES, SecretError, valueFrom } from './secrets/source.ts';
export { sandboxFor } from './sandbox.ts';
export { UPKEEP } from './upkeep/list.ts';
export { nextRun } from './upkeep/schedule.ts';
