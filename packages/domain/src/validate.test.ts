import { describe, expect, it } from 'vitest';
import { SCHEMAS, type SchemaName } from './entities/list.ts';
import { noon } from './spec/world.ts';
import { validate } from './validate.ts';

const profile = (fields: object) => ({ branches: { app: { name: 'app', repository: '../app', ...fields } } });

describe('validate', () => {
  it('knows every schema of the list', () => {
    for (const name of Object.keys(SCHEMAS) as SchemaName[]) expect(validate(name, 'no object').ok).toBe(false);
  });

  it('fills in what is missing and leaves what is unknown', () => {
    expect(validate('yard', { fromNewerVersion: { kept: true } })).toMatchObject({
      ok: true,
      value: { name: 'yard', lease: { seconds: 600 }, fromNewerVersion: { kept: true } },
    });
  });

  it.each([
    [{ submittedAt: undefined }, 'it lacks "submittedAt"'],
    [{ status: 'done' }, 'status must be one of "queued", "claimed"'],
    [{ submittedAt: 'noon' }, 'submittedAt must be a time like'],
    [{ id: '../b1' }, 'id must be lower case letters, digits'],
    [{ priority: 11 }, 'priority must be at most 10'],
    [{ priority: 'high' }, 'priority must be a whole number'],
    [{ retries: -1 }, 'retries must be at least 0'],
    [{ command: [] }, 'command must have at least 1 entry'],
    [{ labels: ['a', 'a'] }, 'labels must not say the same twice'],
    [{ attempts: [{}] }, 'attempts.0 lacks "number"'],
    [{ parameters: { 'a/b': 1 } }, 'parameters.a/b must be a text'],
  ])('says where %o is wrong', (fields, reason) => {
    const job = JSON.parse(JSON.stringify({ id: 'b1', status: 'queued', submittedAt: noon, ...fields }));
    expect(validate('job', job)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it.each([
    ['queue-job', { priority: 'high' }, '"Critical", "High", "Normal", "Low"; did you mean "High"?'],
    ['queue-job', { priority: 'Soon' }, '9, 10, "Critical", "High", "Normal", "Low"'],
    ['queue-job', { priority: 11 }, 'priority must be one of 1, 2, 3,'],
    ['queue-job', { strategy: 'clean' }, 'did you mean "Clean"?'],
    ['queue-command', { op: 'cancl', target: 'b1' }, 'did you mean "cancel"?'],
    ['policy', { toolchains: ['npm', 'marven'] }, 'toolchains.1 must be one of "dotnet"'],
    ['policy', { toolchains: ['npm', 'marven'] }, 'did you mean "maven"?'],
    ['policy', { commands: 'make' }, 'commands must be true or false or a list'],
    ['yard', { autoReplies: [{ name: 'a', reply: {}, type: 'warn' }] }, '"warning", "error"'],
    ['recipe', { container: { image: 'a b' } }, 'container.image must be the name of an image'],
    ['branches', profile({ paths: { include: ['/app'] } }), 'paths.include.0 must be a glob from the top'],
  ] as const)('tells whoever wrote a %s as %j all that may stand there', (name, data, reason) => {
    expect(validate(name, structuredClone(data))).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('guesses no word that is far from all', () => {
    expect(validate('queue-job', { strategy: 'Xyzzy' })).toMatchObject({ reason: expect.not.stringContaining('mean') });
  });

  it.each([
    ['branch', 'a..b', 'feature/x'],
    ['branch', '-x', 'x-'],
    ['branch', 'a b', 'release-1.2'],
    ['branch', 'x.lock', 'x.locked'],
    ['branch', 'a/.b', 'a/b.c'],
    ['branch', 'x/', 'ärger'],
    ['branch', 'a\nb', null],
    ['branch', '', '#12'],
    ['commit', 'zz', 'abcd'],
    ['commit', '--help', 'A'.repeat(40)],
    ['repository', 'https://x/\ny', 'https://x/y'],
    ['repository', '--upload-pack=x', '../-x'],
    ['repository', 'ftp://host/x', 'ssh://git@host/x'],
    ['repository', 'ext::sh -c id', 'git@host:acme/x.git'],
    ['repository', 'httpx://host/x', 'file:///srv/x.git'],
    ['repository', 'https::x', 'C:\\work'],
    ['repository', '', null],
  ])('knows what a %s may be: not %j, but %j', (field, wrong, right) => {
    const job = (value: string | null) => ({ id: 'b1', status: 'queued', submittedAt: noon, [field]: value });

    expect(validate('job', job(wrong))).toMatchObject({
      ok: false,
      reason: expect.stringMatching(`^${field} must be a?`),
    });
    expect(validate('job', job(right))).toMatchObject({ ok: true });
    expect(validate('queue-job', { [field]: wrong })).toMatchObject({ ok: false });
  });
});
