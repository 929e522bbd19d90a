/** Opens the yard that was found, and looks at it. The first file of a command that loads the yard at all. */
import type { State } from '@gityard/domain';
import { openYard, type Yard } from '@gityard/yard';
import { CliError } from '../errors.ts';
import { type Access, type AccessPlaces, accessFor } from '../start/access.ts';
import { actorOf, type Identity } from '../start/identity.ts';
import type { Io } from '../start/io.ts';
import { type GlobalFlags, type LocalConfigs, namesOf, type RefSettings } from '../start/settings.ts';
import { findYard, type YardAddress } from '../start/yard-address.ts';

export interface FindAddress {
  readonly io: Io;
  readonly flags: GlobalFlags;
  readonly files: LocalConfigs;
  readonly refs: RefSettings;
}

export const addressOfYard = ({ io, flags, files, refs }: FindAddress): Promise<YardAddress> =>
  findYard({
    flag: flags.yard,
    cwd: io.cwd,
    env: io.env,
    files,
    stateRef: refs.state.value,
    hasRef: hasRefAt({ env: io.env, cwd: io.cwd, files }),
  });

/** Standing in a repository must not make every command wait for a dead remote. */
const PATIENCE_MS = 5_000;

const hasRefAt =
  (places: AccessPlaces) =>
  async (address: string, ref: string): Promise<boolean> => {
    let yard: Yard | undefined;
    try {
      yard = openYard({ address, ...accessFor({ address, source: 'current repository' }, places), actor: 'gityard' });
      return (await yard.transport.readRefs([ref], AbortSignal.timeout(PATIENCE_MS))).has(ref);
    } catch {
      // Unreachable, denied, a scheme without a transport: for this question they all mean "no yard here".
      return false;
    } finally {
      await yard?.close();
    }
  };

export interface OpenYardAt {
  readonly found: YardAddress;
  readonly access: Access;
  readonly refs: RefSettings;
  readonly identity: Identity;
  /** A line of progress. */
  readonly note: (text: string) => void;
}

/** Long enough for a busy yard, short enough to wait for at a terminal; a daemon has more. */
const PATIENCE_OF_A_PERSON_MS = 30_000;

/** A process writes under a name of its own kind, so that the counter of an agent's daemon stays that daemon's. */
export async function openYardAt({ found, access, refs, identity, note }: OpenYardAt): Promise<Yard> {
  const yard = openYard({
    address: found.address,
    actor: actorOf(identity),
    deadlineMs: PATIENCE_OF_A_PERSON_MS,
    ...access,
    refs: namesOf(refs),
    onPushWait: (perMinute) =>
      note(`waiting for the push budget of ${hostOf(found.address)} (${perMinute} a minute)\u2026`),
  });
  try {
    await yard.refresh();
    return yard;
  } catch (error) {
    await yard.close();
    throw withPlace(error, found);
  }
}

const hostOf = (address: string): string => (URL.canParse(address) && new URL(address).host) || 'this repository';

/** A yard that nobody named may be the wrong one: say where it came from. */
function withPlace(error: unknown, { source }: YardAddress): unknown {
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  if (code !== 'BRANCH_MISSING' || !(error instanceof Error)) return error;
  const known = typeof hint === 'string' && hint !== '' ? hint : 'gityard init makes it a yard';
  return new CliError('BRANCH_MISSING', error.message, {
    hint: `${known} (the address is from: ${source})`,
    cause: error,
  });
}

/** The live ref may be missing or late: then agents are unknown, and nothing else is. */
export async function lookAt(yard: Yard): Promise<State> {
  const live = yard.live.refresh().catch((error: { code?: string }) => {
    if (error.code !== 'BRANCH_MISSING') throw error;
  });
  await Promise.all([yard.refresh(), live]);
  return yard.state;
}
