/** The builder in suggested reading order: what it promises, its one door, and what an agent asks beforehand. */
export * from './contract.ts';
export { whyDifferent } from './artifacts/inside/why-different.ts';
export { measureFolder } from './artifacts/measure-folder.ts';
export { getArtifacts } from './artifacts/store/get-artifacts.ts';
export { freeBytesAt, removeStored, storedBuilds, storedFolder, storeIn } from './artifacts/store/local-store.ts';
export { SUMS } from './artifacts/sums.ts';
export { verifyFolder } from './artifacts/verify-folder.ts';
export { writeSums } from './artifacts/write-sums.ts';
export { detectCapabilities } from './detect-capabilities.ts';
export { endLeftovers, endLostBuild } from './process/leftovers.ts';
export { refusalByPolicy } from './policy.ts';
export { runJob } from './run-job.ts';
