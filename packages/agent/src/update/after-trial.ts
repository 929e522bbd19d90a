/** What an agent does about its program once no job is about that any more: it may still have to go back, or has come back. */
import type { AgentContext } from '../context.ts';
import { monotonicMs } from '../pause.ts';
import { readPrograms, settled, writePrograms } from './programs.ts';

/** Said by the loop that takes jobs: who gets here works. */
export async function settle({ changing, self }: Pick<AgentContext, 'changing' | 'self'>): Promise<void> {
  if (!changing || changing.settlesAtMs === null || monotonicMs() < changing.settlesAtMs) return;
  changing.settlesAtMs = null;
  const programs = await readPrograms(self.home);
  if (programs?.before) await writePrograms(self.home, settled(programs));
}

/** For as long as it lives: its heartbeats, and with them every face, say that somebody has to look into it. */
export function tellReturned({ changing, board, emit }: Pick<AgentContext, 'changing' | 'board' | 'emit'>): void {
  if (!changing?.returned) return;
  board.line('program').failed(changing.returned, Number.POSITIVE_INFINITY);
  emit({ kind: 'program-returned', text: changing.returned });
}
