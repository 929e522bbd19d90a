/** A yard for people to look at: its API and its page on one port, with a key for those who may act there as well. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Answered, type Api, type ApiOptions, isLoopback, startApi } from '@gityard/api';
import type { LogLine } from '@gityard/telemetry';
import { repositoryView, type Yard } from '@gityard/yard';
import { linkKey } from '../artifacts/link-key.ts';
import { openServerMetrics } from '../metrics/server-metrics.ts';
import { openOnce } from '../once.ts';
import { PAGES } from '../place.ts';
import { homePath } from '../start/user-config.ts';
import { apiKey } from '../tokens/api-key.ts';
import { audienceOf } from '../tokens/audience.ts';
import { tokenDesk } from '../tokens/token-desk.ts';
import { programVersion } from '../version.ts';
import { lookAt } from '../yard/open-yard.ts';
import { buildDesk } from './build-desk.ts';
import { commandDesk } from './command-desk.ts';
import { messageDesk } from './message-desk.ts';
import { placesOf } from './places.ts';
import { followYard } from './snapshot-source.ts';

export interface ServeYard
  extends Pick<ApiOptions, 'host' | 'port' | 'allowRemote' | 'mount' | 'tls' | 'open' | 'rates'> {
  /** It was looked at. */
  readonly yard: Yard;
  /** Told each answer, when the yard cannot be read, when it can be again, and when an answer failed by a fault of this program. */
  readonly tell?: (line: LogLine) => void;
  /** Where this user keeps keys. */
  readonly env: NodeJS.ProcessEnv;
  /** Homes of agents of this machine, beside that of this user. */
  readonly homes?: () => Promise<readonly string[]>;
}

export interface ServedYard {
  readonly url: string;
  /** Where the page is; who opens it may act. */
  readonly page: string;
  /** null: this program was built without it. */
  readonly guide: string | null;
  /** Something was pushed: look now. */
  nudge(): void;
  close(): Promise<void>;
}

/** Or where somebody who works on it has built another. */
const pages = process.env.GITYARD_PAGES ?? PAGES;

export async function serveYard({ yard, tell = unheard, env, homes, ...where }: ServeYard): Promise<ServedYard> {
  let served: Api | undefined;
  const version = await programVersion();
  const metrics = await openServerMetrics({ yard, version, followers: () => served?.followers ?? 0 });
  const onLook = (outcome: 'seen' | 'failed'): void => {
    try {
      metrics.looked(outcome);
    } catch (error) {
      // A fault in what is counted must not cost the page its sight.
      tell(lineOfFault('counting failed', error as Error));
    }
  };
  const followed = followYard(yard, { ...paceOf(yard), onTrouble: (text) => tell({ level: 'warn', text }), onLook });
  const key = randomBytes(24).toString('base64url');
  const desk = commandDesk(yard, { onDone: followed.nudge });
  try {
    const tokenKey = openOnce(() => apiKey(env, audienceOf(yard.state)));
    const look = async (): Promise<void> => void (await lookAt(yard));
    const tokens = tokenDesk({ yard, key: tokenKey, look });
    const api = await startApi({
      ...where,
      source: followed,
      pages,
      repository: repositoryView(yard),
      look: () => ({
        state: yard.state,
        head: yard.head,
        live: yard.live.snapshot?.commit ?? null,
        now: yard.now(),
      }),
      desk,
      messages: messageDesk(yard, { onDone: followed.nudge }),
      builds: buildDesk({
        yard,
        places: placesOf({ env, homes }),
        linkKey: openOnce(() => linkKey(homePath(env), yard.state)),
        onDone: followed.nudge,
        watch: () => followed.subscribe(() => undefined),
      }),
      key,
      onFault: faultTeller(tell),
      tokens,
      metrics: {
        text: metrics.text,
        answered: (it) => {
          metrics.answered(it);
          tell(lineOfAnswer(it));
        },
      },
    });
    served = api;
    const close = async (): Promise<void> => {
      await api.close();
      await followed.close();
    };
    const place = placeOf(api.url, where);
    const guide = existsSync(join(pages, 'guide', 'index.html')) ? `${place}/guide/` : null;
    return { url: api.url, page: `${place}/#key=${key}`, guide, nudge: followed.nudge, close };
  } catch (error) {
    await followed.close();
    throw error;
  }
}

function unheard(): void {
  // Nobody keeps a log.
}

/** What the world has in the way has words for people, and is told once, however many ask meanwhile. */
function faultTeller(tell: (line: LogLine) => void): (error: Error) => void {
  let before: string | undefined;
  return (error) => {
    const line: LogLine =
      'code' in error ? { level: 'error', text: error.message } : lineOfFault('an answer failed', error);
    if (line.text !== before) tell(line);
    before = line.text;
  };
}

/** A fault of this program shows where it is. */
const lineOfFault = (what: string, { message, stack }: Error): LogLine => ({
  level: 'error',
  text: `${what}: ${message}`,
  facts: { stack },
});

/** By the address of its endpoint: what callers write there besides may be meant for nobody else. */
const lineOfAnswer = ({ method, route, status, seconds }: Answered): LogLine => ({
  level: 'debug',
  text: `${method} ${route || 'elsewhere'} is answered with ${status}`,
  facts: { method, route, status, seconds },
});

const WATCHED_EVERY_MS = 2_000;

/** As often as the agents look; more often while people do, where looks are not counted. */
function paceOf({ state, transport }: Yard): { everyMs: number; watchedEveryMs: number } {
  const everyMs = Math.max(state.yard.poll.seconds * 1000, WATCHED_EVERY_MS);
  return { everyMs, watchedEveryMs: transport.rateLimit ? everyMs : WATCHED_EVERY_MS };
}

/** A certificate, and people on other machines, know a name, not the address that one listens on. */
function placeOf(url: string, { tls, host, allowRemote }: Pick<ServeYard, 'tls' | 'host' | 'allowRemote'>): string {
  const isDirect = tls !== undefined || (host !== undefined && !isLoopback(host));
  const [name] = isDirect ? (allowRemote?.hosts ?? []) : [];
  return name === undefined ? url : url.replace(/\/\/[^/]*(?=:\d+$)/, `//${name}`);
}
