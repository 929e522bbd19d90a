/**
 * What a command is given: the yard, who it acts as, the time, and ways to speak. Everything is made when it is first
 * asked for, so that a command pays for no more than it uses. Knows no command.
 */
import type { State, Time } from '@gityard/domain';
import type { Yard } from '@gityard/yard';
import type { Completed } from './completion/tables.ts';
import { Interrupted } from './errors.ts';
import { type ProgramLog, plainLog } from './log/program-log.ts';
import { openOnce } from './once.ts';
import { accessFor } from './start/access.ts';
import { type Identity, identityOf } from './start/identity.ts';
import type { Io } from './start/io.ts';
import {
  type GlobalFlags,
  type LocalConfigs,
  type RefSettings,
  readLocalConfigs,
  refSettings,
} from './start/settings.ts';
import { homePath } from './start/user-config.ts';
import type { YardAddress } from './start/yard-address.ts';
import type { Line } from './text/lines.ts';
import { render } from './text/render.ts';

export interface ContextFlags extends GlobalFlags {
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly noSpool: boolean;
  readonly reason: string | undefined;
  /** Rules of the scanner whose finds a person says are no secrets. */
  readonly allowSecrets: readonly string[];
}

export interface Context {
  readonly io: Io;
  readonly flags: ContextFlags;
  /** What a person gave as --reason, for operations. */
  readonly reason: string | null;
  /** The yard's, once it is open. */
  now(): Time;
  identity(): Promise<Identity>;
  localConfigs(): Promise<LocalConfigs>;
  refs(): Promise<RefSettings>;
  yardAddress(): Promise<YardAddress>;
  /** Opened, and looked at once. */
  yard(): Promise<Yard>;
  /** The state as it is now, with the heartbeats as they are now. */
  look(): Promise<State>;
  /** A line of progress, on stderr. */
  note(text: string): void;
  /** What happens in a program that runs for long; `note` is for whoever waits for an answer. */
  readonly log: ProgramLog;
  /** Draws at once on stdout, for commands that follow something. As JSON: one line for each value. */
  show(value: unknown, text: () => readonly Line[]): void;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP; the second ends the program. Whoever asks for it must end by it. */
  interruption(): AbortSignal;
  /** Every command, loaded: for completion. The list itself knows the commands, so they cannot ask it. */
  allCommands(): Promise<readonly Completed[]>;
  close(): Promise<void>;
}

interface ContextOptions {
  readonly flags: ContextFlags;
  readonly allCommands: Context['allCommands'];
  readonly log?: ProgramLog | undefined;
}

export function createContext(io: Io, { flags, allCommands, log = plainLog(io) }: ContextOptions): Context {
  const { env, cwd } = io;
  const localConfigs = openOnce(() => readLocalConfigs(env));
  const refs = openOnce(async () => refSettings(flags, env, await localConfigs()));
  const identity = openOnce(async () => {
    const { agentFile, userFile } = await localConfigs();
    return identityOf({ flag: flags.agent, env, cwd, configured: agentFile.agent ?? userFile.agent });
  });
  const opening = openOnce(() => import('./yard/open-yard.ts'));
  const yardAddress = openOnce(async () => {
    const { addressOfYard } = await opening();
    return addressOfYard({ io, flags, files: await localConfigs(), refs: await refs() });
  });
  let opened: Yard | undefined;
  const yard = openOnce(async () => {
    const { openYardAt } = await opening();
    // One after the other: of two mistakes the same one is told each time.
    const found = await yardAddress();
    const access = accessFor(found, { env, cwd, files: await localConfigs() });
    opened = await openYardAt({ found, access, refs: await refs(), identity: await identity(), note });
    if (!flags.dryRun) await flush(opened);
    return opened;
  });
  const flush = async (to: Yard): Promise<void> => {
    const { flushAMoment } = await import('./yard/flush.ts');
    const [{ address }, { id }] = [await yardAddress(), await identity()];
    await flushAMoment(to, { home: homePath(env), address, identity: id, note });
  };
  const interruption = interruptionOf();
  const note = (text: string) => log.tell({ level: 'info', text });

  return {
    io,
    flags,
    reason: flags.reason ?? null,
    now: () => opened?.now() ?? new Date().toISOString(),
    identity,
    localConfigs,
    refs,
    yardAddress,
    yard,
    look: async () => (await opening()).lookAt(await yard()),
    note,
    log,
    show: (value, text) => void io.stdout.write(flags.json ? `${JSON.stringify(value)}\n` : render(text(), io.colour)),
    interruption: interruption.signal,
    allCommands,
    close: async () => {
      interruption.stop();
      await (await yard.opened())?.close();
      await log.close();
    },
  };
}

function interruptionOf(): { signal: () => AbortSignal; stop: () => void } {
  let controller: AbortController | undefined;
  const onInt = () => interrupted(130);
  const onTerm = () => interrupted(143);
  const onHup = () => interrupted(129);
  function interrupted(exitCode: number): void {
    if (controller?.signal.aborted) process.exit(exitCode);
    controller?.abort(new Interrupted(exitCode));
  }
  return {
    signal: () => {
      if (controller) return controller.signal;
      controller = new AbortController();
      process.on('SIGINT', onInt).on('SIGTERM', onTerm).on('SIGHUP', onHup);
      return controller.signal;
    },
    stop: () => void process.off('SIGINT', onInt).off('SIGTERM', onTerm).off('SIGHUP', onHup),
  };
}
