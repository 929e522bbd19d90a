/** Lines to a string: the one place where text from anywhere is made safe and where colour is added. */
import { styleText } from 'node:util';
import type { Line, Span, Tone } from './lines.ts';
import { safeLine } from './safe-text.ts';

type Style = Parameters<typeof styleText>[0];
const STYLES: Readonly<Record<Tone, Style>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  busy: 'cyan',
  dim: 'dim',
  bold: 'bold',
};

export type Colour = 'colour' | 'plain';

/** https://no-color.org: any value but the empty one. A terminal in CI is a log file in disguise. */
export function wantedColour(env: NodeJS.ProcessEnv, isTerminal: boolean): Colour {
  if (env.NO_COLOR) return 'plain';
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return 'colour';
  return isTerminal && !env.CI && env.TERM !== 'dumb' ? 'colour' : 'plain';
}

export const render = (lines: readonly Line[], colour: Colour): string =>
  lines
    .map(
      (line) =>
        `${line
          .map((span) => drawn(span, colour))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');

function drawn(span: Span, colour: Colour): string {
  if (typeof span === 'string') return safeLine(span);
  const text = safeLine(span.text);
  // The default asks whether stdout is a terminal; that was decided already, with more knowledge.
  return colour === 'plain' || text === '' ? text : styleText(STYLES[span.tone], text, { validateStream: false });
}
