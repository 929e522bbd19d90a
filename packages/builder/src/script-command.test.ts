import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScript } from './run-script.ts';
import { scriptCommand } from './script-command.ts';
import { temporaryFolder } from './specs/world.ts';

function script(folder: string, name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('script-command', () => {
  it('starts what can be started by itself, a plain .sh by the shell, and a .ps1 by PowerShell', () => {
    const folder = temporaryFolder();
    const pwsh = script(folder, 'powershell', '#!/bin/sh\n', 0o755);
    const plain = script(folder, 'a.sh', 'true\n');
    const own = script(folder, 'b.sh', '#!/bin/sh\ntrue\n', 0o755);

    expect(scriptCommand(plain)).toEqual(['sh', plain]);
    expect(scriptCommand(own)).toEqual([own]);
    expect(scriptCommand('/x/c.PS1', { PATH: folder })).toEqual([
      'powershell',
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-File',
      '/x/c.PS1',
    ]);
    expect(scriptCommand('/x/c.ps1', { PATH: join(pwsh, 'nowhere') })).toBeUndefined();
  });
});

describe('run-script', () => {
  const run = (text: string, more: { args?: string[]; timeoutMs?: number; stop?: AbortSignal } = {}) =>
    runScript({
      path: script(temporaryFolder(), 'answer.sh', text),
      args: [],
      environment: { GITYARD_FROM: 'ann' },
      passes: [],
      timeoutMs: 20_000,
      mostBytes: 1000,
      stop: new AbortController().signal,
      ...more,
    });

  it('answers what is printed, its words being words and nothing else', async () => {
    const args = ['$(touch evil)', 'a b', "'; exit 3"];

    expect(await run('printf "%s|" "$@" "$GITYARD_FROM"; ls', { args })).toEqual({
      ok: true,
      text: "$(touch evil)|a b|'; exit 3|ann|",
    });
  });

  it('shows it nothing of what the agent was started with', async () => {
    process.env.SPEC_TOKEN = 'hidden';
    try {
      expect((await run('env')).text).not.toContain('SPEC_TOKEN');
    } finally {
      delete process.env.SPEC_TOKEN;
    }
  });

  it('says how it failed, ran too long, or printed too much', async () => {
    expect(await run('echo no >&2; exit 4')).toEqual({ ok: false, text: 'answer.sh ended with exit code 4: no' });
    expect(await run('exec sleep 60', { timeoutMs: 300 })).toMatchObject({
      ok: false,
      text: expect.stringContaining('ran longer'),
    });
    expect(await run('yes | head -c 5000')).toMatchObject({
      ok: false,
      text: 'answer.sh printed more than 1000 bytes',
    });
  });
});
