/**
 * `gityard.json` or `gityard.yml` of the repository that is built: which toolchain, which commands in which stage,
 * which files to keep. Written by strangers, so it is checked here; a mistake is told with the place and the remedy.
 */
import { TOOLCHAINS, type Toolchain } from '@gityard/domain';
import { BuildError } from './build-error.ts';
import { COMMAND_STAGES, type CommandStage } from './toolchains/toolchain.ts';
import { readText } from './workspace-files.ts';

export interface Recipe {
  readonly toolchain: Toolchain | null;
  readonly stages: Readonly<Partial<Record<CommandStage, readonly (readonly string[])[]>>>;
  readonly artifacts: readonly string[];
}

const NAMES = ['gityard.json', 'gityard.yml', 'gityard.yaml'];
const NO_RECIPE: Recipe = { toolchain: null, stages: {}, artifacts: [] };

export async function readRecipe(folder: string): Promise<Recipe> {
  for (const name of NAMES) {
    const text = await readText(folder, name);
    if (text !== null) return recipeFrom(await parse(name, text), name);
  }
  return NO_RECIPE;
}

async function parse(name: string, text: string): Promise<unknown> {
  try {
    if (name.endsWith('.json')) return JSON.parse(text);
    const { parse: parseYaml } = await import('yaml');
    // A few anchors can stand for gigabytes; a recipe needs none that many.
    return parseYaml(text, { maxAliasCount: 20 });
  } catch (error) {
    throw new BuildError('code', `${name} cannot be read: ${(error as Error).message.split('\n')[0]}`);
  }
}

export function recipeFrom(value: unknown, name: string): Recipe {
  const wrong = (what: string) => new BuildError('code', `${name}: ${what}`);
  if (!isRecord(value)) throw wrong('must be an object with "toolchain", "stages" or "artifacts"');
  const { toolchain = null, stages = {}, artifacts = [] } = value;

  if (toolchain !== null && !isToolchain(toolchain)) throw wrong(`toolchain must be one of ${TOOLCHAINS.join(', ')}`);
  if (!isTexts(artifacts)) throw wrong('artifacts must be a list of paths or patterns');
  if (!isRecord(stages)) throw wrong('stages must be an object, e.g. {"build": ["make", "all"]}');
  return {
    toolchain,
    stages: Object.fromEntries(Object.entries(stages).map((entry) => readStage(entry, wrong))),
    artifacts,
  };
}

function readStage(
  [key, value]: [string, unknown],
  wrong: (what: string) => Error,
): [CommandStage, readonly (readonly string[])[]] {
  const stage = COMMAND_STAGES.find((name) => name.toLowerCase() === key.toLowerCase());
  if (!stage)
    throw wrong(
      `stages.${key} is not a stage; there are ${COMMAND_STAGES.map((name) => name.toLowerCase()).join(', ')}`,
    );

  // One command, or a list of commands; never one string, which only a shell could take apart.
  const commands = isTexts(value) && value.length > 0 ? [value] : value;
  if (Array.isArray(commands) && commands.every((command) => isTexts(command) && command.length > 0))
    return [stage, commands];
  throw wrong(
    `stages.${key} must be a command as a list of words, or a list of such commands, e.g. ["npm", "run", "build"]`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

function isToolchain(value: unknown): value is Toolchain {
  return TOOLCHAINS.some((name) => name === value);
}
