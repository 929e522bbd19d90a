/** Every endpoint of the API, written by hand: a new one is a file beside this and a line in this list. */
import type { Endpoint } from '../endpoint.ts';
import { blobs } from './blobs.ts';
import { commands } from './commands.ts';
import { commits } from './commits.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { health } from './health.ts';
import { hello } from './hello.ts';
import { jobLog } from './job-log.ts';
import { manyBlobs } from './many-blobs.ts';
import { metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { ready } from './ready.ts';
import { session } from './session.ts';
import { snapshot } from './snapshot.ts';
import { issueToken, listTokens, revokeToken } from './tokens.ts';
import { trees } from './trees.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  jobLog,
  issueToken,
  listTokens,
  revokeToken,
  snapshot,
  events,
  commands,
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
