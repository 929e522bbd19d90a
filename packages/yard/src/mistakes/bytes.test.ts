/** Any bytes in any file: told of, never fatal; what was valid stays in force, and is put back byte for byte. */
import { fileProblems } from '@gityard/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathOf } from '../files/paths.ts';
import { auditYard } from '../history/audit.ts';
import { judgeBroken } from '../quarantine.ts';
import { type Hand, handMadeYard } from '../spec/hand.ts';
import { submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';

const now = '2026-03-01T12:00:00Z';
const LOCK = 'shared/locks/deploy.json';
const ENTITIES = [pathOf('job', 'j1'), LOCK, 'yard.json'];
const INBOX = 'queue/wish.json';

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

describe('files that hold', () => {
  let hand: Hand;
  let yard: Yard;
  beforeEach(async () => {
    hand = await handMadeYard();
    yard = await hand.start('mac');
    await submitted(yard, 'j1', now);
    await yard.perform('acquire', { name: 'deploy', holder: 'ann', ttlMs: 1e9, waitUntil: null, reason: null, now });
  });
  afterEach(() => hand.close());

  const contents = () => Promise.all(ENTITIES.map((it) => hand.git(['cat-file', 'blob', `yard:${it}`])));

  it.each(CASES)('%s are told of, restored, and stop nobody', async (_, content) => {
    const before = await contents();
    await hand.commit(
      'Oops',
      [...ENTITIES, INBOX].map((path) => ({ path, content })),
    );

    await yard.refresh();
    const late = await hand.start('late');

    for (const { state } of [yard, late]) {
      expect(state.jobs.get('j1')).toMatchObject({ id: 'j1', status: 'queued' });
      expect(state.locks.get('deploy')?.holders).toHaveLength(1);
      expect(state.yard.name).toBe('acme');
      expect(
        fileProblems(state)
          .map((it) => it.path)
          .sort(),
      ).toEqual([INBOX, ...ENTITIES].sort());
    }
    await submitted(late, 'j2', now);
    await judgeBroken(late, { now });
    expect(await contents()).toEqual(before);
    expect(await auditYard(late)).toMatchObject({ ok: true });
  });

  it('a byte order mark are read', async () => {
    const path = pathOf('job', 'j1');
    const text = await hand.git(['cat-file', 'blob', `yard:${path}`]);
    await hand.commit('From another editor', [
      { path, content: `\ufeff${text.replace('"priority": 5', '"priority": 1')}` },
    ]);

    await yard.refresh();

    expect([yard.state.jobs.get('j1')?.priority, yard.state.broken.size]).toEqual([1, 0]);
  });

  it('what only a newer program understands are left alone, by those who write as well', async () => {
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
