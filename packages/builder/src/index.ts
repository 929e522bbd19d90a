/** The builder in suggested reading order: what it promises, its one door, and what an agent asks beforehand. */
export * from './contract.ts';
export { matcherOf } from './artifacts/pattern.ts';
export { whyDifferent } from './artifacts/inside/why-different.ts';
export { measureFolder } from './artifacts/measure-folder.ts';
export { getArtifacts } from './artifacts/store/get-artifacts.ts';
export { freeBytesAt, removeStored, storedBuilds, storedFolder, storeIn } from './artifacts/store/local-store.ts';
export { SUMS } from './artifacts/sums.ts';
export { verifyFolder } from './artifacts/verify-folder.ts';
export { writeSums } from './artifacts/write-sums.ts';
export type { BuildSecrets, Given, SecretUse } from './secrets/build-secrets.ts';
export { detectCapabilities } from './detect-capabilities.ts';
export { endLeftovers, endLostBuild } from './process/leftovers.ts';
export { removeLeftWorkspaces } from './remove-workspace.ts';
export { chooseSandbox, probeLadder, type SandboxChoice } from './sandbox/ladder.ts';
export type { Limits } from './sandbox/sandbox.ts';
export { refusalByPolicy } from './policy.ts';
export { CHUNK_BYTES, chunkEnd, chunkPath } from './logs/chunks.ts';
export { runJob } from './run-job.ts';
export type { BuildCache, CacheAccess, CacheEntry } from './cache/build-cache.ts';
export type { SplitPlan } from './distribute/plan-split.ts';
export type { Parts } from './distribute/put-together.ts';
export { runScript, type ScriptEnd } from './run-script.ts';
/** For logs that others write beside those of builds. */
export * as markdown from './logs/markdown.ts';
export { plainText } from './stages/plain-text.ts';
export { branchHeads } from './source/branch-heads.ts';
export { changedPaths } from './source/changed-paths.ts';
export { setUpWorktrees, type WorktreeSetUp } from './source/worktrees.ts';
