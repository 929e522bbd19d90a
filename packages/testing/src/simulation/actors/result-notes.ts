/** Results of builds that the yard does not know yet, on the disk: noted before anything is said about them. */
import type { InputOf } from '@gityard/domain';
import type { Life } from '../life.ts';
import type { World } from '../world.ts';

export type Finish = InputOf<'finish'>;

export interface ResultNotes {
  keep(finish: Finish): Promise<void>;
  drop(finish: Finish): Promise<void>;
  list(): Finish[];
}

export function resultNotes({ promises, flaws }: World, life: Life): ResultNotes {
  const notes = flaws.keepsResultsInMemory ? inMemory() : onDisk(life);
  return {
    ...notes,
    async keep(finish) {
      await notes.keep(finish);
      const { jobId: job, token, agentId: agent, status } = finish;
      promises.kept({ job, token, agent, status });
    },
  };
}

function onDisk(life: Life): ResultNotes {
  const { disk } = life.machine;
  const pathOf = ({ jobId, token }: Finish) => `unfinished/${jobId}-${token}`;
  return {
    keep: (finish) => disk.write(life, pathOf(finish), finish),
    drop: (finish) => disk.remove(life, pathOf(finish)),
    list: () => disk.list('unfinished/').flatMap((path) => disk.read<Finish>(path) ?? []),
  };
}

/** The planted bug: said to be kept, and gone with the process. */
function inMemory(): ResultNotes {
  const kept = new Set<Finish>();
  return {
    keep: async (finish) => void kept.add(finish),
    drop: async (finish) => void kept.delete(finish),
    list: () => [...kept],
  };
}
