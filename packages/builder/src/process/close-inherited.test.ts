import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('../../dist/process/close-inherited.js', import.meta.url).href;
const HELD = 77;

describe.runIf(process.platform === 'linux')('closing what was inherited', () => {
  it('leaves nothing open for the children of a program, and everything that it needs itself', () => {
    const folder = openSync('/', 'r');
    const stdio = [
      'ignore',
      'pipe',
      'inherit',
      ...Array.from<'ignore'>({ length: HELD - 3 }).fill('ignore'),
      folder,
    ] as const;
    const seen = (before: string) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', `${before}; ${TELL}`], {
        stdio: [...stdio],
        encoding: 'utf8',
      }).split('\n');

    expect(seen('')).toContain(String(HELD));
    expect(seen(`(await import('${MODULE}')).closeInherited()`)).not.toContain(String(HELD));
    closeSync(folder);
  });
});

const TELL = `console.log((await import('node:child_process')).execFileSync('ls', ['/proc/self/fd'], { encoding: 'utf8' }))`;
