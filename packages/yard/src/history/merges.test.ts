import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import type { Yard } from '../yard.ts';
import { auditYard } from './audit.ts';
import { readLog } from './log.ts';

const now = '2026-03-01T12:00:00Z';

describe('a person who merges instead of rebasing', () => {
  let folder: string;
  let yard: Yard;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gityard-merge-'));
    await git(['init', '-q', '--bare', 'yard.git'], { cwd: folder });
    await createYard({ address: join(folder, 'yard.git'), actor: 'founder' });
    yard = openYard({ address: join(folder, 'yard.git'), actor: 'mac' });
    await yard.refresh();
  });
  afterEach(async () => {
    await yard.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  it('hides no operation from the log, and breaks no rule', async () => {
    await yard.perform('submit', { id: 'j1', job: { command: ['true'] }, by: 'ada', now });
    await git(['clone', '-q', '-b', 'yard', 'yard.git', 'clone'], { cwd: folder });
    const cwd = join(folder, 'clone');
    await writeFile(join(cwd, 'yard.json'), '{ "name": "acme" }\n');
    await git(['commit', '-qam', 'Name it'], { cwd });
    await yard.perform('prioritise', { jobId: 'j1', priority: 1, reason: null, now });
    await yard.perform('submit', { id: 'j2', job: { command: ['true'] }, by: 'ada', now });

    await git(['pull', '-q', '--no-rebase', '--no-edit'], { cwd });
    await git(['push', '-q'], { cwd });
    await yard.perform('cancel', { jobId: 'j2', by: 'ada', reason: null, now });

    const told = (await readLog(yard)).map((row) => row.operation);
    expect(told).toEqual(['cancel', null, 'submit', 'prioritise', 'submit', 'begin']);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 4 });
    expect(yard.state.yard.name).toBe('acme');
  });
});
