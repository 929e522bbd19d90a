/** Every endpoint of the API, written by hand: a new one is a file beside this and a line in this list. */
import type { Endpoint } from '../endpoint.ts';
import { drainAgent, maintainAgent, removeAgent, resumeAgent } from './agent-acts.ts';
import { checkAgent, listAgents, listPools, showAgent } from './agents.ts';
import { blobs } from './blobs.ts';
import { cancelBuild, prioritiseBuild, retryBuild } from './builds/build-acts.ts';
import { downloadArtifact } from './builds/download-artifact.ts';
import { explainBuild } from './builds/explain-build.ts';
import { listArtifacts } from './builds/list-artifacts.ts';
import { listBuilds } from './builds/list-builds.ts';
import { readLog } from './builds/read-log.ts';
import { showBuild } from './builds/show-build.ts';
import { submitBuild } from './builds/submit-build.ts';
import { commands } from './commands.ts';
import { commits } from './commits.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { health } from './health.ts';
import { hello } from './hello.ts';
import { manyBlobs } from './many-blobs.ts';
import { sendMessage } from './messages.ts';
import { metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { ready } from './ready.ts';
import { session } from './session.ts';
import { snapshot } from './snapshot.ts';
import { issueToken, listTokens, revokeToken } from './tokens.ts';
import { trees } from './trees.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  listAgents,
  showAgent,
  checkAgent,
  maintainAgent,
  drainAgent,
  resumeAgent,
  removeAgent,
  listPools,
  submitBuild,
  listBuilds,
  showBuild,
  readLog,
  cancelBuild,
  retryBuild,
  prioritiseBuild,
  explainBuild,
  listArtifacts,
  downloadArtifact,
  issueToken,
  listTokens,
  revokeToken,
  snapshot,
  events,
  commands,
  sendMessage,
  files,
  blobs,
  manyBlobs,
  trees,
  commits,
  hello,
  session,
  health,
  ready,
  metrics,
  openapi,
];
