/** What may happen beside the jobs: agents come and go, locks change hands, people talk, settings change. */
import { ROLES } from '../entities/token.ts';
import type { InputOf } from '../operations/list.ts';
import { after, DAY_MS } from '../time.ts';
import { aHolding, aLockName, anAcquisition, aRecovery } from './locking.ts';
import type { Move, Setting } from './move.ts';
import { aJob, aMessage, anArtifact, aPoint } from './samples.ts';
import { anAnswer, aReceipt, aSending } from './talk.ts';
import { anImpatientYard, aSlowYard } from './yards.ts';

export const otherMoves: readonly Move[] = [
  ['register', (it) => aRegistration(it)],
  ['register', (it) => aRegistration(it)],
  ['drain', (it) => anAct(it, LEAST_NEEDED)],
  ['maintain', (it) => anAct(it, LEAST_NEEDED)],
  ['resume', (it) => anAct(it)],
  ['resume', (it) => anAct(it)],
  ['pause-fleet', (it) => ({ ...aPause(it), pool: it.dice.one([null, 'Linux', 'Mars']) })],
  ['resume-fleet', (it) => ({ pool: it.dice.one([null, 'Linux', 'Mars']), reason: null, now: it.now })],
  ['remove', (it) => ({ ...anAct(it, LEAST_NEEDED), by: 'ann', force: it.dice.one([true, false]) })],
  ['acquire', (it) => anAcquisition(it)],
  ['acquire', (it) => anAcquisition(it)],
  ['release', (it) => ({ ...aHolding(it), now: it.now })],
  ['break', (it) => ({ name: aLockName(it), by: 'ann', reason: it.dice.one(['it is stuck', ' ']), now: it.now })],
  ['recover', (it) => aRecovery(it)],
  ['send', (it) => aSending(it)],
  ['answer-command', (it) => anAnswer(it)],
  ['answer-command', (it) => anAnswer(it)],
  ['read', (it) => aReceipt(it)],
  ['acknowledge', (it) => aReceipt(it)],
  ['download', (it) => aReceipt(it)],
  ['escalate', (it) => ({ messageId: aReceipt(it).messageId, id: it.id, now: it.now })],
  [
    'auto-reply',
    (it) => ({ rule: it.dice.one(['thanks', 'none']), messageId: aReceipt(it).messageId, id: it.id, now: it.now }),
  ],
  [
    'configure',
    (it) => ({
      config: it.dice.one([aSlowYard, anImpatientYard, { rollback: { automatic: true } }, { name: 'n'.repeat(200) }]),
      reason: null,
      now: it.now,
    }),
  ],
  [
    'set-namespace',
    (it) => ({
      name: it.dice.one(['team', 'team', 'No Name']),
      wish: { labels: ['x*'], quotas: { running: it.dice.one([1, 2, null]), queued: it.dice.one([null, 20]) } },
      reason: null,
      now: it.now,
    }),
  ],
  ['remove-namespace', (it) => ({ name: it.dice.one(['team', 'none']), reason: null, now: it.now })],
  ['take-up', (it) => ({ ...aQueueFile(it), ids: [`${it.id}a`, `${it.id}b`], by: 'ann', now: it.now })],
  ['quarantine', (it) => aJudgement(it)],
  ['quarantine', (it) => aJudgement(it)],
  ['archive', (it) => ({ now: after(it.now, it.dice.one([0, 8, 40, 200]) * DAY_MS) })],
  ['prune', (it) => ({ now: after(it.now, it.dice.one([0, 100, 200]) * DAY_MS) })],
  ['note-restore', (it) => ({ backup: it.dice.one(['b1', 'b1', '']), reason: null, now: it.now })],
  ['publish-manifest', (it) => aManifestByHand(it)],
  ['place-artifacts', (it) => aPlace(it)],
  ['record-rollback-point', (it) => aRecord(it)],
  ['record-rollback-point', (it) => aRecord(it)],
  ['forget-rollback-points', (it) => ({ branch: 'main', tags: tagsOf(it).slice(it.dice.one([0, 1])), now: it.now })],
  ['forget-rollback-points', (it) => ({ branch: 'main', tags: tagsOf(it), now: it.now })],
  ['set-secret', (it) => aSealing(it)],
  ['set-secret', (it) => aSealing(it)],
  ['remove-secret', (it) => ({ name: it.dice.one(['NUGET_KEY', 'OTHER']), now: it.now })],
  ['issue-token', (it) => aToken(it)],
  ['issue-token', (it) => aToken(it)],
  ['revoke-token', (it) => ({ id: it.dice.oneOr([...it.state.tokens], { id: 'none' }).id, by: 'ann', now: it.now })],
  ['quarantine-test', (it) => ({ ...aTest(it), until: after(it.now, it.dice.one([0, 5, 95]) * DAY_MS), by: 'ann' })],
  ['quarantine-test', (it) => ({ ...aTest(it), until: after(it.now, 9 * DAY_MS), by: 'ann' })],
  ['release-test', (it) => aTest(it)],
  ['clear', (it) => ({ ...aFile(it, [...it.state.quarantine]), reason: null })],
  ['import', (it) => anImport(it)],
  ['clear', (it) => ({ ...aFile(it, [...it.state.quarantine]), reason: null })],
  ['clear', (it) => ({ ...aFile(it, [...it.state.quarantine]), reason: null })],
];

const AGENTS = ['a1', 'a2', 'a3'] as const;
/** A fleet that is mostly on leave would tell no story. */
const LEAST_NEEDED = ['a1', 'a2', 'a3', 'a3', 'a3', 'a3'] as const;
const anAct = (it: Setting, agents: readonly [string, ...string[]] = AGENTS): InputOf<'drain'> => ({
  agentId: it.dice.one(agents),
  reason: it.dice.one([null, 'a new disk', 'z'.repeat(3000)]),
  by: it.dice.one([null, 'ann']),
  until: it.dice.one([null, after(it.now, 600_000)]),
  now: it.now,
});

/** A short one, most often: while nothing may be claimed no story is told. */
export const aPause = ({ dice, now }: Setting) => ({
  by: 'ann',
  reason: dice.one([null, 'a release']),
  until: dice.one([after(now, 5_000), after(now, 60_000), after(now, -1_000), null]),
  now,
});

function aRegistration(it: Setting): InputOf<'register'> {
  const { dice, now } = it;
  const agent = {
    id: dice.one(AGENTS),
    host: 'h1.example',
    boot: dice.one(['boot1', 'boot1', 'boot2']),
    labels: dice.one([['xcode'], ['xcode', 'gpu'], []]),
    ageRecipient: dice.one([`age1${'q'.repeat(58)}`, `age1${'z'.repeat(58)}`, null]),
    tasks: dice.one([false, false, false, true]),
    slots: dice.one([1, 1, 2]),
    allows: { repositories: ['*'], commands: true },
    capabilities: {
      os: 'linux',
      arch: 'x64',
      cores: dice.one([8, 2]),
      memoryGB: 8,
      diskGB: 100,
      tools: dice.one<Record<string, string>>([{ npm: '11.1.0' }, { dotnet: '10.0.401', npm: '11.1.0' }]),
    },
  };
  return { agent, replaces: dice.one([null, 'boot1']), now };
}

function aQueueFile({ dice, state }: Setting) {
  const file = dice.oneOr([...state.queue], { path: 'queue/none.json', blob: 'b' });
  return { path: file.path, blob: file.blob };
}

function aManifestByHand({ dice, state, now, id }: Setting): InputOf<'publish-manifest'> {
  const job = dice.oneOr(dice.rarely(2) ? [...state.jobs] : [], { id }).id;
  const artifacts = dice.one([[anArtifact('a.txt', '1')], [anArtifact('a.txt', '2')], []]);
  return { manifest: { job, agent: dice.one(AGENTS), branch: 'main', commit: null, createdAt: now, artifacts }, now };
}

function aPlace({ dice, state }: Setting): InputOf<'place-artifacts'> {
  const { job, token, agent } = dice.oneOr([...state.manifests], { job: 'none', token: 0, agent: 'a1' });
  const store = { name: dice.one(['folder /srv', 's3 builds']), prefix: `${job}/${token}` };
  return { job, token: dice.one([token, token, 7]), agentId: dice.one([agent, agent, 'a2']), store };
}

function aRecord(it: Setting): InputOf<'record-rollback-point'> {
  const job = it.dice.oneOr([...it.state.manifests], { job: 'none' }).job;
  return { branch: it.dice.one(['main', 'main', 'Fix/It']), point: aPoint(job, it.now), now: it.now };
}

/** For agents of the yard under the keys that they registered, and sometimes under others. */
function aSealing({ dice, state, id, now }: Setting): InputOf<'set-secret'> {
  const agent = dice.oneOr([...state.agents], { id: 'ghost', ageRecipient: null });
  const key = dice.one([agent.ageRecipient, agent.ageRecipient, null]) ?? `age1${'p'.repeat(58)}`;
  const sealed = `-----BEGIN AGE ENCRYPTED FILE-----\n${dice.one([id, 'same'])}\n-----END AGE ENCRYPTED FILE-----\n`;
  const recipients = [{ agent: dice.one([agent.id, agent.id, null]), key }];
  return { name: dice.one(['NUGET_KEY', 'OTHER', 'not a name']), sealed, recipients, by: 'ann', now };
}

/** Some of them for longer than any may last. */
function aToken({ dice, id, now }: Setting): InputOf<'issue-token'> {
  const { role, days } = { role: dice.one(ROLES), days: dice.one([1, 30, 90, 91, -1]) };
  return {
    id,
    subject: dice.one(['ci', 'ann', ' ']),
    role,
    key: 'SHA256:k',
    expiresAt: after(now, days * DAY_MS),
    by: 'ann',
    now,
  };
}

function aTest({ dice, state, now }: Setting) {
  const known = [...state.tests].flatMap(({ repository, tests }) => tests.map(({ name }) => ({ repository, name })));
  const test = dice.oneOr(known, { repository: 'https://git.example/app.git', name: 'T.Works' });
  return {
    ...dice.one([test, { ...test, name: dice.one(['T.Works', 'T.Other', '']) }]),
    reason: dice.one(['shaky', 'shaky', null]),
    now,
  };
}

const tagsOf = ({ state }: Setting): string[] =>
  [...state.rollbacks].flatMap(({ points }) => points.map(({ tag }) => tag));

function aFile({ dice }: Setting, files: readonly { path: string; blob: string }[]) {
  const { path, blob } = dice.oneOr(files, { path: 'yard.json', blob: 'd'.repeat(40) });
  return { path, blob };
}

const aJudgement = (it: Setting): InputOf<'quarantine'> => ({
  ...aFile(it, [...it.state.broken]),
  content: { encoding: 'utf-8', content: 'oops' },
  by: 'a1',
  messageId: it.id,
  now: it.now,
});

/** What comes is over, or rests; sometimes it runs, and then it must not come. */
function anImport({ dice, state, id, now }: Setting): InputOf<'import'> {
  const batch = (state.imports.get('old')?.batches ?? 0) + dice.one([1, 1, 1, 2]);
  const importedFrom = { source: 'old', id: 'Old 1', place: null, digest: '0123456789abcdef' };
  const paused = dice.one([
    { by: 'import', at: now, reason: null, until: null },
    { by: 'import', at: now, reason: null, until: null },
    null,
  ]);
  const archived = dice.one([true, false]);
  const message = aMessage(id, now, { to: 'all', readBy: { ghost: now }, importedFrom });
  return {
    source: { id: 'old', address: '/srv/old' },
    batch,
    entities: [
      { kind: 'job', value: aJob(id, now, { paused, token: 3, importedFrom }), archived: false },
      { kind: 'message', value: message, archived },
    ],
    completed: dice.one([null, { withHistory: false }, { withHistory: true }]),
    by: 'ann',
    now,
  };
}
