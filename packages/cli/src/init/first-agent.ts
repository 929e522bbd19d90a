/** Makes this machine an agent of a yard, as far as that is done before it starts: which yard it serves, and what it may build. */
import { readFile } from 'node:fs/promises';
import { writeDurably } from '@gityard/yard';
import { withoutSecrets } from '../start/address.ts';
import { currentRepository } from '../start/current-repository.ts';
import { makeFolder } from '../start/make-folder.ts';
import { agentConfigPath, homePath } from '../start/user-config.ts';
import { dim, good, type Line, line } from '../text/lines.ts';

export interface FirstAgent {
  readonly home: string;
  /** What it may build; null: one stands in no repository. */
  readonly builds: string | null;
  /** The file that names the yard from now on; null: the agent of this machine serves another one, which stays. */
  readonly config: string | null;
  /** Tools that jobs may ask for, with their versions. */
  readonly tools: Readonly<Record<string, string>>;
}

interface Making {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly address: string;
}

/** What stands there already stays, and what is missing is added: done twice, it changes nothing. */
export async function makeFirstAgent({ env, cwd, address }: Making): Promise<FirstAgent> {
  const [{ allow }, { detectCapabilities }] = await Promise.all([import('@gityard/agent'), import('@gityard/builder')]);
  const home = homePath(env);
  await makeFolder(home);
  const builds = await buildsHere(cwd);
  if (builds !== null) await allow(home, { repositories: [builds] });
  const { tools } = await detectCapabilities(home);
  return { home, builds, config: await nameYard(agentConfigPath(env), address), tools };
}

export async function buildsHere(cwd: string): Promise<string | null> {
  const here = await currentRepository(cwd, ['refs/none']);
  return here?.origin ?? here?.folder ?? null;
}

/** An address with a password in it goes into no file. */
async function nameYard(path: string, address: string): Promise<string | null> {
  if (withoutSecrets(address) !== address) return null;
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const settings = JSON.parse(text) as Record<string, unknown>;
  if (settings.yard !== undefined) return settings.yard === address ? path : null;
  await writeDurably(path, `${JSON.stringify({ ...settings, yard: address }, null, 2)}\n`);
  return path;
}

export function firstAgentLines({ builds, config, tools, home }: FirstAgent): Line[] {
  const found = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  return [
    line(good('made '), `this machine an agent, with its home in ${home}`),
    ...(builds === null ? [] : [line(good('allowed '), `it to build ${withoutSecrets(builds)}`)]),
    ...(config === null ? [] : [line(good('named '), `the yard in ${config}, so that no command needs --yard here`)]),
    line(dim(`  jobs may ask it for: ${found.join(', ') || 'nothing: no toolchain was found'}`)),
  ];
}
