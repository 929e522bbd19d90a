/** A use case with every mishap that it can have: once undisturbed to count its steps, then once for each of them. */
import type { Mishap } from './mishap.ts';
import { type Tried, tryOnce } from './try-once.ts';
import type { UseCase } from './use-case.ts';

export interface TriedAll {
  readonly runs: number;
  /** The mishap and what came of it. */
  readonly problems: readonly string[];
}

export const killedAtEveryStep = (useCase: UseCase): Promise<TriedAll> =>
  tryAll(useCase, (plain) => plain.steps.map((_, at) => ({ kind: 'kill', at })));

export const withEveryWriteFailing = (useCase: UseCase): Promise<TriedAll> =>
  tryAll(useCase, ({ writes }) =>
    upTo(writes).flatMap((at) => [
      { kind: 'ENOSPC', at },
      { kind: 'EIO', at },
    ]),
  );

const FAULTS = ['errors', 'lost-replies', 'drops'] as const;

export const withEveryRequestFailing = (useCase: UseCase): Promise<TriedAll> =>
  tryAll(useCase, ({ chances }) =>
    FAULTS.flatMap((kind) => upTo(chances.get(kind) ?? 0).map((at): Mishap => ({ kind, at }))),
  );

async function tryAll(useCase: UseCase, mishapsOf: (plain: Tried) => Mishap[]): Promise<TriedAll> {
  const plain = await tryOnce(useCase, { kind: 'none' });
  if (plain.problems.length > 0) return { runs: 1, problems: plain.problems };
  const mishaps = mishapsOf(plain);
  const problems: string[] = [];
  for (const mishap of mishaps) {
    const tried = await tryOnce(useCase, mishap);
    problems.push(...tried.problems.map((problem) => `${textOf(mishap, plain)}: ${problem}`));
  }
  return { runs: mishaps.length, problems };
}

function textOf(mishap: Mishap, { steps }: Tried): string {
  if (mishap.kind === 'none') return 'undisturbed';
  return `${mishap.kind} at ${mishap.at}${mishap.kind === 'kill' ? ` (${steps[mishap.at]})` : ''}`;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
