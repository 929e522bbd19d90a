import { describe, expect, it } from 'vitest';
import { operation } from '../spec/audited.ts';
import { noon, type World, world } from '../spec/world.ts';
import { type ArchiveChange, auditArchive } from './archive.ts';
import type { AuditedOperation, Changed } from './rule.ts';

const ended = world().job('b1', { status: 'failed' });
const job = ended.state.jobs.get('b1');
const archive = operation('archive', { job: null });
const left: Changed = { kind: 'job', id: 'b1', removed: true };
const arrived: ArchiveChange = { of: 'job', id: 'b1', wasThere: false, said: job };

interface Commit {
  readonly before?: World;
  readonly after?: World;
  readonly operations?: readonly AuditedOperation[];
  readonly files?: readonly ArchiveChange[];
  readonly changed?: readonly Changed[];
}

const rules = ({
  before = ended,
  after = world(),
  operations = [archive],
  files = [arrived],
  changed = [left],
}: Commit) =>
  auditArchive({ before: before.state, after: after.state, operations }, files, changed).map((it) => it.rule);

describe('the archive', () => {
  it('takes in what left the state, as it was', () => {
    expect(rules({})).toEqual([]);
  });

  it('takes in what another operation of the same commit changed, if that one was allowed to', () => {
    const note = operation('note-late', { token: 1 });
    const late = { status: 'succeeded', exitCode: 0, at: noon };
    const noted = { ...job, attempts: job?.attempts.map((it) => ({ ...it, late })) };
    const rewritten = { ...noted, status: 'succeeded' };

    expect(rules({ operations: [note, archive], files: [{ ...arrived, said: noted }] })).toEqual([]);
    expect(rules({ operations: [note, archive], files: [{ ...arrived, said: rewritten }] })).toContain('job-status');
  });

  it('lets files go with a prune', () => {
    const gone = { ...arrived, wasThere: true, said: undefined };

    expect(rules({ operations: [operation('prune', { job: null })], files: [gone], changed: [] })).toEqual([]);
  });

  it.each<[string, string, Commit]>([
    [
      'another job than the one that left',
      'archive-true',
      { files: [{ ...arrived, said: { ...job, status: 'succeeded' } }] },
    ],
    ['what was never there', 'archive-true', { before: world(), changed: [] }],
    ['nothing of what left', 'archive-true', { files: [] }],
    ['what a person put there', 'archive-kept', { operations: [] }],
    [
      'a file that was there and says something else',
      'archive-kept',
      { files: [{ ...arrived, wasThere: true }], changed: [] },
    ],
    ['a hole', 'archive-kept', { files: [{ ...arrived, wasThere: true, said: undefined }], changed: [] }],
  ])('tells of %s', (_, rule, commit) => {
    expect(rules(commit)).toEqual([rule]);
  });
});
