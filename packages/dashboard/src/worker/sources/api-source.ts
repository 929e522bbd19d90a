/** The daemon that serves this page, followed over server-sent events. What it is asked besides costs nothing. */
import { type AnswerOf, followYard } from '@gityard/api/client';
import type { Failure } from '../protocol.ts';
import type { ApiSession } from './api-session.ts';
import { type Answer, ask, jsonOf, textOf } from './ask.ts';
import { modelIn } from './model-in.ts';
import { encodedPath } from './rows.ts';
import { type Place, type Source, SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';

const HOST = 'the server';

export interface ApiOpening {
  readonly session: ApiSession;
  readonly wiring: Wiring;
}

export function apiSource(page: string, { session, wiring }: ApiOpening): Source {
  const at = (path: string, query: Record<string, string | number | undefined> = {}): URL => {
    const url = new URL(`api/v1/${path}`, page);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`);
    return url;
  };
  const get = async (url: URL, init: Init): Promise<Answer> => {
    // The session of a daemon with a key is a cookie of this origin.
    const what = url.pathname.split('/api/v1/').at(-1) ?? '';
    return ask(wiring, { url, init: { credentials: 'same-origin', ...init }, host: HOST, what });
  };
  return {
    kind: 'api',
    address: new URL(page).origin,
    yardId: () => session.yardId,
    isLocal: true,
    commands: () => session.commands,
    renewRights: async () => {
      await session.renew();
    },
    look: async (tag, signal) => {
      const headers: Record<string, string> = tag === null ? {} : { 'if-none-match': tag };
      const answer = await get(at('snapshot'), { headers, signal, cache: 'no-store' });
      if (answer.status === 304) return { kind: 'same', budget: null };
      return { kind: 'snapshot', model: modelIn(textOf(good(answer))), tag: answer.headers.get('etag'), budget: null };
    },
    follow: (listener) =>
      followYard({
        url: page,
        onSnapshot: (model) => listener({ kind: 'snapshot', model }),
        onConnection: ({ state, reason, skewMs }) => listener({ kind: 'connection', state, reason, skewMs }),
      }),
    file: async (place, path, signal) => {
      const answer = await get(at(`files/${placeWord(place)}/${encodedPath(path)}`), { signal });
      if (answer.status === 404) return undefined;
      return { bytes: good(answer).bytes, oid: answer.headers.get('etag')?.replaceAll('"', '') ?? '' };
    },
    blob: async (oid, signal) => good(await get(at(`blobs/${oid}`), { signal })).bytes,
    batch: async () => {
      const { apiBatch } = await import('./api-batch.ts');
      return apiBatch(async (oids, signal) => good(await get(at('blobs', { oids }), { signal })), HOST);
    },
    tree: async (place, folder, signal) => {
      const answer = good(await get(at(`trees/${placeWord(place)}`, { folder }), { signal }));
      return (jsonOf(answer, HOST) as AnswerOf<'readTree'>).entries;
    },
    commits: async (from, { count, path, until }, signal) => {
      const answer = good(await get(at(`commits/${placeWord(from)}`, { count, path, until }), { signal }));
      return (jsonOf(answer, HOST) as AnswerOf<'listCommits'>).commits;
    },
    send: async ({ id, wish }, signal) => {
      const headers = {
        'content-type': 'application/json',
        // One that no form of another site can send.
        'x-gityard-page': '1',
        // Under it a wish is done once, however often it is sent.
        'idempotency-key': id,
      };
      const sent = () => get(at('commands'), { method: 'POST', headers, body: JSON.stringify(wish), signal });
      try {
        return jsonOf(good(await sent().catch(() => sent())), HOST) as AnswerOf<'giveCommand'>;
      } catch (error) {
        if (!(error instanceof SourceFailure) || error.failure.kind !== 'unavailable') throw error;
        throw new SourceFailure({ ...error.failure, mayHaveArrived: true });
      }
    },
    linkFor: () => null,
    linkTo: () => null,
    checkToken: async () => {
      throw new SourceFailure({ kind: 'denied', reason: 'this server acts by itself; it needs no token' });
    },
    useToken: () => undefined,
  };
}

type Init = RequestInit & { readonly signal: AbortSignal };

const placeWord = (place: Place): string => ('ref' in place ? place.ref : place.commit);

/** Throws SourceFailure when it is a no. */
function good(answer: Answer): Answer {
  const { status } = answer;
  if (status < 400) return answer;
  const reason = detailOf(answer) ?? `the server answered with ${status}`;
  throw new SourceFailure({ kind: KINDS.get(status) ?? (status >= 500 ? 'unavailable' : 'invalid'), reason });
}

const KINDS: ReadonlyMap<number, Failure['kind']> = new Map([
  [401, 'denied'],
  [403, 'denied'],
  [404, 'not-found'],
  [429, 'rate-limited'],
]);

function detailOf(answer: Answer): string | undefined {
  try {
    const { detail } = JSON.parse(textOf(answer)) as { detail?: unknown };
    return typeof detail === 'string' ? detail : undefined;
  } catch {
    // What stands before the server may answer with a page of its own.
    return undefined;
  }
}
