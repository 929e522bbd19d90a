/**
 * Many blobs of a repository on GitHub in one question of GraphQL, which takes a token and one point of an hour's 5,000. It
 * hands out text alone, cut off where it is long: what is not whole has another name, and is asked for by itself.
 */
import { jsonOf } from './ask.ts';
import type { GithubAddress, GithubClient } from './github-client.ts';
import { fieldsOf } from './rows.ts';
import type { Batch } from './source.ts';

const MOST = 100;

export const githubBatch = (client: GithubClient, { owner, name, hosts }: GithubAddress): Batch => ({
  most: MOST,
  read: async (oids, signal) => {
    const answer = await client.ask({
      url: graphqlAt(hosts.api),
      path: '',
      method: 'POST',
      body: { query: queryFor(oids), variables: { owner, name } },
      signal,
      what: `${oids.length} files`,
    });
    const { repository } = fieldsOf(fieldsOf(jsonOf(answer, 'GitHub')).data);
    const found = fieldsOf(repository);
    return new Map(
      oids.flatMap((oid, at) => {
        const { text } = fieldsOf(found[`b${at}`]);
        return typeof text === 'string' ? [[oid, new TextEncoder().encode(text)] as const] : [];
      }),
    );
  },
});

/** Of an Enterprise host it lies beside the API and not below it. */
const graphqlAt = (api: string): string => `${api.replace(/\/v3$/, '')}/graphql`;

/** The names are hexadecimal digits, as whoever read the tree has checked. */
const queryFor = (oids: readonly string[]): string =>
  `query($owner:String!,$name:String!){repository(owner:$owner,name:$name){${oids
    .map((oid, at) => `b${at}:object(oid:"${oid}"){...on Blob{text}}`)
    .join('')}}}`;
