import { describe, expect, it } from 'vitest';
import { sampleRepository } from '../../testing/sample-repository.ts';
import { inbox } from './inbox.ts';

const path = 'queue/01kwish.json';
const asked = { path, commit: 'a'.repeat(40) };
const commit = (message: string, name = 'b') => ({
  commit: name.repeat(40),
  at: '2026-03-01T12:00:00Z',
  author: 'ada',
  message,
});

describe('inbox', () => {
  it('knows a file that waits, also where the host does not know it yet', async () => {
    const repository = sampleRepository();
    expect(await inbox(repository.reading(), asked)).toEqual({ state: 'waiting' });
    repository.commits.push(commit('ask for a job', 'a'));
    expect(await inbox(repository.reading(), asked)).toEqual({ state: 'waiting' });

    repository.put('state', path, '{"op": "cancel"}');
    expect(await inbox(repository.reading(), asked)).toEqual({ state: 'waiting' });
  });

  it('tells why a file was refused, and not what was said of it before it was mended', async () => {
    const repository = sampleRepository();
    repository.put('state', path, '{"op": "cancel"}');
    const [{ oid } = { oid: '' }] = await repository.reading().tree({ ref: 'state' }, 'queue');
    const answer = (blob: string) =>
      `# 01kwish.json was not taken up\n\nIt cannot be done: its status is running, not queued.\n\nMend it.\n\n<!-- gityard: answers ${blob} -->\n`;

    repository.put('state', 'queue/01kwish.error.md', answer('0'.repeat(40)));
    expect(await inbox(repository.reading(), asked)).toEqual({ state: 'waiting' });
    repository.put('state', 'queue/01kwish.error.md', answer(oid));
    expect(await inbox(repository.reading(), asked)).toMatchObject({
      state: 'refused',
      reason: 'cannot be done: its status is running, not queued',
    });
  });

  it('knows the job that came of a file, among all that one commit did, and a file that somebody took back', async () => {
    const repository = sampleRepository();
    const operation = (name: string, job: string) =>
      `Operation: ${name}\nAgent: build1\nJob: ${job}\nTransaction: build1.1.${job}`;
    repository.commits.push(
      commit(
        `2 operations of build1\n\n- claim job 01kother for build1\n- take up ${path}: job 01kmine\n\n${operation('claim', '01kother')}\n${operation('take-up', '01kmine')}\n`,
      ),
    );
    expect(await inbox(repository.reading(), asked)).toEqual({
      state: 'taken',
      commit: 'b'.repeat(40),
      job: '01kmine',
    });

    repository.commits.unshift(commit('not needed any more', 'c'));
    expect(await inbox(repository.reading(), asked)).toEqual({ state: 'removed', author: 'ada' });
  });
});
