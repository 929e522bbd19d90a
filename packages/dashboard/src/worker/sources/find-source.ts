/**
 * Which source a page has: the one that its address names (`?source=…`), else the daemon that serves it, else what stands
 * in the `config.json` beside it: `{"source": "github:acme/yard", "refs": {"state": "yard"}}`. Names of branches come from
 * `?refs=state,live,logs` or from there.
 */
import { failureOf } from '../failure-of.ts';
import { ApiSession } from './api-session.ts';
import { beside } from './beside.ts';
import { fetchEarly, openSource } from './list.ts';
import { noSource } from './no-source.ts';
import { fieldsOf } from './rows.ts';
import type { RefName, Source } from './source.ts';
import { refNamesOf, sourceAddressOf } from './source-address.ts';
import { keptTo, REAL, type Wiring } from './wiring.ts';

export interface Finding {
  /** Lets the page act where the daemon serves it. */
  readonly key?: string | null | undefined;
  /** The folder of the page. */
  readonly page: string;
  readonly source: string | null;
  readonly refs?: string | null | undefined;
  /** What may be asked beside the page's own origin. */
  readonly hosts?: readonly string[] | undefined;
}

const GITHUB_HOSTS = ['https://api.github.com', 'https://raw.githubusercontent.com'];

export async function findSource(finding: Finding, world: Wiring = REAL): Promise<Source> {
  const { page, hosts = GITHUB_HOSTS } = finding;
  const wiring = keptTo(world, [page, ...hosts]);
  const session = new ApiSession(page, { key: finding.key ?? null, wiring });
  try {
    const { source, refs } = await configOf(finding, { wiring, session });
    return await openSource(sourceAddressOf(source, page), { page, refs: refNamesOf(refs), session, wiring });
  } catch (error) {
    return noSource(failureOf(error));
  }
}

interface Config {
  readonly source: string;
  readonly refs: Partial<Record<RefName, unknown>>;
}

interface Places {
  readonly wiring: Wiring;
  readonly session: ApiSession;
}

async function configOf({ page, source, refs }: Finding, { wiring, session }: Places): Promise<Config> {
  const [state, live, logs] = refs?.split(',') ?? [];
  const named = { ...(state && { state }), ...(live && { live }), ...(logs && { logs }) };
  if (source && source !== 'api') return { source, refs: named };

  // GitHub Pages have no daemon; asking them would only be an error in the browser's console.
  const isHosted = /\.github\.io$/.test(new URL(page).hostname);
  fetchEarly(isHosted ? 'github' : 'api');
  const isDaemonThere = !isHosted && (await session.renew());
  const daemon: Config = { source: 'api', refs: {} };
  if (source === 'api' || isDaemonThere) return daemon;
  const config = await beside(page, 'config.json', wiring);
  // Where nobody says anything, the daemon may only just be away.
  if (typeof config.source !== 'string') return daemon;
  return { source: config.source, refs: { ...fieldsOf(config.refs), ...named } };
}
