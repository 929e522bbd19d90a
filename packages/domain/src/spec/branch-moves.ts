/** What may happen to branch profiles: entered, switched, struck off, built because of a commit, of the clock, or of a person. */
import { scheduleKey } from '../branches/profiles.ts';
import type { InputOf } from '../operations/list.ts';
import { after } from '../time.ts';
import type { Move, Setting } from './move.ts';

export const branchMoves: readonly Move[] = [
  ['init-branches', (it) => ({ isThere: it.dice.one([false, true]), now: it.now })],
  ['set-branch', (it) => aProfile(it)],
  ['set-branch', (it) => aProfile(it)],
  ['toggle-branch', (it) => ({ name: aName(it), enabled: it.dice.one([true, true, false]), now: it.now })],
  ['remove-branch', (it) => ({ name: aName(it), now: it.now })],
  ['build-branch', (it) => aCommit(it)],
  ['build-branch', (it) => aCommit(it)],
  ['schedule-branch', (it) => aTime(it)],
  ['record-attempt', (it) => aRecord(it)],
  ['queue-branches', (it) => ({ ids: [`${it.id}a`, `${it.id}b`, `${it.id}c`], by: 'ann', now: it.now })],
];

const NIGHTLY = { cron: '0 2 * * *', timeZone: 'Etc/UTC' } as const;
const aName = ({ dice }: Setting): string => dice.one(['main', 'feature/x', 'docs']);

function aProfile(it: Setting): InputOf<'set-branch'> {
  const { dice, now } = it;
  const profile = {
    repository: dice.one(['https://git.example.org/a.git', '/srv/b.git', '--upload-pack=sh']),
    priority: dice.one([1, 5, undefined]),
    autoBuild: dice.one([true, true, false]),
    supersede: dice.one([true, false]),
    needs: dice.one([[], ['main'], ['docs']]),
    schedules: dice.one([undefined, [NIGHTLY], [{ ...NIGHTLY, catchUp: 'latest' as const }]]),
  };
  return { name: dice.rarely(9) ? '../main' : aName(it), profile, now };
}

function aCommit(it: Setting): InputOf<'build-branch'> {
  const { dice, now, id, state } = it;
  const name = aName(it);
  const known = dice.rarely(5) ? 'e'.repeat(40) : (state.branches.branches[name]?.lastCommit ?? null);
  const skip = dice.one([null, null, 'nothing of it changed']);
  return { name, commit: dice.one(['a', 'b', 'c']).repeat(40), known, skip, id, by: 'a1', now };
}

const aTime = (it: Setting): InputOf<'schedule-branch'> => ({
  name: aName(it),
  schedule: it.dice.rarely(9) ? 'never' : scheduleKey(NIGHTLY),
  times: [after(it.now, -86_400_000), it.dice.one([it.now, after(it.now, -3_600_000)])],
  id: it.id,
  by: 'a1',
  now: it.now,
});

const aRecord = ({ dice, now }: Setting): InputOf<'record-attempt'> => ({
  record: {
    job: dice.one(['script-1', 'script-2', 'q1', 'No Name']),
    attempt: dice.one([1, 2]),
    agent: 'a1',
    branch: 'main',
    startedAt: now,
    seconds: dice.one([10, 20]),
    status: dice.one(['succeeded', 'failed']),
  },
  now,
});
