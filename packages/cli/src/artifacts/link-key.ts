/** What addresses of a yard's artifacts are signed with on this machine: another for each yard, so that none opens what lies in another. */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { State } from '@gityard/domain';
import { CliError } from '../errors.ts';
import { keyFile } from '../key-file.ts';
import { audienceOf } from '../tokens/audience.ts';

const NAME = 'link.key';
const KEY_BYTES = 32;

export async function linkKey(home: string, state: State): Promise<Uint8Array> {
  const path = join(home, NAME);
  const key = await keyFile(path, () => randomBytes(KEY_BYTES));
  if (key.length !== KEY_BYTES)
    throw new CliError('INVALID_DATA', `${path} is no key for links`, { hint: 'remove it: a new one is made' });
  return createHmac('sha256', key).update(audienceOf(state)).digest();
}
