import { describe, expect, it } from 'vitest';
import { chooseSandbox, probeLadder, RUNG_NAMES, RUNGS } from './ladder.ts';

describe('the ladder', () => {
  it('has each rung once, by its name', () => {
    expect(RUNGS.map(({ name }) => name)).toEqual(RUNG_NAMES);
  });

  it('takes the first that holds, and each that is named', async () => {
    const works = (await probeLadder()).filter(({ why }) => why === null).map(({ name }) => name);

    const choice = await chooseSandbox({ unsandboxed: true });

    expect(choice).toMatchObject({ ok: true, sandbox: { name: works[0] ?? 'none' } });
    for (const name of works)
      expect(await chooseSandbox({ sandbox: name, unsandboxed: false })).toMatchObject({ ok: true, sandbox: { name } });
  });

  it('steps down to nothing only where that is said, and says how to say it', async () => {
    expect(await chooseSandbox({ sandbox: 'none', unsandboxed: true })).toMatchObject({ sandbox: { name: 'none' } });
    expect(await chooseSandbox({ sandbox: 'none', unsandboxed: false })).toMatchObject({
      ok: false,
      hint: expect.stringContaining('gityard agent allow --unsandboxed'),
    });
  });

  it('does not take another rung for the one that was named', async () => {
    const missing = (await probeLadder()).find(({ why }) => why !== null);

    if (missing)
      expect(await chooseSandbox({ sandbox: missing.name, unsandboxed: true })).toMatchObject({
        ok: false,
        reason: expect.stringContaining(`${missing.name}: ${missing.why}`),
      });
    expect(await chooseSandbox({ sandbox: 'chroot', unsandboxed: true })).toMatchObject({
      ok: false,
      hint: expect.stringContaining('bwrap+cgroup'),
    });
  });
});
