/** The builder in suggested reading order: what it promises, its one door, and what an agent asks beforehand. */
export * from './contract.ts';
export { detectCapabilities } from './detect-capabilities.ts';
export { endLeftovers, endLostBuild } from './process/leftovers.ts';
export { removeLeftWorkspaces } from './remove-workspace.ts';
export { refusalByPolicy } from './policy.ts';
export { runJob } from './run-job.ts';
export { runScript, type ScriptEnd } from './run-script.ts';
/** For logs that others write beside those of builds. */
export * as markdown from './logs/markdown.ts';
export { plainText } from './stages/plain-text.ts';
