import { expect, it } from 'vitest';

import { buildAttempt, nameAmong } from './attempt.ts';
import { type CommitFields, decodeCommit } from './codec/commit.ts';

const author = { name: 'Ada', email: 'ada@example.com' };
const draft = {
  edits: [{ path: 'a.json', content: Buffer.from('1') }],
  message: 'claim job 1\n\nTransaction: mac.b.1\n',
  author,
};
const context = { history: 'kept', wallMs: 0, quick: () => undefined } as const;
const base = buildAttempt(draft, { ...context, base: undefined }).snapshot;
const attempt = buildAttempt({ ...draft, edits: [] }, { ...context, base, wallMs: 1_000 });

const THEIRS = '7'.repeat(40);
const host = { name: 'GitHub', email: 'noreply@github.com', atSeconds: 9 };
const made = (changes: Partial<CommitFields> = {}): ReadonlyMap<string, CommitFields> => {
  const commit = attempt.objects.find((it) => it.oid === attempt.snapshot.commit);
  const fields = decodeCommit(commit?.body ?? new Uint8Array());
  return new Map([[THEIRS, { ...fields, author: host, committer: host, ...changes }]]);
};

it('is known by its name, whoever made the commit', () => {
  const commits = new Map([...made(), ...[...made().values()].map((it) => [attempt.snapshot.commit, it] as const)]);

  expect(nameAmong(commits, attempt, {})).toBe(attempt.snapshot.commit);
  expect(nameAmong(commits, attempt, { makesCommits: true })).toBe(attempt.snapshot.commit);
});

it.each([{}, { message: 'claim job 1\n\n\nTransaction: mac.b.1' }])(
  'is known by what it holds and says where the remote makes commits itself, and nowhere else (%j)',
  (changes) => {
    expect(nameAmong(made(changes), attempt, { makesCommits: true })).toBe(THEIRS);
    expect(nameAmong(made(changes), attempt, {})).toBeUndefined();
  },
);

it.each([
  ['other files', { tree: '1'.repeat(40) }],
  ['another parent', { parents: ['1'.repeat(40)] }],
  ['two parents', { parents: [base.commit, '1'.repeat(40)] }],
  ['another transaction', { message: 'claim job 1\n\nTransaction: pc.b.1\n' }],
])('is not taken for a commit with %s', (_, changes) => {
  expect(nameAmong(made(changes), attempt, { makesCommits: true })).toBeUndefined();
});
