/** Checks yard.json, the one in force or a file that is about to be committed: what is wrong, on which line, and what was meant. */
import { resolve } from 'node:path';
import { FILE_LIMIT_BYTES } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { exitCodeOf } from '../../exit-codes.ts';
import { type LintFinding, lintConfig, unknownFields } from '../../lint-config.ts';
import { lintSettings } from '../../lint-settings.ts';
import { optionalArgument } from '../../parameters.ts';
import { readFileUpTo } from '../../read-up-to.ts';
import { findingText } from '../../text/finding-text.ts';
import { good, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'config lint',
  summary: 'check yard.json',
  details: 'Exits 7 when it is invalid, or holds a schedule that cannot be read; what nobody knows is a warning.',
  example: 'gityard config lint yard.json',
  parameters: { file: optionalArgument('file', 'a local file; else the one that is in the yard') },
  run: async (context, { file }) => {
    const findings = file === undefined ? await lintYard(context) : await lintFile(resolve(context.io.cwd, file));
    const ok = findings.every((it) => it.level === 'warning');
    const name = file ?? 'yard.json';
    return answer(
      { ok, file: name, findings },
      () => (findings.length === 0 ? [line(name, ': ', good('valid'))] : findings.map((it) => findingText(name, it))),
      ok ? 0 : exitCodeOf('INVALID_DATA'),
    );
  },
});

async function lintYard(context: Context): Promise<LintFinding[]> {
  const { state } = await context.yard();
  const broken = state.broken.get('yard.json');
  if (broken)
    return [{ level: 'error', line: broken.line, text: broken.reason, hint: 'the last valid version is in force' }];
  const settings = await lintSettings(
    state.yard,
    [...state.agents].map((it) => it.id),
  );
  return [
    ...settings.map(({ level, text, hint }): LintFinding => ({ level, line: null, text, hint })),
    ...unknownFields(state.yard).map(({ text, hint }): LintFinding => ({ level: 'warning', line: null, text, hint })),
  ];
}

async function lintFile(path: string): Promise<LintFinding[]> {
  const bytes = await readFileUpTo(path, { mostBytes: FILE_LIMIT_BYTES, what: path });
  if (bytes) return lintConfig(bytes);
  const text = `is larger than ${FILE_LIMIT_BYTES} bytes, and no file of a yard may be`;
  return [{ level: 'error', line: null, text, hint: null }];
}
