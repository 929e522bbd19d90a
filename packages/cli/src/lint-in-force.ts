/** What is wrong with the yard.json that is in force, by its schema, by what it means, and by what nobody knows in it. */
import { SCHEMAS, unknownFields } from '@gityard/domain';
import { lineOf, type Yard } from '@gityard/yard';
import type { LintFinding } from './lint-config.ts';
import { lintSettings } from './lint-settings.ts';

export async function findingsInForce({ state, read }: Yard): Promise<LintFinding[]> {
  const broken = state.broken.get('yard.json');
  if (broken)
    return [{ level: 'error', line: broken.line, text: broken.reason, hint: 'the last valid version is in force' }];
  const text = new TextDecoder().decode(read('yard.json') ?? new Uint8Array());
  const settings = await lintSettings(
    state.yard,
    [...state.agents].map((it) => it.id),
  );
  return [
    ...settings.map(
      ({ at, level, text: what, hint }): LintFinding => ({ level, line: lineOf(text, at), text: what, hint }),
    ),
    ...unknownFields(state.yard, SCHEMAS.yard).map(
      ({ path, text: what, hint }): LintFinding => ({
        level: 'warning',
        line: lineOf(text, `/${path.join('/')}`),
        text: what,
        hint,
      }),
    ),
  ];
}
