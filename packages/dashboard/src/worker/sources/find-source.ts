/**
 * Which source a page has: the one that its address names (`?source=…`), else the daemon that serves it, else what stands
 * in the `config.json` beside it: `{"source": "github:acme/yard", "refs": {"state": "yard"}}`. Names of branches come from
 * `?refs=state,live,logs` or from there.
 */
import { failureOf } from '../answer.ts';
import { openSession } from './api-session.ts';
import { ask, jsonOf } from './ask.ts';
import { fetchEarly, openSource } from './list.ts';
import { noSource } from './no-source.ts';
import { type Fields, fieldsOf } from './rows.ts';
import { type RefName, type Source, SourceFailure } from './source.ts';
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
  try {
    const { source, refs, commands } = await configOf(finding, wiring);
    return await openSource(sourceAddressOf(source, page), { page, refs: refNamesOf(refs), commands, wiring });
  } catch (error) {
    return noSource(failureOf(error));
  }
}

interface Config {
  readonly source: string;
  readonly refs: Partial<Record<RefName, unknown>>;
  /** Of the daemon. */
  readonly commands: 'direct' | 'no';
}

async function configOf({ page, source, refs, key = null }: Finding, wiring: Wiring): Promise<Config> {
  const [state, live, logs] = refs?.split(',') ?? [];
  const named = { ...(state && { state }), ...(live && { live }), ...(logs && { logs }) };
  if (source && source !== 'api') return { source, refs: named, commands: 'no' };

  // GitHub Pages have no daemon; asking them would only be an error in the browser's console.
  const isHosted = /\.github\.io$/.test(new URL(page).hostname);
  fetchEarly(isHosted ? 'github' : 'api');
  if (key !== null) await openSession(page, { key, wiring });
  const hello = isHosted ? {} : await beside(page, 'api/v1/hello', wiring);
  const daemon: Config = { source: 'api', refs: {}, commands: hello.commands === 'direct' ? 'direct' : 'no' };
  if (source === 'api' || hello.program === 'gityard') return daemon;
  const config = await beside(page, 'config.json', wiring);
  // Where nobody says anything, the daemon may only just be away.
  if (typeof config.source !== 'string') return daemon;
  return { source: config.source, refs: { ...fieldsOf(config.refs), ...named }, commands: 'no' };
}

/** Nothing where there is nothing that can be read. */
async function beside(page: string, path: string, wiring: Wiring): Promise<Fields> {
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
