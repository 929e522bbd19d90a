import { describe, expect, it } from 'vitest';
import {
  answerPathOf,
  isAnswer,
  isNearlyQueueFile,
  isQueueFile,
  pathOf,
  placeOf,
  queuePathOf,
  shardOf,
} from './paths.ts';

describe('paths', () => {
  it('puts every kind where INTERFACE says', () => {
    expect(pathOf('yard', 'yard')).toBe('yard.json');
    expect(pathOf('agent', 'build1')).toBe('shared/agents/build1.json');
    expect(pathOf('lock', 'deploy')).toBe('shared/locks/deploy.json');
    expect(pathOf('job', '01abc')).toBe(`shared/jobs/${shardOf('01abc')}/01abc.json`);
    expect(pathOf('message', '01abc')).toBe(`shared/messages/${shardOf('01abc')}/01abc.json`);
    expect(pathOf('manifest', '01abc')).toBe(`shared/manifests/${shardOf('01abc')}/01abc.json`);
    expect(pathOf('branches', 'branches')).toBe('shared/branches_config.json');
  });

  it('shards by the first two hex digits of sha256(id)', () => {
    expect(shardOf('abc')).toBe('ba');
  });

  it.each(['agent', 'job', 'lock', 'message', 'actor', 'manifest'] as const)('finds a %s again by its path', (kind) => {
    expect(placeOf(pathOf(kind, 'some-id.1'))).toEqual({ kind, id: 'some-id.1' });
  });

  it('says why a path can stand for nothing', () => {
    expect(placeOf('shared/agents/CON.json')).toEqual({ problem: expect.stringContaining('lower case') });
    expect(placeOf('shared/agents/-rf.json')).toHaveProperty('problem');
    expect(placeOf('shared/agents/a\nb.json')).toHaveProperty('problem');
    expect(placeOf('shared/jobs/zz/01abc.json')).toEqual({ problem: `belongs in ${pathOf('job', '01abc')}` });
    expect(placeOf('shared/agents/deep/er.json')).toHaveProperty('problem');
  });

  it('leaves what is not ours alone', () => {
    expect(placeOf('README.md')).toBeUndefined();
    expect(placeOf('shared/locks/notes.txt')).toBeUndefined();
  });

  it('pairs an inbox file with its answer', () => {
    expect(answerPathOf('queue/hello.json')).toBe('queue/hello.error.md');
    expect(queuePathOf('queue/hello.error.md')).toBe('queue/hello.json');
    expect(answerPathOf('queue/team/hello.json')).toBe('queue/team/hello.error.md');
    expect(isAnswer('queue/team/hello.error.md')).toBe(true);
  });

  it('takes files of the inbox and of one folder in it, and tells of those that lie deeper', () => {
    const sortOf = (path: string) => [isQueueFile(path), isNearlyQueueFile(path)];

    expect(['queue/a.json', 'queue/team/a.json'].map(sortOf)).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(['queue/team/later/a.json', 'queue/A.JSON', 'queue/team/a.Json'].map(sortOf)).toEqual([
      [false, true],
      [false, true],
      [false, true],
    ]);
    expect(['queue.json', 'queue/README.md', 'shared/queue/a.json'].map(sortOf)).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
  });
});
