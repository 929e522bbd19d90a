/** Ours as it is used: the operation `submit` through the whole yard, with rules, schemas, codec and trailers. */
import { openYard } from '@gityard/yard';

import type { BenchOperation } from '../operation.ts';
import { openCountingTransport } from './counting-transport.ts';
import type { Place, Variant } from './variant.ts';

export async function openYardVariant({ url, writer }: Place): Promise<Variant> {
  const transport = openCountingTransport(url);
  const yard = openYard({ address: transport, actor: writer });
  await yard.refresh();

  async function land({ id, text }: BenchOperation): Promise<boolean> {
    const { branch, commit, command, repository, parameters } = JSON.parse(text);
    const job = { branch, commit, command, repository, parameters };
    const outcome = await yard.perform('submit', { id, job, by: writer, now: new Date().toISOString() });
    if (!outcome.ok) throw new Error(`the yard refuses ${id}: ${outcome.code} ${outcome.reason}`);
    return true;
  }

  return {
    land,
    get lostPushes() {
      return transport.lostPushes;
    },
    close: () => yard.close(),
  };
}
