/** Any bytes in any file: told of, never fatal; what was valid stays in force, and is put back byte for byte. */
import { fileProblems, type State } from '@gityard/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathOf } from '../files/paths.ts';
import { auditYard } from '../history/audit.ts';
import { judgeBroken } from '../quarantine.ts';
import { type Hand, handMadeYard } from '../spec/hand.fixture.ts';
import { submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';

const now = '2026-03-01T12:00:00Z';
const CASES: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['one bracket', '{'],
  [
    'the markers of a conflict',
    '{\n<<<<<<< HEAD\n  "name": "deploy"\n=======\n  "name": "release"\n>>>>>>> theirs\n}\n',
  ],
  ['a NUL', '{"name": "deploy\0"}'],
  ['UTF-16', Buffer.from('\ufeff{"name": "deploy"}', 'utf16le')],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
  ['half a surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a prototype', '{"__proto__": {"status": "succeeded"}}'],
  ['a number that is none', '{"priority": 1e999}'],
  ['a number that cannot be held', '{"priority": 9007199254740993}'],
  ['a key said twice', '{"name": "deploy", "name": "release"}'],
  ['twenty thousand brackets', '['.repeat(20_000) + ']'.repeat(20_000)],
  ['another kind of value', '"hello"'],
  ['no object', 'null'],
  ['random bytes', Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) % 256))],
];

/** What each case breaks: a job, a lock and a wish of its own. */
const filesOf = (at: number) => ({
  job: pathOf('job', `j${at}`),
  lock: `shared/locks/l${at}.json`,
  wish: `queue/w${at}.json`,
});

describe('files that hold', () => {
  let hand: Hand;
  let before: readonly string[];
  /** Of a program that was there when they broke, and of one that started afterwards. */
  let states: readonly State[];
  let after: Yard;
  beforeAll(async () => {
    hand = await handMadeYard();
    const yard = await hand.start('mac');
    await Promise.all(CASES.map((_, at) => submitted(yard, `j${at}`, now)));
    const lock = { holder: 'ann', ttlMs: 1e9, waitUntil: null, reason: null, now };
    await Promise.all(CASES.map((_, at) => yard.perform('acquire', { name: `l${at}`, ...lock })));
    before = await contents();
    const markers = CASES.find(([name]) => name === 'the markers of a conflict')?.[1];
    await hand.commit('Oops', [
      { path: 'yard.json', content: markers },
      ...CASES.flatMap(([, content], at) => Object.values(filesOf(at)).map((path) => ({ path, content }))),
    ]);
    await yard.refresh();
    after = await hand.start('late');
    states = [yard.state, after.state];
    await submitted(after, 'other', now);
    await judgeBroken(after, { now });
  });
  afterAll(() => hand.close());

  const contents = () =>
    Promise.all(
      CASES.flatMap((_, at) => [filesOf(at).job, filesOf(at).lock]).map((it) =>
        hand.git(['cat-file', 'blob', `yard:${it}`]),
      ),
    );

  it.each(CASES.map(([name], at) => [name, at] as const))('%s are told of, and what was valid is in force', (_, at) => {
    for (const state of states) {
      expect(state.jobs.get(`j${at}`)).toMatchObject({ id: `j${at}`, status: 'queued' });
      expect(state.locks.get(`l${at}`)?.holders).toHaveLength(1);
      const told = fileProblems(state).map((it) => it.path);
      expect(told).toEqual(expect.arrayContaining(Object.values(filesOf(at))));
    }
  });

  it('any of it stop nobody, and are restored byte for byte', async () => {
    expect(states.map((it) => it.yard.name)).toEqual(['acme', 'acme']);
    expect(after.state.jobs.has('other')).toBe(true);
    expect(after.state.broken.size).toBe(0);
    expect(await contents()).toEqual(before);
    expect(await auditYard(after)).toMatchObject({ ok: true });
  });
});

describe('a file that holds', () => {
  let hand: Hand;
  let yard: Yard;
  beforeEach(async () => {
    hand = await handMadeYard();
    yard = await hand.start('mac');
    await submitted(yard, 'j1', now);
  });
  afterEach(() => hand.close());

  it('a byte order mark is read', async () => {
    const path = pathOf('job', 'j1');
    const text = await hand.git(['cat-file', 'blob', `yard:${path}`]);
    await hand.commit('From another editor', [
      { path, content: `\ufeff${text.replace('"priority": 5', '"priority": 1')}` },
    ]);

    await yard.refresh();

    expect([yard.state.jobs.get('j1')?.priority, yard.state.broken.size]).toEqual([1, 0]);
  });

  it('what only a newer program understands is left alone, by those who write as well', async () => {
    const newer = '{ "schemaVersion": 99, "name": "later", "tokens": [] }\n';
    await hand.commit('From tomorrow', [{ path: 'shared/locks/later.json', content: newer }]);
    await yard.refresh();

    expect(fileProblems(yard.state)).toMatchObject([{ path: 'shared/locks/later.json', code: 'NEWER_SCHEMA' }]);
    await judgeBroken(yard, { now });
    const taken = { name: 'later', holder: 'bob', ttlMs: 1e6, waitUntil: null, reason: null, now };
    expect((await yard.perform('acquire', taken)).ok).toBe(false);
    expect(await hand.git(['cat-file', 'blob', 'yard:shared/locks/later.json'])).toBe(newer.trimEnd());
  });
});
