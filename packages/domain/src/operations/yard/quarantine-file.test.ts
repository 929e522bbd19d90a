import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { noon, world } from '../../spec/world.ts';
import type { BrokenFile, State } from '../../state.ts';
import { clearQuarantine, quarantineFile } from './quarantine-file.ts';

const blob = 'b'.repeat(40);
const path = 'shared/locks/deploy.json';
const past = { author: 'Ada', brokenAt: noon, restorable: true };

const withBroken = (fields: Partial<BrokenFile> = {}): State =>
  world()
    .lock('deploy')
    .broken(path, { line: 3, past, ...fields }).state;
const wish = {
  path,
  blob,
  content: { encoding: 'utf-8', content: 'oops' },
  by: 'mac',
  messageId: 'm1',
  now: noon,
} as const;

describe('quarantine-file', () => {
  it('puts the last valid version back, keeps what was said, and tells the author', () => {
    const decision = quarantineFile(withBroken(), wish);

    expect(decision).toMatchObject({
      ok: true,
      result: { restored: true, content: 'oops', author: 'Ada', line: 3 },
      changes: [
        { kind: 'restore', id: path },
        { kind: 'quarantine', id: `${path}@${blob}` },
        { kind: 'message', value: { from: 'mac', to: 'Ada', automatic: true } },
      ],
    });
  });

  it('leaves a file that was never valid where it is, and judges it once', () => {
    const state = withBroken({ past: { ...past, restorable: false } });
    const decision = quarantineFile(state, wish);

    expect(decision).toMatchObject({ ok: true, result: { restored: false } });
    const after = decision.ok ? applyChanges(state, decision.changes) : state;
    expect(after.broken.has(path)).toBe(true);
    expect(quarantineFile(after, { ...wish, messageId: 'm2' })).toMatchObject({ ok: true, changes: [] });
  });

  it.each([
    ['another content', withBroken({ blob: 'c'.repeat(40) }), 'NOTHING_TO_DO'],
    ['no broken file', world().state, 'NOTHING_TO_DO'],
    ['a file of a newer program', withBroken({ code: 'NEWER_SCHEMA' }), 'CONFLICT'],
    ['a file of which nobody asked the history', withBroken({ past: null }), 'CONFLICT'],
  ])('refuses %s', (_, state, code) => {
    expect(quarantineFile(state, wish)).toMatchObject({ ok: false, code });
  });

  it('tells nobody where the history knows no author', () => {
    const decision = quarantineFile(withBroken({ past: { ...past, author: null } }), wish);

    expect(decision).toMatchObject({ ok: true, changes: [{ kind: 'restore' }, { kind: 'quarantine' }] });
  });
});

describe('clear-quarantine', () => {
  const judged = (): State => {
    const decision = quarantineFile(withBroken(), wish);
    return decision.ok ? applyChanges(withBroken(), decision.changes) : withBroken();
  };

  it('ends the record of a file that was dealt with', () => {
    expect(clearQuarantine(judged(), { path, blob, reason: null })).toMatchObject({
      ok: true,
      changes: [{ kind: 'quarantine', id: `${path}@${blob}`, value: null }],
    });
  });

  it('keeps the record of a file that is still broken, and knows no others', () => {
    const state = judged();
    const broken = withBroken().broken;
    expect(clearQuarantine({ ...state, broken }, { path, blob, reason: null })).toMatchObject({ code: 'CONFLICT' });
    expect(clearQuarantine(world().state, { path, blob, reason: null })).toMatchObject({ code: 'NOT_FOUND' });
  });
});
