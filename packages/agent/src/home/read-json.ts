/** A JSON file of the agent's own folder; undefined when there is none. What is no JSON is told with its path. */
import { readFile } from 'node:fs/promises';
import { AgentError } from '../agent-error.ts';

export async function readOwnJson(path: string): Promise<unknown> {
  const text = await readOrNothing(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AgentError('INVALID_DATA', `${path} is not JSON: ${(cause as Error).message}; mend or remove it`, {
      cause,
    });
  }
}

async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
