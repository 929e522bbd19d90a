/** What is wrong with the text of a yard.json, or of the branch profiles, by the reader and the schema of the yard itself. Knows no yard. */
import { SCHEMA_VERSION, SCHEMAS, unknownFields, validate, type YardConfig } from '@gityard/domain';
import { lineOf, readJson } from '@gityard/yard';
import { lintSettings } from './lint-settings.ts';

export interface LintFinding {
  readonly level: 'error' | 'warning';
  readonly line: number | null;
  /** Where the reader of the format knows it. */
  readonly column?: number | null;
  readonly text: string;
  readonly hint: string | null;
}

/** Files that people edit at the top of a yard. */
export type ConfigName = 'yard' | 'branches';

export async function lintConfig(bytes: Uint8Array, name: ConfigName = 'yard'): Promise<LintFinding[]> {
  const read = readJson(bytes);
  if (!read.ok) return [{ level: 'error', line: read.line, text: read.reason, hint: null }];
  const text = new TextDecoder().decode(bytes);
  const { schemaVersion } = (read.value ?? {}) as { schemaVersion?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion > SCHEMA_VERSION) {
    const line = lineOf(text, '/schemaVersion');
    return [
      {
        level: 'error',
        line,
        text: `schemaVersion ${schemaVersion} is newer than this program`,
        hint: 'update gityard',
      },
    ];
  }
  const unknown = unknownFields(read.value, SCHEMAS[name]).map(
    (it): LintFinding => ({
      level: 'warning',
      line: lineOf(text, `/${it.path.join('/')}`),
      text: it.text,
      hint: it.hint,
    }),
  );
  const checked = validate(name, structuredClone(read.value));
  if (checked.ok) {
    if (name !== 'yard') return unknown;
    const settings = await lintSettings(checked.value as YardConfig);
    return [...settings.map(({ at, ...it }): LintFinding => ({ ...it, line: lineOf(text, at) })), ...unknown];
  }
  return [{ level: 'error', line: lineOf(text, checked.at), text: checked.reason, hint: null }, ...unknown];
}
