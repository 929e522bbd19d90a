/** The upkeep, on which the archive and every alarm hang: a task that fails, and one that nobody does any more. */
import { elapsedMs, modeOf, type UpkeepLine, upkeepLines } from '@gityard/domain';
import { aFinding, type Check, keyOf, type Look } from '../finding.ts';
import { isHeard } from './agent-words.ts';

export const upkeepFailing: Check = {
  name: 'upkeep-failing',
  find: ({ needs }) =>
    needs
      .filter(({ code }) => code === 'upkeep-failing')
      .map(({ text, refs: [task = ''] }) =>
        aFinding({
          key: keyOf('upkeep-failing', task),
          says: 'failing',
          title: `upkeep ${task} fails`,
          text,
          remedies: ['gityard status --verbose', 'gityard doctor'],
        }),
      ),
  howItEnded: (look, task) => {
    const line = lineOf(look, task);
    if (isOff(look, task)) return `upkeep ${task} is switched off`;
    return line && line.error === null ? `agent ${line.agent} did it at ${line.at}` : null;
  },
};

/** A task may take its time, and its agent may have been busy. */
const LATE_MS = 6 * 3_600_000;

export const upkeepLate: Check = {
  name: 'upkeep-late',
  find: (look) => {
    if (!somebodyIsThere(look)) return [];
    const late = upkeepLines(look.state).filter((it) => isLate(look, it));
    return late.map(({ task, at, agent, nextAt }) =>
      aFinding({
        key: keyOf('upkeep-late', task),
        says: 'late',
        title: `nobody does the upkeep ${task}`,
        text: `upkeep ${task} was due at ${nextAt}; agent ${agent} did it last at ${at}`,
        since: nextAt,
        remedies: ['gityard status --verbose', 'gityard doctor'],
      }),
    );
  },
  howItEnded: (look, task) => {
    const line = lineOf(look, task);
    if (isOff(look, task)) return `upkeep ${task} is switched off`;
    return line && !isLate(look, line) ? `agent ${line.agent} did it at ${line.at}` : null;
  },
};

const lineOf = ({ state }: Look, task: string): UpkeepLine | undefined =>
  upkeepLines(state).find((it) => it.task === task);

const isOff = ({ state: { yard } }: Look, task: string): boolean =>
  Object.hasOwn(yard.upkeep, task) && yard.upkeep[task]?.schedule === 'off';

const isLate = (look: Look, { task, nextAt }: UpkeepLine): boolean =>
  nextAt !== null && !isOff(look, task) && elapsedMs(nextAt, look.now) > LATE_MS;

/** Where no agent is, their own issues say so. */
const somebodyIsThere = (look: Look): boolean =>
  [...look.state.agents].some((it) => modeOf(it, look.now) === 'active' && isHeard(look, it.id));
