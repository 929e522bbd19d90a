/** `gityard help exit-codes`: what the program ends with. */
import { EXIT_CODES_MEAN } from './exit-codes.ts';
import { columns } from './help.ts';
import { dim, type Line } from './text/lines.ts';

export function exitCodesHelp(width: number): Line[] {
  return [
    ['What the program ends with:'],
    [],
    ...columns(
      EXIT_CODES_MEAN.map(([code, meaning]) => [String(code), meaning.replaceAll('`', '')]),
      width,
    ),
    [],
    [dim('An error is one line on stderr: what happened, to what, what to do.')],
    [dim('With --json stdout holds {"error": {"code", "message", "hint"}} as well.')],
  ];
}
