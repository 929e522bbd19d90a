/**
 * Which source a page has: the one that its address names (`?source=…`), else the daemon that serves it, else what stands
 * in the `config.json` beside it: `{"source": "github:acme/yard", "refs": {"state": "yard"}}`. Names of branches come from
 * `?refs=state,live,logs` or from there.
 */
import { failureOf } from '../answer.ts';
import { openSource } from './list.ts';
import { noSource } from './no-source.ts';
import type { RefName, Source } from './source.ts';
import { refNamesOf, sourceAddressOf } from './source-address.ts';
import { REAL, type Wiring } from './wiring.ts';

export interface Finding {
  /** The folder of the page. */
  readonly page: string;
  readonly source: string | null;
  readonly refs?: string | null | undefined;
}

export async function findSource(finding: Finding, wiring: Wiring = REAL): Promise<Source> {
  try {
    const { source, refs } = await configOf(finding, wiring);
    return await openSource(sourceAddressOf(source, finding.page), {
      page: finding.page,
      refs: refNamesOf(refs),
      wiring,
    });
  } catch (error) {
    return noSource(failureOf(error));
  }
}

interface Config {
  readonly source: string;
  readonly refs: Partial<Record<RefName, unknown>>;
}

async function configOf({ page, source, refs }: Finding, { fetch }: Wiring): Promise<Config> {
  const [state, live, logs] = refs?.split(',') ?? [];
  const named = { ...(state && { state }), ...(live && { live }), ...(logs && { logs }) };
  if (source) return { source, refs: named };

  const read = async (path: string): Promise<Record<string, unknown>> => {
    const signal = AbortSignal.timeout(5_000);
    try {
      const response = await fetch(new URL(path, page), { cache: 'no-cache', signal });
      const value: unknown = response.ok ? await response.json() : null;
      return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
    } catch {
      // Nothing there that can be read: then it is not that one.
      return {};
    }
  };
  // GitHub Pages have no daemon; asking them would only be an error in the browser's console.
  if (!/\.github\.io$/.test(new URL(page).hostname) && (await read('api/v1/hello')).gityard === true)
    return { source: 'api', refs: {} };
  const config = await read('config.json');
  // Where nobody says anything, the daemon may only just be away.
  if (typeof config.source !== 'string') return { source: 'api', refs: {} };
  const refsThere = config.refs !== null && typeof config.refs === 'object' ? config.refs : {};
  return { source: config.source, refs: { ...refsThere, ...named } };
}
