/**
 * Checks what people write: yard.json, the one in force or a file that is about to be committed, and the gityard.yml of a
 * repository. What is wrong, on which line, and what was meant.
 */
import { basename, resolve } from 'node:path';
import { SCHEMAS, unknownFields } from '@gityard/domain';
import { FILE_LIMIT_BYTES } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { exitCodeOf } from '../../exit-codes.ts';
import { type ConfigName, type LintFinding, lintConfig } from '../../lint-config.ts';
import { findRecipe, isRecipeName, lintRecipe } from '../../lint-recipe.ts';
import { lintSettings } from '../../lint-settings.ts';
import { flag, optionalArgument } from '../../parameters.ts';
import { readFileUpTo } from '../../read-up-to.ts';
import { annotation } from '../../text/annotation.ts';
import { findingText, validText } from '../../text/finding-text.ts';
import type { Line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'config lint',
  summary: 'check yard.json and gityard.yml',
  details: [
    'Without a file: the yard.json in the yard, and the gityard.yml of the folder where you stand, if there is one. Exits 7 when',
    'one is invalid, or holds a schedule that cannot be read. Of a yard.json, what nobody knows is a warning, since a newer',
    'program may know it; of a gityard.yml it is an error, since the build would leave out what was meant.',
  ].join(' '),
  example: 'gityard config lint gityard.yml',
  parameters: {
    file: optionalArgument('file', 'a local file: a yard.json, a branches_config.json, or a gityard.yml or .json'),
    annotations: flag('print them as GitHub marks them in a pull request'),
  },
  run: async (context, { file, annotations }) => {
    const files = file === undefined ? await lintAll(context) : [await lintFile(context, file)];
    const findings = files.flatMap((it) => it.findings.map((finding) => ({ file: it.name, ...finding })));
    const ok = findings.every((it) => it.level === 'warning');
    return answer(
      { ok, file: files.map(({ name }) => name).join(', '), findings },
      () => files.flatMap((it) => drawn(it, annotations ? annotation : findingText)),
      ok ? 0 : exitCodeOf('INVALID_DATA'),
    );
  },
});

interface Linted {
  readonly name: string;
  readonly findings: readonly LintFinding[];
}

function drawn({ name, findings }: Linted, text: typeof findingText): Line[] {
  return findings.length === 0 ? [validText(name)] : findings.map((it) => text(name, it));
}

/** Whoever stands in a repository that is built need not have a yard. */
async function lintAll(context: Context): Promise<readonly Linted[]> {
  const recipe = await findRecipe(context.io.cwd);
  if (recipe === undefined) return [{ name: 'yard.json', findings: await lintYard(context) }];
  const own = await lintFile(context, recipe);
  const hasYard = await context.yardAddress().then(
    () => true,
    (error: unknown) => !(error instanceof CliError && error.code === 'USAGE'),
  );
  return hasYard ? [{ name: 'yard.json', findings: await lintYard(context) }, own] : [own];
}

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
    ...unknownFields(state.yard, SCHEMAS.yard).map(
      ({ text, hint }): LintFinding => ({ level: 'warning', line: null, text, hint }),
    ),
  ];
}

async function lintFile({ io }: Context, name: string): Promise<Linted> {
  return { name, findings: await findingsIn(resolve(io.cwd, name)) };
}

async function findingsIn(path: string): Promise<LintFinding[]> {
  const bytes = await readFileUpTo(path, { mostBytes: FILE_LIMIT_BYTES, what: path });
  const name = basename(path);
  if (bytes) return isRecipeName(name) ? lintRecipe(bytes, path) : lintConfig(bytes, configNamed(name));
  const text = `is larger than ${FILE_LIMIT_BYTES} bytes, and no file of a yard may be`;
  return [{ level: 'error', line: null, text, hint: null }];
}

const configNamed = (name: string): ConfigName => (name === 'branches_config.json' ? 'branches' : 'yard');
