/** What a person should know before a service is installed: what works for them here, and would not for its daemon. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shellWord } from '@gityard/domain';
import type { ServiceFacts } from './facts.ts';
import { environmentFile } from './files-of.ts';
import { accountOf } from './perform/account-ids.ts';
import type { ServiceName } from './plan.ts';
import { readEnvironment } from './read-environment.ts';

export async function warningsAbout(
  facts: ServiceFacts,
  { service, env }: { service: ServiceName; env: NodeJS.ProcessEnv },
): Promise<readonly string[]> {
  return [
    ...programWarnings(facts.program[1]),
    ...(await environmentWarnings(facts, env)),
    // systemd reads them as root, and hands them over.
    ...(service === 'systemd' ? [] : await secretWarnings(facts)),
  ];
}

/** A service outlives the folder in which somebody merely tried the program. */
function programWarnings(script: string): readonly string[] {
  if (/[\\/]_npx[\\/]/.test(script))
    return [
      `${script} lies in the cache of npx, which is emptied now and then; npm install --global gityard makes it stay`,
    ];
  for (let folder = dirname(script); dirname(folder) !== folder; folder = dirname(folder))
    if (existsSync(join(folder, '.git')))
      return [`${script} lies in a checkout; the service is what is there whenever it starts`];
  return [];
}

/** By these the yard is reached. */
const WAY =
  /^(GITYARD_(TOKEN|TOKEN_FILE|SSH_KEY|RELAY_KEY)|(HTTPS?|ALL|NO)_PROXY|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS)$/i;

async function environmentWarnings(facts: ServiceFacts, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const path = environmentFile(facts);
  const given = [facts.tokenFile && /TOKEN/, facts.sshKey && /SSH_KEY/].filter((it) => it instanceof RegExp);
  const noted = await readEnvironment(path);
  const left = Object.keys(env).filter(
    (it) => WAY.test(it) && env[it] && !Object.hasOwn(noted, it) && !given.some((pattern) => pattern.test(it)),
  );
  if (left.length === 0) return [];
  return [
    `the service does not have what is set here as ${left.sort().join(', ')}: what it needs of that goes into ${path}`,
  ];
}

async function secretWarnings({ scope, user, tokenFile, sshKey }: ServiceFacts): Promise<readonly string[]> {
  if (scope === 'user' || process.platform === 'win32') return [];
  // Perhaps it is only made by this installation.
  const account = await accountOf(user).catch(() => null);
  const owned = async (path: string): Promise<boolean> => (await stat(path)).uid === account?.uid;
  const files = [tokenFile, sshKey].filter((it) => it !== null);
  const foreign = await Promise.all(files.map(async (it) => ((await owned(it)) ? [] : [it])));
  return foreign.flat().map((it) => `${user} has to be able to read ${it}: sudo chown ${user} ${shellWord(it)}`);
}
