/** What may happen beside the jobs: agents come and go, locks change hands, people talk, settings change. */
import type { InputOf } from '../operations/list.ts';
import { after, DAY_MS } from '../time.ts';
import type { Move, Setting } from './move.ts';
import { theYard } from './samples.ts';

export const otherMoves: readonly Move[] = [
  ['register', (it) => aRegistration(it)],
  ['register', (it) => aRegistration(it)],
  ['drain', (it) => anAct(it, LEAST_NEEDED)],
  ['maintain', (it) => anAct(it, LEAST_NEEDED)],
  ['resume', (it) => anAct(it)],
  ['resume', (it) => anAct(it)],
  ['pause-fleet', (it) => ({ ...aPause(it), pool: it.dice.one([null, 'Linux', 'Mars']) })],
  ['resume-fleet', (it) => ({ pool: it.dice.one([null, 'Linux', 'Mars']), reason: null, now: it.now })],
  ['resume-fleet', (it) => ({ pool: it.dice.one([null, 'Linux']), reason: null, now: it.now })],
  ['remove', (it) => anAct(it, LEAST_NEEDED)],
  ['acquire', (it) => anAcquisition(it)],
  ['acquire', (it) => anAcquisition(it)],
  ['release', (it) => ({ ...aHolding(it), now: it.now })],
  ['break', (it) => ({ name: aLockName(it), by: 'ann', reason: it.dice.one(['it is stuck', ' ']), now: it.now })],
  ['send', (it) => aSending(it)],
  ['answer-command', (it) => anAnswer(it)],
  ['answer-command', (it) => anAnswer(it)],
  ['read', (it) => aReceipt(it)],
  ['acknowledge', (it) => aReceipt(it)],
  [
    'configure',
    (it) => ({
      config: it.dice.one([aSlowYard, anImpatientYard, { name: 'n'.repeat(200) }]),
      reason: null,
      now: it.now,
    }),
  ],
  ['take-up', (it) => ({ ...aQueueFile(it), ids: [`${it.id}a`, `${it.id}b`], by: 'ann', now: it.now })],
  ['quarantine', (it) => aJudgement(it)],
  ['archive', (it) => ({ now: after(it.now, it.dice.one([0, 8, 40, 200]) * DAY_MS) })],
  ['prune', (it) => ({ now: after(it.now, it.dice.one([0, 100, 200]) * DAY_MS) })],
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

const aLockName = ({ dice }: Setting): string => dice.one(['l1', 'l2', 'l3']);
const aPerson = ({ dice }: Setting): string => dice.one(['ann', 'bob', 'constructor']);

function anAcquisition(it: Setting): InputOf<'acquire'> {
  const { dice, now } = it;
  return {
    name: dice.rarely(12) ? 'No Name' : aLockName(it),
    holder: dice.rarely(12) ? 'job/j1' : aPerson(it),
    ttlMs: dice.one([60_000, 600_000]),
    count: dice.one([1, 1, 2, 0]),
    waitUntil: dice.one([null, after(now, 600_000)]),
    reason: null,
    now,
  };
}

function aHolding(it: Setting) {
  const name = aLockName(it);
  const held = it.state.locks.get(name)?.holders.find((holder) => !holder.holder.startsWith('job/'));
  const token = it.dice.one([held?.token ?? null, null, 1]);
  return { name, holder: held?.holder ?? aPerson(it), token };
}

function aSending(it: Setting): InputOf<'send'> {
  const { dice, now, id, state } = it;
  const replyTo = dice.rarely(9) ? 'm9' : dice.oneOr(dice.rarely(2) ? [...state.messages] : [], { id: null }).id;
  const to = dice.one(['a1', 'all', 'builders']);
  const body = dice.one(['', ...COMMANDS]);
  return { id, message: { from: aPerson(it), to, subject: 'hello', body, replyTo, ackBy: dice.one([null, now]) }, now };
}

const COMMANDS = [
  '/task "Build it" tags:xcode params:{"url":"u"}',
  '/task "Build it',
  '/tasklist',
  '/msg a1 exec make-task.sh x',
] as const;

function anAnswer(it: Setting): InputOf<'answer-command'> {
  const { dice, state, id, now } = it;
  const script = dice.one([null, { ok: true, text: '/task "Again" tags:gpu' }, { ok: false, text: 'it failed' }]);
  const messageId = dice.oneOr([...state.messages], { id: 'm9' }).id;
  return { messageId, agentId: dice.one(['a1', 'a2', 'a9']), answerId: `${id}a`, jobId: `${id}j`, script, now };
}

const aReceipt = (it: Setting): InputOf<'read'> => ({
  messageId: it.dice.oneOr([...it.state.messages], { id: 'm9' }).id,
  reader: it.dice.one(['ann', 'constructor', 'a1', 'a2']),
  now: it.now,
});

const aSlowYard: InputOf<'configure'>['config'] = {
  jobs: { ...theYard().jobs, timeoutSeconds: 3600, lostAttempts: 3, ageingMinutes: 60 },
  groups: {},
};
const anImpatientYard: InputOf<'configure'>['config'] = {
  jobs: { ...theYard().jobs, timeoutSeconds: 60, queueTimeoutSeconds: 600, lostAttempts: 0, ageingMinutes: 1 },
  groups: { g1: { limit: 2 } },
};

function aQueueFile({ dice, state }: Setting) {
  const file = dice.oneOr([...state.queue], { path: 'queue/none.json', blob: 'b' });
  return { path: file.path, blob: file.blob };
}

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
