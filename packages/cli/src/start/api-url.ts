/** The address of a host's API, as the environment says it. */
import { usageError } from '../errors.ts';

const GITHUB_API = 'https://api.github.com';

export function apiUrlIn(env: NodeJS.ProcessEnv, variable: string): string {
  const url = env[variable];
  if (!url) return GITHUB_API;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw usageError(`${variable} is no address`, 'write it as https://git.example.com/api/v3');
  return url;
}
