/**
 * A yard on a Gitea or Forgejo. Other sites' pages do not see its tags, so whether anything changed is told by the content
 * itself. Trees come a thousand rows at a time.
 */
import { type Answer, jsonOf, textOf, unreadable } from './ask.ts';
import { blobOid } from './git-hash.ts';
import { type GiteaAddress, GiteaClient } from './gitea-client.ts';
import { giteaTree } from './gitea-tree.ts';
import { KnownPlaces } from './known-places.ts';
import { modelIn } from './model-in.ts';
import { bytesOfBase64, commitRows, encodedPath, fieldsOf } from './rows.ts';
import type { NewFile } from './send-file.ts';
import { type CommitEntry, type Place, READ_MODEL_PATH, type Source, SourceFailure } from './source.ts';
import { addressWith, type RefNames } from './source-address.ts';
import type { Wiring } from './wiring.ts';
import { wishFile, wishLink } from './wish-file.ts';

const MOST_A_PAGE = 50;

export function giteaSource(address: GiteaAddress, { refs, wiring }: { refs: RefNames; wiring: Wiring }): Source {
  const { owner, name, base } = address;
  const { host } = new URL(base);
  const client = new GiteaClient(address, wiring);
  const places = new KnownPlaces();
  const wordOf = (place: Place): string => ('ref' in place ? refs[place.ref] : place.commit);
  const web = `${base}/${owner}/${name}`;

  const read = (word: string, path: string, signal: AbortSignal): Promise<Answer> =>
    client.ask({ path: `raw/${encodedPath(path)}`, query: { ref: word }, also: [404], signal, what: path });

  const commits: Source['commits'] = async (from, { count, path, until }, signal) => {
    const found: CommitEntry[] = [];
    for (let page = 1; found.length < count; page++) {
      const query = {
        sha: wordOf(from),
        limit: `${MOST_A_PAGE}`,
        page: `${page}`,
        stat: 'false',
        verification: 'false',
        files: 'false',
        ...(path && { path }),
        ...(until && { until }),
      };
      const rows = commitRows(
        jsonOf(await client.ask({ path: 'commits', query, signal, what: 'history' }), host),
        host,
      );
      // Older ones do not know `until`.
      found.push(...rows.filter((it) => !until || Date.parse(it.at) <= Date.parse(until)));
      if (rows.length < MOST_A_PAGE) break;
    }
    return found.slice(0, count);
  };

  return {
    kind: 'gitea',
    address: addressWith(`${base.replace(/^https?:\/\//, '')}/${owner}/${name}`, refs),
    isLocal: false,
    commands: () => (client.hasToken ? 'direct' : 'link'),
    look: async (tag, signal) => {
      const path = `raw/${READ_MODEL_PATH}`;
      const answer = await client.ask({ path, query: { ref: refs.live }, signal, what: 'look' });
      const seen = (await blobOid(answer.bytes)) ?? null;
      if (seen !== null && seen === tag) return { kind: 'same', budget: null };
      return { kind: 'snapshot', model: modelIn(textOf(answer)), tag: seen, budget: null };
    },
    file: async (place, path, signal) => {
      const { status, bytes } = await read(wordOf(place), path, signal);
      if (status === 404 && client.isKnown) return undefined;
      if (status === 404)
        throw new SourceFailure({ kind: 'not-found', reason: `private or misspelt, or without ${path}` });
      return { bytes, oid: (await blobOid(bytes)) ?? '' };
    },
    blob: async (oid, signal) => {
      const place = places.of(oid);
      const found = place && (await read(place.word, place.path, signal));
      // By its path it may be of any size, but a branch may have moved on since its tree was read.
      if (found?.status === 200 && (await blobOid(found.bytes)) === oid) return found.bytes;
      const answer = await client.ask({ path: `git/blobs/${oid}`, signal, what: `blob ${oid.slice(0, 7)}` });
      const { content } = fieldsOf(jsonOf(answer, host));
      // Beyond its limit of 10 MiB there is none.
      if (typeof content !== 'string') throw unreadable(host);
      return bytesOfBase64(content, host);
    },
    tree: async (place, folder, signal) => {
      const entries = await giteaTree(client, { word: wordOf(place), folder, host, signal });
      places.learn(wordOf(place), entries);
      return entries;
    },
    commits,
    send: async (wish, signal) => {
      if (!client.hasToken)
        throw new SourceFailure({ kind: 'denied', reason: 'sending needs a token; without one, follow the link' });
      const { SAYS_OF_FILE, sendFile } = await import('./send-file.ts');
      const put = ({ path, ...body }: NewFile) =>
        client.ask({ path: `contents/${path}`, body, also: SAYS_OF_FILE, signal, what: body.message });
      return sendFile({ wish, put, commits, host, branch: refs.state, wiring, signal });
    },
    linkFor: (wish) => {
      const { path, text } = wishFile(wish);
      const [folder = '', filename = ''] = path.split('/');
      return wishLink(`${web}/_new/${encodedPath(refs.state)}/${folder}/`, { filename, text });
    },
    linkTo: ({ commit, path }) =>
      path === undefined ? `${web}/commit/${commit}` : `${web}/src/commit/${commit}/${encodedPath(path)}`,
    checkToken: (token, signal) => client.checkToken(token, signal),
    useToken: (token) => client.useToken(token),
  };
}
