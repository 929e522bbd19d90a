/**
 * Where npm gets packages from on this machine, for the home of the builds. A mirror in the own network has to work out of
 * the box; who we are to it is another matter. So of the settings of the agent's owner only places go along, never a
 * token or a password. Whoever wants builds to log in lists NPM_CONFIG_USERCONFIG in the environment of the policy.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PLACE = /^(registry|@[^:=\s]+:registry|ca(\[\])?|cafile|noproxy|(https?-)?proxy|strict-ssl)$/;
const PASSWORD = /:\/\/[^/\s]*@/;
/** Nothing that the format of the file would read as more than a plain value. */
const PLAIN = /^[^\s"'`;#=]+$/;

export interface OwnSettings {
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

/** The text of a file `.npmrc`; later lines win, and npm lets the environment win over files. */
export async function npmSettings({ environment, home }: OwnSettings): Promise<string> {
  const named = Object.entries(environment).find(([name]) => name.toLowerCase() === 'npm_config_userconfig')?.[1];
  const text = await readFile(named ?? join(home, '.npmrc'), 'utf8').catch(() => '');
  const lines = [...placesIn(text), ...placesOf(environment)];
  return lines.map((line) => `${line}\n`).join('');
}

function placesIn(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => {
    const [key = ''] = line.split('=');
    return PLACE.test(key.trim()) && !PASSWORD.test(line);
  });
}

function placesOf(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) => {
    const key = /^npm_config_(.+)$/i
      .exec(name)?.[1]
      ?.toLowerCase()
      .replaceAll(/(?<!^)_/g, '-');
    return key && PLACE.test(key) && PLAIN.test(value) && !PASSWORD.test(value) ? [`${key}=${value}`] : [];
  });
}
