/** Whether this machine can keep what cannot be sent, and whether anything of that came to harm. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spool } from '@gityard/yard';
import type { Context } from '../context.ts';
import { plural } from '../text/words.ts';
import { openSpools } from '../yard/spool-rows.ts';
import { type Finding, fine, wrong } from './check.ts';

export async function checkSpool(context: Context): Promise<Finding> {
  const spools = await openSpools(context);
  const found = await Promise.all(spools.map(stateOf));
  const trouble = found.find((it) => !it.ok);
  const waiting = found.filter((it) => it.text !== '').map((it) => it.text);
  return trouble ?? fine(waiting.length === 0 ? 'nothing waits for the remote' : waiting.join('; '));
}

async function stateOf(spool: Spool): Promise<Finding> {
  const { folder, address } = spool.place;
  await access(folder, constants.W_OK);
  const [count, refused, damaged] = [await spool.count(), await spool.refused(), await spool.damaged()];
  const [file] = damaged;
  if (file !== undefined)
    return wrong(
      `a part of what waited for ${address} could not be read`,
      `look at ${join(folder, 'damaged', file)}, then remove it`,
    );
  const [first] = refused;
  if (first)
    return wrong(
      `${plural(refused.length, 'operation')} for ${address} had been accepted and ${refused.length === 1 ? 'was' : 'were'} refused, first ${first.name} ${first.about}: ${first.reason}`,
      'gityard spool list shows them, gityard spool clear forgets them',
    );
  return fine(
    count === 0
      ? ''
      : `${plural(count, 'operation')} for ${address} ${count === 1 ? 'waits' : 'wait'} for it to answer`,
  );
}
