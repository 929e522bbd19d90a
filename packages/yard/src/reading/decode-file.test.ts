import { describe, expect, it } from 'vitest';
import { pathOf } from '../files/paths.ts';
import { canonicalBytes } from '../writing/canonical-json.ts';
import { answerText, decodeFile } from './decode-file.ts';

const blob = 'b'.repeat(40);
const lock = { name: 'deploy', token: 4, holders: [] };
const decode = (path: string, value: unknown, mode = '100644') =>
  decodeFile(
    { path, mode, oid: blob },
    typeof value === 'string' ? new TextEncoder().encode(value) : canonicalBytes(value),
  );
const reasonOf = (decoded: ReturnType<typeof decodeFile>) =>
  decoded.sort === 'problem' ? decoded.problem.reason : decoded.sort;

describe('decode-file', () => {
  it('gives an entity with its defaults filled in and unknown fields kept', () => {
    const decoded = decode('shared/locks/deploy.json', { ...lock, colour: 'red' });
    expect(decoded).toMatchObject({
      sort: 'entity',
      kind: 'lock',
      id: 'deploy',
      value: { count: 1, waiting: [], colour: 'red' },
    });
  });

  it.each([
    ['an executable', 'shared/locks/deploy.json', lock, '100755', 'has mode 100755; only plain files are read'],
    [
      'a symbolic link',
      'shared/locks/deploy.json',
      '/etc/passwd',
      '120000',
      'has mode 120000; only plain files are read',
    ],
    ['a submodule', 'shared/locks/deploy.json', '', '160000', 'has mode 160000; only plain files are read'],
    [
      'another name inside',
      'shared/locks/release.json',
      lock,
      '100644',
      'says it is deploy, but its name says release',
    ],
    [
      'a broken schema',
      'shared/locks/deploy.json',
      { ...lock, token: -1 },
      '100644',
      'is not valid: token must be at least 0',
    ],
    ['broken JSON', 'shared/locks/deploy.json', '{"name": ', '100644', 'is not JSON'],
    ['an upper-case name', 'shared/locks/Deploy.json', lock, '100644', 'has a name that is not lower case'],
  ])('reports %s and reads nothing of it', (_, path, value, mode, expected) => {
    expect(reasonOf(decode(path, value, mode))).toContain(expected);
  });

  it('names the line of a value that breaks the schema', () => {
    expect(
      decode('shared/locks/deploy.json', '{\n  "name": "deploy",\n  "token": -1,\n  "holders": []\n}'),
    ).toMatchObject({
      problem: { line: 3 },
    });
    expect(decode('queue/a.json', '[\n  {"repo": "x"},\n  {\n    "toolchain": "basic" }\n]')).toMatchObject({
      file: { problem: { line: 4 } },
    });
  });

  it('leaves a file of a newer program alone and says so', () => {
    expect(decode('shared/locks/deploy.json', { ...lock, schemaVersion: 999 })).toMatchObject({
      sort: 'problem',
      problem: { code: 'NEWER_SCHEMA' },
    });
  });

  it('reports a file that was too large to fetch', () => {
    expect(decodeFile({ path: 'shared/locks/deploy.json', mode: '100644', oid: blob }, undefined)).toMatchObject({
      problem: { code: 'TOO_LARGE' },
    });
  });

  it('ignores files that are not ours', () => {
    expect(decode('docs/index.html', '<html>').sort).toBe('foreign');
    expect(decode('queue/README.md', '# Inbox').sort).toBe('foreign');
  });

  it('reads an inbox file of one wish, of many, and of commands', () => {
    expect(decode('queue/a.json', { repo: 'https://example.com/a' })).toMatchObject({
      sort: 'queue',
      file: { problem: null, wishes: [{ repo: 'https://example.com/a' }] },
    });
    expect(decode('queue/a.json', [{ repo: 'x' }, { op: 'cancel', target: '01j' }])).toMatchObject({
      file: { wishes: [{ repo: 'x' }, { op: 'cancel' }] },
    });
  });

  it('keeps a broken inbox file with the reason that answers it', () => {
    expect(decode('queue/a.json', '{oops')).toMatchObject({
      sort: 'queue',
      file: { wishes: [], problem: { reason: expect.stringContaining('is not JSON') } },
    });
    expect(decode('queue/a.json', [{ repo: 'x' }, { toolchain: 'basic' }])).toMatchObject({
      file: { problem: { reason: expect.stringContaining('in wish 2 toolchain must be one of') } },
    });
    expect(decode('queue/a.json', [])).toMatchObject({ file: { problem: { reason: 'asks for nothing' } } });
  });

  it('knows from an answer which content it answers', () => {
    const text = answerText({ path: 'queue/a.json', blob, reason: 'is empty', line: null });
    expect(decode('queue/a.error.md', text)).toEqual({
      sort: 'answer',
      queuePath: 'queue/a.json',
      answer: { answered: blob, refusal: 'is empty' },
    });
  });

  it('reads every path that the yard itself writes', () => {
    const manifest = { job: '01j', agent: 'mac', createdAt: '2026-01-01T00:00:00Z', artifacts: [] };
    expect(decode(pathOf('manifest', '01j'), manifest).sort).toBe('entity');
    expect(decode(pathOf('actor', 'mac'), { id: 'mac', operations: 1, boot: 'b' }).sort).toBe('entity');
  });
});
