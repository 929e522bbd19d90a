/** What lies beside the page on its own server. Nothing where there is nothing that can be read. */
import { ask, jsonOf } from './ask.ts';
import { type Fields, fieldsOf } from './rows.ts';
import { SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';

export async function beside(page: string, path: string, wiring: Wiring): Promise<Fields> {
  const signal = AbortSignal.timeout(5_000);
  const init = { cache: 'no-cache', credentials: 'same-origin', signal } as const;
  try {
    const answer = await ask(wiring, { url: new URL(path, page), init, host: 'this page', what: path });
    return answer.status === 200 ? fieldsOf(jsonOf(answer, path)) : {};
  } catch (error) {
    if (error instanceof SourceFailure) return {};
    throw error;
  }
}
