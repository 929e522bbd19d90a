/**
 * Whether a run of the program is traced. A command that changes something is one span, of the trace that TRACEPARENT names; a
 * program that runs for long is none, as what it does belongs to others. Loads nothing of it where nobody wants traces.
 */
import { readTraceparent, traced, wantsTraces } from '@gityard/telemetry';
import type { Context } from '../context.ts';

export interface CommandTracing {
  run<Reply>(act: () => Promise<Reply>): Promise<Reply>;
  /** Waits a moment for what was not sent yet. */
  end(): Promise<void>;
}

/** Less than the pause before a second try: a receiver that is away costs a command nothing, and one that is silent this. */
const PATIENCE_OF_A_PERSON_MS = 750;

const NOTHING: CommandTracing = { run: (act) => act(), end: () => Promise.resolve() };

interface Traced {
  readonly name: string;
  readonly isProgram: boolean;
  readonly acts: boolean | undefined;
}

export async function traceCommand(context: Context, { name, isProgram, acts }: Traced): Promise<CommandTracing> {
  const { env } = context.io;
  if (!wantsTraces(env) || !(isProgram || acts)) return NOTHING;
  const [{ startTracing }, { maskSecrets }, { programVersion }] = await Promise.all([
    import('@gityard/telemetry'),
    import('@gityard/yard'),
    import('../version.ts'),
  ]);
  const stop = await startTracing({
    service: isProgram ? `gityard-${name.split(' ')[0]}` : 'gityard',
    version: await programVersion(),
    mask: maskSecrets,
    onTrouble: (text) => context.log.tell({ level: 'warn', text }),
    ...(!isProgram && { patienceMs: PATIENCE_OF_A_PERSON_MS }),
  });
  return {
    run: (act) =>
      isProgram
        ? act()
        : traced({ name: `gityard ${name}`, kind: 'client', parent: readTraceparent(env.TRACEPARENT) }, act),
    end: async () => stop?.(),
  };
}
