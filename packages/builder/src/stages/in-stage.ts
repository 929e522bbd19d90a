/** How a stage is begun, and ended when what it does is done. One that throws is closed where the error is caught. */
import type { BuildContext } from '../build-context.ts';
import type { StageName } from './stage-book.ts';

export interface Opening {
  readonly stage: StageName;
  readonly opening: string;
}

/** The act answers the stage's message. A stage that throws is closed where the error is caught, with its reason. */
export async function inStage(build: BuildContext, opening: Opening, act: () => Promise<string | null>): Promise<void> {
  begin(build, opening);
  build.stages.end(opening.stage, 'Succeeded', await act());
}

export function begin(build: BuildContext, { stage, opening }: Opening): void {
  build.open(opening);
  build.stages.start(stage);
}
