/** The REST API of the daemon, in suggested reading order. What a browser may import is `@gityard/api/client`. */

export { signToken, type TokenKey, tokenReader } from './access/tokens.ts';
export { artifactIdOf } from './artifacts/artifact-id.ts';
export { attachment } from './artifacts/attachment.ts';
export { signAddress } from './artifacts/signed-address.ts';
export { ApiStartError } from './api-start-error.ts';
export { isFromHere, isLoopback } from './guard.ts';
export type {
  ArtifactBytes,
  BuildDesk,
  CommandDesk,
  CommandOutcome,
  LogPiece,
  ReadLog,
  MessageDesk,
  SendOutcome,
  SentMessage,
  SubmitOutcome,
  TokenDesk,
} from './desks.ts';
export type { Answered, Api, ApiOptions, MetricsSource, RepositoryView, SeenYard, SnapshotSource } from './options.ts';
export { startApi } from './start-api.ts';
