/** Runs an agent until it is told to stop: signals to it, and what it tells as lines on stderr. */
import type { AgentEvent, AgentExit, AgentOptions, EventPlace } from '@gityard/agent';
import type { LogLine } from '@gityard/telemetry';
import { answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { isKnownCode } from '../exit-codes.ts';
import { lineOfEvent } from '../text/agent-event-line.ts';
import { line } from '../text/lines.ts';
import { lineOfPerformed } from '../text/performed-line.ts';
import { programVersion } from '../version.ts';
import { accessFor } from './access.ts';
import { commitTeller } from './commit-teller.ts';
import { launchedBy } from './launched-by.ts';
import { makeFolder } from './make-folder.ts';
import { metricsFileOf } from './metrics-file.ts';
import { relaySettings } from './relay.ts';
import { serviceManagerOf } from './service-manager.ts';
import { namesOf } from './settings.ts';
import { storageOf } from './storage.ts';

/** What a person chooses; where the yard is, and how to get in, is found here. */
export type Daemon = Pick<
  AgentOptions,
  'id' | 'home' | 'once' | 'slots' | 'pool' | 'labels' | 'acceptRewrite' | 'keepFailed' | 'processor' | 'metricsFile'
>;

export async function runDaemon(context: Context, daemon: Daemon): Promise<Reply> {
  const found = await context.yardAddress();
  const [refs, files, version] = await Promise.all([context.refs(), context.localConfigs(), programVersion()]);
  const [{ runAgent }, { closeInherited }] = await Promise.all([import('@gityard/agent'), import('@gityard/builder')]);
  closeInherited();
  const { env, cwd } = context.io;
  const storage = await storageOf(context);
  const metricsFile = await metricsFileOf({ agent: daemon.id, flag: daemon.metricsFile, io: context.io, files });
  const teller = commitTeller(env);
  const serviceManager = serviceManagerOf(env, { note: context.note });
  await makeFolder(daemon.home);
  const signals = stopSignals();
  try {
    const exit = await runAgent({
      address: found.address,
      ...accessFor(found, { env, cwd, files }),
      refs: namesOf(refs),
      version,
      ...launchedBy(env),
      ...relaySettings(env, files),
      storage,
      ...(teller && { tellCommits: teller }),
      ...(serviceManager && { serviceManager }),
      ...daemon,
      metricsFile,
      drain: signals.drain,
      cancel: signals.cancel,
      onEvent: (event, place) => tell(context, daemon.id, { event, place }),
      onPerformed: (performed) => context.log.tell(withAgent(lineOfPerformed(performed), daemon.id)),
    });
    return replyFrom(daemon.id, exit);
  } finally {
    signals.stop();
  }
}

/** An end by an error is drawn like every other error; anything else is an answer, even when the job has failed. */
function replyFrom(agent: string, { code, reason, error, hint }: AgentExit): Reply {
  if (isKnownCode(error)) throw new CliError(error, reason, { hint });
  return answer({ agent, exitCode: code, reason }, () => [line(reason)], code);
}

/** The first signal drains, the second cancels; so does the end of `gityard up`, which served the yard. */
function stopSignals(): { drain: AbortSignal; cancel: AbortSignal; stop: () => void } {
  const [drain, cancel] = [new AbortController(), new AbortController()];
  const onSignal = (): void => (drain.signal.aborted ? cancel : drain).abort();
  const onOrphaned = (): void => [drain, cancel].forEach((it) => void it.abort());
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal).on('SIGHUP', onSignal).on('disconnect', onOrphaned);
  // It may have ended before we listened.
  if (process.connected === false) onOrphaned();
  const stop = (): void =>
    void process.off('SIGTERM', onSignal).off('SIGINT', onSignal).off('SIGHUP', onSignal).off('disconnect', onOrphaned);
  return { drain: drain.signal, cancel: cancel.signal, stop };
}

interface Told {
  readonly event: AgentEvent;
  readonly place: EventPlace;
}

function tell({ flags, io, log }: Context, agent: string, { event, place }: Told): void {
  if (flags.json && !log.isJson) io.stderr.write(`${JSON.stringify(event)}\n`);
  else log.tell(withAgent(lineOfEvent(event, place), agent));
}

const withAgent = (line: LogLine, agent: string): LogLine => ({ ...line, facts: { agent, ...line.facts } });
