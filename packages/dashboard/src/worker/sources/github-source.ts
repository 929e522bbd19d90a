/**
 * A yard on GitHub or on an Enterprise host, over its REST API. One look is one request. What never changes is taken from
 * where GitHub does not count, as long as the repository is public; whatever fails there is asked of the API instead.
 */
import { jsonOf, textOf } from './ask.ts';
import { blobOid } from './git-hash.ts';
import { type GithubAddress, GithubClient } from './github-client.ts';
import { GITHUB_404 } from './github-refusal.ts';
import { githubTree } from './github-tree.ts';
import { KnownPlaces } from './known-places.ts';
import { modelIn } from './model-in.ts';
import { RawFiles } from './raw-files.ts';
import { commitRows, encodedPath } from './rows.ts';
import type { NewFile } from './send-file.ts';
import { type CommitEntry, type Place, READ_MODEL_PATH, type Source, SourceFailure } from './source.ts';
import { addressWith, type RefNames } from './source-address.ts';
import type { Wiring } from './wiring.ts';
import { wishFile, wishLink } from './wish-file.ts';

const MOST_A_PAGE = 100;

export function githubSource(address: GithubAddress, { refs, wiring }: { refs: RefNames; wiring: Wiring }): Source {
  const { owner, name, hosts } = address;
  const client = new GithubClient(address, wiring);
  const raw = new RawFiles(address, wiring);
  const places = new KnownPlaces();
  const wordOf = (place: Place): string => ('ref' in place ? refs[place.ref] : place.commit);
  const web = `${hosts.web}/${owner}/${name}`;

  /** Not counted, but only there for what is public; undefined: ask the API. */
  const uncounted = (word: string, path: string, signal: AbortSignal): Promise<Uint8Array | undefined> =>
    client.hasToken ? Promise.resolve(undefined) : raw.read(word, path, signal);

  const commits: Source['commits'] = async (from, { count, path, until }, signal) => {
    const found: CommitEntry[] = [];
    for (let page = 1; found.length < count; page++) {
      const query = {
        sha: wordOf(from),
        // The same size for every page: else they would overlap.
        per_page: `${Math.min(count, MOST_A_PAGE)}`,
        ...(page > 1 && { page: `${page}` }),
        ...(path && { path }),
        ...(until && { until }),
      };
      const rows = commitRows(
        jsonOf(await client.ask({ path: 'commits', query, signal, what: 'history' }), 'GitHub'),
        'GitHub',
      );
      found.push(...rows);
      if (rows.length < Math.min(count, MOST_A_PAGE)) break;
    }
    return found.slice(0, count);
  };

  return {
    kind: 'github',
    address: addressWith(`${new URL(hosts.web).host}/${owner}/${name}`, refs),
    isLocal: false,
    commands: () => (client.hasToken ? 'direct' : 'link'),
    left: () => (client.hasToken || raw.isResting ? (client.budget?.left ?? null) : null),
    look: async (tag, signal) => {
      const path = `contents/${READ_MODEL_PATH}`;
      const query = { ref: refs.live };
      const answer = await client.ask({ path, query, as: 'raw', tag, also: [304], signal, what: 'look' });
      const seen = answer.headers.get('etag');
      // Without a token the browser itself turns 304 into the body that it has; the tag still tells.
      if (answer.status === 304 || (seen !== null && seen === tag)) return { kind: 'same', budget: client.budget };
      return { kind: 'snapshot', model: modelIn(textOf(answer)), tag: seen, budget: client.budget };
    },
    file: async (place, path, signal) => {
      const word = wordOf(place);
      const found = 'commit' in place ? await uncounted(word, path, signal) : undefined;
      if (found) return { bytes: found, oid: (await blobOid(found)) ?? '' };
      const asked = { path: `contents/${encodedPath(path)}`, query: { ref: word }, as: 'raw', also: [404] } as const;
      const { status, bytes } = await client.ask({ ...asked, signal, what: path });
      if (status === 404 && client.isKnown) return undefined;
      if (status === 404) throw new SourceFailure({ kind: 'not-found', reason: GITHUB_404 });
      return { bytes, oid: (await blobOid(bytes)) ?? '' };
    },
    blob: async (oid, signal) => {
      const place = places.of(oid);
      const found = place && (await uncounted(place.word, place.path, signal));
      // A branch may have moved on since its tree was read.
      if (found && (await blobOid(found)) === oid) return found;
      const what = place?.path ?? `blob ${oid.slice(0, 7)}`;
      return (await client.ask({ path: `git/blobs/${oid}`, as: 'raw', signal, what })).bytes;
    },
    batch: async () => (client.hasToken ? (await import('./github-batch.ts')).githubBatch(client, address) : null),
    tree: async (place, folder, signal) => {
      const entries = await githubTree(client, { word: wordOf(place), folder, signal });
      places.learn(wordOf(place), entries);
      return entries;
    },
    commits,
    send: async (wish, signal) => {
      if (!client.hasToken)
        throw new SourceFailure({ kind: 'denied', reason: 'sending needs a token; without one, follow the link' });
      const { SAYS_OF_FILE, sendFile } = await import('./send-file.ts');
      const put = ({ path, ...body }: NewFile) => {
        const question = { path: `contents/${path}`, method: 'PUT', body, also: SAYS_OF_FILE } as const;
        return client.ask({ ...question, signal, what: body.message });
      };
      return sendFile({ wish, put, commits, host: 'GitHub', branch: refs.state, wiring, signal });
    },
    linkFor: (wish) => {
      const { path, text } = wishFile(wish);
      return wishLink(`${web}/new/${encodedPath(refs.state)}`, { filename: path, text });
    },
    linkTo: ({ commit, path }) =>
      path === undefined ? `${web}/commit/${commit}` : `${web}/blob/${commit}/${encodedPath(path)}`,
    checkToken: (token, signal) => client.checkToken(token, signal),
    useToken: (token) => client.useToken(token),
  };
}
