/** Runs a command and writes what it printed and how it ended into a logbook. The exit code is the command's; 125 is our own failure. */
import { newId } from '@gityard/yard';
import { defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { append } from '../../logbook/book.ts';
import { handIn } from '../../logbook/hand-in.ts';
import { KeptOutput } from '../../logbook/kept-output.ts';
import { argument, flag, rest } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';
import { startGuarded } from '../../yard/guarded-process.ts';

const OWN_FAILURE = 125;

export const command = defineCommand({
  name: 'logbook command',
  summary: 'run a command and keep its output and its end in a logbook',
  details:
    'Exits as the command does; 125 when nothing could be written into the logbook. Its output is shown as well.',
  example: 'gityard logbook command nightly_20251113T102030Z tests -- make test',
  failureExitCode: OWN_FAILURE,
  parameters: {
    log: argument('log', 'the id that init printed'),
    name: argument('name', 'what the command is called in the log'),
    publish: flag('put what there is by now into the yard, too'),
    command: rest('command', 'the command and its arguments', 'required'),
  },
  async run(context, { log, name, publish, command: words }) {
    const home = homePath(context.io.env);
    const [run, startedMs] = [newId(), performance.now()];
    const began = { at: new Date().toISOString(), run, name: name.slice(0, 200), argv: shortened(words) };
    await append(home, log, { kind: 'began', ...began });
    const output = new KeptOutput();
    const exitCode = await runShown(context, { words, output });
    const end = { exitCode, durationMs: Math.round(performance.now() - startedMs), ...output.kept() };
    await append(home, log, { kind: 'ended', at: new Date().toISOString(), run, ...end });
    if (publish) await handIn(context, log);
    const { output: _, ...facts } = end;
    if (context.flags.json) context.show({ id: log, name, ...facts }, () => []);
    return exitCode;
  },
});

interface Running {
  readonly words: readonly string[];
  readonly output: KeptOutput;
}

/** With --json standard output is for the one value that we print. */
function runShown(context: Context, { words, output }: Running): Promise<number> {
  const { io, flags } = context;
  const signal = context.interruption();
  const child = startGuarded(words, {
    cwd: io.cwd,
    env: io.env,
    onFailure: (text) => {
      output.add(Buffer.from(`${text}\n`));
      context.note(`gityard: ${text}`);
    },
    onOutput(chunk, from) {
      output.add(chunk);
      (from === 'stdout' && !flags.json ? io.stdout : io.stderr).write(chunk);
    },
  });
  signal.addEventListener('abort', () => child.stop());
  return child.exitCode;
}

const shortened = (words: readonly string[]): string[] => words.slice(0, 100).map((word) => word.slice(0, 1000));
