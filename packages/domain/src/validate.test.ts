import { describe, expect, it } from 'vitest';
import { SCHEMAS, type SchemaName } from './entities/list.ts';
import { noon } from './spec/world.ts';
import { validate } from './validate.ts';

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
    [{ id: 'b1', status: 'queued' }, 'the file lacks "submittedAt"'],
    [{ id: 'b1', status: 'done', submittedAt: noon }, '/status must be one of "queued", "claimed"'],
    [{ id: 'b1', status: 'queued', submittedAt: 'noon' }, '/submittedAt must match format "date-time"'],
    [{ id: '../b1', status: 'queued', submittedAt: noon }, '/id must match pattern'],
    [{ id: 'b1', status: 'queued', submittedAt: noon, priority: 11 }, '/priority must be <= 10'],
  ])('says where %o is wrong', (job, reason) => {
    expect(validate('job', job)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});
