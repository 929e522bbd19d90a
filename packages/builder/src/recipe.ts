/**
 * `gityard.yml` or `gityard.json` of the repository that is built, made ready to build by: which toolchain, which commands in
 * which stage, which files to keep. Written by strangers, so it is checked first (recipe/lint-recipe.ts).
 */
import type { RecipeFile, Toolchain } from '@gityard/domain';
import { BuildError } from './build-error.ts';
import { checkRecipe, findingWords } from './recipe/lint-recipe.ts';
import type { StageName } from './stages/stage-book.ts';
import { COMMAND_STAGES, type CommandStage } from './toolchains/toolchain.ts';
import { readText } from './workspace-files.ts';

type Command = readonly string[];

/** What it does not say is null or empty. */
export interface Recipe {
  readonly toolchain: Toolchain | null;
  readonly strategy: RecipeFile['strategy'];
  readonly stages: Readonly<Partial<Record<CommandStage, readonly Command[]>>>;
  /** Commands after the tests of a canary. */
  readonly checks: readonly Command[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly artifacts: readonly string[];
  readonly reports: { readonly tests: readonly string[]; readonly coverage: readonly string[] };
  readonly matchers: readonly string[];
  /** Capabilities, as jobs have them too. */
  readonly requires: readonly string[];
  readonly cache: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
  readonly timeoutSeconds: number | null;
  readonly secrets: Readonly<Partial<Record<StageName, readonly string[]>>>;
  readonly container: { readonly image: string } | null;
  readonly network: RecipeFile['network'];
}

/** The first of them that is there counts. */
export const RECIPE_NAMES: readonly string[] = ['gityard.json', 'gityard.yml', 'gityard.yaml'];

export const NO_RECIPE: Recipe = {
  toolchain: null,
  strategy: null,
  stages: {},
  checks: [],
  parameters: {},
  artifacts: [],
  reports: { tests: [], coverage: [] },
  matchers: [],
  requires: [],
  cache: { inputs: [], outputs: [] },
  timeoutSeconds: null,
  secrets: {},
  container: null,
  network: null,
};

export async function readRecipe(folder: string): Promise<Recipe> {
  for (const name of RECIPE_NAMES) {
    const text = await readText(folder, name);
    if (text !== null) return recipeFrom(text, name);
  }
  return NO_RECIPE;
}

export async function recipeFrom(text: string, name: string): Promise<Recipe> {
  const checked = await checkRecipe(text, name);
  if (checked.ok) return recipeOf(checked.file);
  const [first, ...more] = checked.findings.map((it) => findingWords(name, it));
  const rest = more.length === 0 ? '' : ` (and ${more.length} more: gityard config lint ${name})`;
  throw new BuildError('code', `${first}${rest}`);
}

function recipeOf(file: RecipeFile): Recipe {
  const { toolchain, strategy, parameters, artifacts, reports, matchers, cache, container, network } = file;
  return {
    ...{ toolchain, strategy, parameters, artifacts, reports, matchers, cache, container, network },
    stages: stagesOf(file.stages),
    checks: file.checks.length === 0 ? [] : commandsOf(file.checks),
    requires: [...new Set([...file.requires, ...file.needs])],
    timeoutSeconds: file.timeout === null ? null : secondsOf(file.timeout),
    secrets: secretsOf(file.secrets),
  };
}

function stagesOf(stages: RecipeFile['stages']): Recipe['stages'] {
  const given = Object.entries(stages).flatMap(([key, value]) => {
    const stage = COMMAND_STAGES.find((name) => name.toLowerCase() === key.toLowerCase());
    return stage && value ? [[stage, commandsOf(value)] as const] : [];
  });
  return Object.fromEntries(given);
}

/** One command, or a list of commands: which of both was checked already. */
function commandsOf(value: readonly (string | readonly string[])[]): readonly Command[] {
  const words = value.filter((it) => typeof it === 'string');
  return words.length > 0 ? [words] : value.filter((it) => typeof it !== 'string');
}

function secretsOf({
  restore,
  build,
  test,
  check,
  package: packing,
  publish,
}: RecipeFile['secrets']): Recipe['secrets'] {
  return { Restore: restore, Build: build, Test: test, Check: check, Package: packing, Publish: publish };
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const secondsOf = (text: string): number => Number(text.slice(0, -1)) * (SECONDS[text.slice(-1)] ?? 1);
