/** From when on an agent counts as late or silent, and a machine as under strain. */
import { closed } from './schema.ts';
import { group, seconds } from './setting.ts';

const percentage = (byDefault: number) =>
  ({ type: 'number', minimum: 0, maximum: 100, default: byDefault, description: 'percent' }) as const;
const percentages = (warning: number, critical: number, description: string) =>
  ({
    ...group(closed({ warning: percentage(warning), critical: percentage(critical) }, [])),
    description,
  }) as const;

/** When an agent counts as late and as silent, measured by its own promise. The read model tells it to pages. */
export const healthSchema = group(
  closed(
    {
      lateAfterIntervals: {
        ...seconds(1.5, 1),
        description: 'an agent is late after so many of the intervals that it promised, without a sign of life',
      },
      silentAfterIntervals: {
        ...seconds(3, 1),
        description: 'it is silent after so many of them, but not before silentAtLeastSeconds',
      },
      silentAtLeastSeconds: {
        ...seconds(300, 0),
        description: 'seconds of quiet before which no agent is silent, however short its interval',
      },
      thresholds: group(
        closed(
          {
            cpu: percentages(80, 95, 'of the processors in use, from which on a machine is under strain'),
            memory: percentages(85, 95, 'of the memory in use, from which on a machine is under strain'),
            diskFree: percentages(20, 10, 'of the disk free, below which a machine is under strain'),
          },
          [],
        ),
      ),
    },
    [],
  ),
);
