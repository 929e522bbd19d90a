/** What an import may bring, and what must not come under its name. */
import { describe, expect, it } from 'vitest';
import type { ImportRecord } from '../entities/import-record.ts';
import { actor, broken, hold, operation } from '../spec/audited.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { auditArchive } from './archive.ts';

const importedFrom = { source: 'old', id: 'JOB 1', place: null, digest: '0123456789abcdef' };
const paused = { by: 'import', at: noon, reason: null, until: null };
const imports = [operation('import', { job: null })];
const record = (batches: number): ImportRecord => ({
  schemaVersion: 1,
  id: 'old',
  source: '/srv/old',
  batches,
  items: 1,
  completedAt: null,
  withHistory: false,
});
const counted = ({ state }: World, batches: number): State => ({
  ...state,
  imports: state.imports.with('old', record(batches)),
});
const recorded = [{ kind: 'import', id: 'old' }] as const;

const ended = world().job('b1', { status: 'failed', importedFrom });
const waiting = world().job('b1', { token: 4, paused, importedFrom });
const told = world().message('m1', { to: 'mac', readBy: { ghost: noon }, importedFrom });
const held = (expiresAt: string | null) =>
  world().lock('db', { token: 1, holders: [{ ...hold('build1', 1), expiresAt }], importedFrom });

describe('audit of an import', () => {
  it.each([
    ['a job with its end', ended],
    ['a job that waits, paused', waiting],
    ['a message with its receipts', told],
    ['a lock with its holder, for a time', held(minutesAfterNoon(60))],
  ])('finds nothing wrong with %s', (_, after) => {
    expect(broken(world(), counted(after, 1), imports, recorded)).toEqual([]);
  });

  it('lets what waits as it came end as it ended there, and nothing that was touched here', () => {
    const came = world().job('b1', { paused, importedFrom });
    const resumed = world().job('b1', { importedFrom });
    const tried = world().job('b1', { paused, token: 1, importedFrom });

    expect(broken(counted(came, 1), counted(ended, 2), imports, recorded)).toEqual([]);
    for (const before of [resumed, tried])
      expect(broken(counted(before, 1), counted(ended, 2), imports, recorded)).toContain('job-status');
  });

  it.each<[string, string, State, State, Parameters<typeof broken>[2]]>([
    [
      'a job that runs',
      'import-job',
      world().state,
      counted(world().job('b1', { status: 'running', importedFrom }), 1),
      imports,
    ],
    ['a job that waits to run', 'import-job', world().state, counted(world().job('b1', { importedFrom }), 1), imports],
    [
      'a job that waits for a while',
      'import-job',
      world().state,
      counted(world().job('b1', { paused: { ...paused, until: minutesAfterNoon(1) }, importedFrom }), 1),
      imports,
    ],
    ['a lock without an end', 'import-lock', world().state, counted(held(null), 1), imports],
    ['a mark that a person made', 'import-job', world().state, ended.state, []],
    ['a mark that another operation made', 'import-message', world().state, told.state, [operation('send')]],
    [
      'an end without a mark',
      'job-status',
      world().state,
      counted(world().job('b1', { status: 'failed' }), 1),
      imports,
    ],
    [
      'receipts without a mark',
      'receipt-recipient',
      world().state,
      counted(world().message('m1', { to: 'mac', readBy: { ghost: noon } }), 1),
      imports,
    ],
    [
      'a lock without a mark',
      'lock-moved',
      world().state,
      counted(world().lock('db', { token: 1, holders: [hold('ann', 1)] }), 1),
      imports,
    ],
    ['a source whose record was not written', 'import-job', counted(world(), 1), counted(ended, 1), imports],
    [
      'an entity that had no mark before',
      'import-job',
      world().job('b1', { status: 'failed' }).state,
      counted(ended, 1),
      imports,
    ],
    ['a record that a person wrote', 'import-counted', world().state, counted(world(), 1), []],
    ['a record that counts too much', 'import-counted', world().state, counted(world(), 2), imports],
    ['a record that vanishes', 'import-counted', counted(world(), 1), world().state, imports],
  ])('tells of %s', (_, rule, before, after, operations) => {
    expect(broken(before, after, operations, recorded)).toContain(rule);
  });

  it('lets into the archive what is over and marked, and nothing else', () => {
    const rules = (said: unknown, after = counted(world(), 1), of: 'job' | 'message' = 'job') => {
      const step = { before: actor('x', 1), after, operations: imports };
      return auditArchive(step, [{ of, id: of === 'job' ? 'b1' : 'm1', wasThere: false, said }], []).map(
        (it) => it.rule,
      );
    };
    const job = ended.state.jobs.get('b1');

    expect(rules(job)).toEqual([]);
    expect(rules(told.state.messages.get('m1'), undefined, 'message')).toEqual([]);
    expect(rules({ ...job, importedFrom: undefined })).toEqual(['archive-kept']);
    expect(rules(waiting.state.jobs.get('b1'))).toEqual(['archive-kept']);
    expect(rules({ ...job, id: 'b2' })).toEqual(['archive-kept']);
    expect(rules(job, world().state)).toEqual(['archive-kept']);
    expect(rules('b1')).toEqual(['archive-kept']);
  });
});
