/** What is wrong with a `gityard.yml` or `gityard.json`, by the same check that a build makes. */
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RecipeFinding } from '@gityard/builder';
import type { LintFinding } from './lint-config.ts';

const NAMES = ['gityard.json', 'gityard.yml', 'gityard.yaml'];

/** YAML is nothing else here; and of the JSON files a yard has another one. */
export const isRecipeName = (name: string): boolean => NAMES.includes(name) || /\.ya?ml$/i.test(name);

/** The one that a build would read. */
export async function findRecipe(folder: string): Promise<string | undefined> {
  for (const name of NAMES) {
    const isThere = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (isThere) return name;
  }
  return undefined;
}

/** The files that it names are looked for where it lies, at the top of its repository. */
export async function lintRecipe(bytes: Uint8Array, path: string): Promise<LintFinding[]> {
  const { checkRecipe, readMatchers } = await import('@gityard/builder');
  const checked = await checkRecipe(new TextDecoder().decode(bytes), basename(path));
  if (checked.ok) {
    const { notes } = await readMatchers(dirname(path), checked.file.matchers);
    const missing = notes.map((text) => ({ line: null, text: `matchers: ${text}`, hint: null }));
    return [...missing.map((it) => ({ level: 'error', ...it }) as const), ...told('warning', checked.warnings)];
  }
  return told('error', checked.findings);
}

const told = (level: LintFinding['level'], findings: readonly RecipeFinding[]): LintFinding[] =>
  findings.map(({ line, column, text, hint }) => ({ level, line, column, text, hint }));
