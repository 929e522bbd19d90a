/** `gityard agent run`: flags and signals to the daemon, and what it tells as lines on stderr. */
import type { AgentEvent, AgentExit } from '@gityard/agent';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { isKnownCode } from '../../exit-codes.ts';
import { flag, list, option, wholeNumber } from '../../parameters.ts';
import { accessFor } from '../../start/access.ts';
import { makeFolder } from '../../start/make-folder.ts';
import { relaySettings } from '../../start/relay.ts';
import { namesOf } from '../../start/settings.ts';
import { homePath } from '../../start/user-config.ts';
import { sentenceOf } from '../../text/agent-event.ts';
import { line } from '../../text/lines.ts';
import { programVersion } from '../../version.ts';

export const command = defineCommand({
  name: 'agent run',
  summary: 'the daemon: claim jobs and build them',
  details:
    'Runs until it is told to stop: the first SIGTERM or Ctrl-C lets what runs finish, the second stops it and gives the ' +
    'jobs back. Nothing may run here until gityard agent allow says so. With --json what happens is told on stderr, one ' +
    'JSON value a line.',
  example: 'gityard agent run --yard https://git.example.com/yard.git --slots 2 --labels linux,fast',
  parameters: {
    once: flag('at most one job, then exit'),
    slots: wholeNumber('n', 'builds at once (1)', { minimum: 1 }),
    pool: option('name', 'the pool that it belongs to (by the system: Linux, Windows, MacOS)'),
    labels: list('a,b', 'what jobs may ask for'),
    acceptRewrite: flag('once, when somebody forced the branch and its new history is the one that counts'),
  },
  async run(context, { once, slots, pool, labels, acceptRewrite }) {
    const found = await context.yardAddress();
    const [{ id }, refs, files, version] = await Promise.all([
      context.identity(),
      context.refs(),
      context.localConfigs(),
      programVersion(),
    ]);
    const { runAgent } = await import('@gityard/agent');
    const { env, cwd } = context.io;
    const home = homePath(env);
    await makeFolder(home);
    const signals = stopSignals();
    try {
      const exit = await runAgent({
        address: found.address,
        ...accessFor(found, { env, cwd, files: await context.localConfigs() }),
        refs: namesOf(refs),
        home,
        id,
        version,
        ...relaySettings(context.io.env, files),
        once,
        slots,
        pool,
        labels,
        acceptRewrite,
        drain: signals.drain,
        cancel: signals.cancel,
        onEvent: (event) => tell(context, event),
      });
      return replyFrom(id, exit);
    } finally {
      signals.stop();
    }
  },
});

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

function tell(context: Context, event: AgentEvent): void {
  if (context.flags.json) context.io.stderr.write(`${JSON.stringify(event)}\n`);
  else {
    const sentence = sentenceOf(event);
    if (sentence !== undefined) context.note(sentence);
  }
}
