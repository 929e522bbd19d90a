export { GitServerError } from './errors.ts';
export type { GitRequestInfo } from './exchange.ts';
export { type GitServer, type GitServerOptions, startGitServer } from './git-server.ts';
export type { GitService, Phase } from './route.ts';
