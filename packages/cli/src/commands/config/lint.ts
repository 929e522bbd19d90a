/**
 * Checks what people write: yard.json, the one in force or a file that is about to be committed, the gityard.yml of a repository,
 * and the settings of this machine. What is wrong, on which line, and what was meant.
 */
import { lstat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { FILE_LIMIT_BYTES } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { exitCodeOf } from '../../exit-codes.ts';
import { type ConfigName, type LintFinding, lintConfig } from '../../lint-config.ts';
import { findingsInForce } from '../../lint-in-force.ts';
import { unknownKeys } from '../../lint-local.ts';
import { findRecipe, isRecipeName, lintRecipe } from '../../lint-recipe.ts';
import { flag, optionalArguments } from '../../parameters.ts';
import { readFileUpTo } from '../../read-up-to.ts';
import { agentConfigPath, readLocalConfig, userConfigPath } from '../../start/user-config.ts';
import { annotation } from '../../text/annotation.ts';
import { findingText, validText } from '../../text/finding-text.ts';
import type { Line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'config lint',
  summary: 'check yard.json and gityard.yml',
  details: [
    'Without a file: the yard.json in the yard, the gityard.yml of the folder where you stand, if there is one, and what nobody',
    'reads in the settings of this machine. With files it needs no yard: fit for a pre-commit hook. Exits 7 when one is invalid, or',
    'holds a schedule that cannot be read. Of a yard.json, what nobody knows is a warning, since a newer program may know it;',
    'of a gityard.yml it is an error, since the build would leave out what was meant. Files of the inbox: gityard queue check.',
  ].join(' '),
  example: 'gityard config lint gityard.yml',
  parameters: {
    files: optionalArguments(
      'file',
      'local files: a yard.json, a branches_config.json, a gityard.yml or .json, an agent.json of a home',
    ),
    annotations: flag('print them as GitHub marks them in a pull request'),
  },
  run: async (context, { files: names, annotations }) => {
    const files =
      names.length === 0 ? await lintAll(context) : await Promise.all(names.map((it) => lintFile(context, it)));
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
  const own = recipe === undefined ? [] : [await lintFile(context, recipe)];
  const local = await lintLocal(context);
  if (recipe !== undefined && !(await hasYard(context))) return [...own, ...local];
  return [{ name: 'yard.json', findings: await findingsInForce(await context.yard()) }, ...own, ...local];
}

const hasYard = (context: Context): Promise<boolean> =>
  context.yardAddress().then(
    () => true,
    (error: unknown) => !(error instanceof CliError && error.code === 'USAGE'),
  );

/** Those in which something is wrong: most people have none, and did not ask for them. */
async function lintLocal({ io: { env } }: Context): Promise<readonly Linted[]> {
  const paths = [agentConfigPath(env), userConfigPath(env)];
  const linted = await Promise.all(paths.map(async (name) => ({ name, findings: await unknownKeys(name) })));
  return linted.filter((it) => it.findings.length > 0);
}

async function lintFile({ io }: Context, name: string): Promise<Linted> {
  return { name, findings: await findingsIn(resolve(io.cwd, name)) };
}

async function findingsIn(path: string): Promise<readonly LintFinding[]> {
  const name = basename(path);
  const error = (text: string, hint: string | null = null): LintFinding[] => [
    { level: 'error', line: null, text, hint },
  ];
  if (!isRecipeName(name) && (await lstat(path)).isSymbolicLink())
    return error('is a link, and no program reads a setting through one', 'put the file itself there');
  const bytes = await readFileUpTo(path, { mostBytes: FILE_LIMIT_BYTES, what: path });
  if (!bytes) return error(`is larger than ${FILE_LIMIT_BYTES} bytes, and no file of a yard may be`);
  if (isRecipeName(name)) return lintRecipe(bytes, path);
  if (!isLocal(path)) return lintConfig(bytes, configNamed(name));
  await readLocalConfig(path);
  return unknownKeys(path);
}

/** `<home>/agent.json`, or the settings of a user. */
const isLocal = (path: string): boolean =>
  basename(path) === 'agent.json' || (basename(path) === 'config.json' && basename(dirname(path)) === 'gityard');

const configNamed = (name: string): ConfigName => (name === 'branches_config.json' ? 'branches' : 'yard');
