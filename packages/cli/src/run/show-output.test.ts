import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { showOutput } from './show-output.ts';

function shown(env: NodeJS.ProcessEnv, ...chunks: string[]): string {
  const stderr = new PassThrough();
  const output = showOutput({ stderr, env });
  for (const chunk of chunks) output.write(Buffer.from(chunk, 'latin1'));
  output.end();
  return String(stderr.read() ?? '');
}

it('shows what a build prints without its escapes, wherever they are cut, unless colours are wanted', () => {
  const chunks = ['\u001b[3', '1mred\u001b[0m\n\u001b]0;owned\u0007next \xc3', '\xa4\n10%\r50%', '\rdone'];

  expect(shown({}, ...chunks)).toBe('red\nnext ä\ndone');
  expect(shown({ NO_COLOR: '1', FORCE_COLOR: '1' }, ...chunks)).toBe('red\nnext ä\ndone');
  expect(shown({ FORCE_COLOR: '1' }, '\u001b[31mred')).toBe('\u001b[31mred');
});
