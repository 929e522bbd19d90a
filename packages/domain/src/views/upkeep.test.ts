import { describe, expect, it } from 'vitest';
import type { Heartbeat } from '../entities/heartbeat.ts';
import { Table } from '../table.ts';
import { validate } from '../validate.ts';
import { upkeepLines } from './upkeep.ts';

const done = (task: string, at: string, did: string) => ({ task, at, did, error: null, nextAt: null });

function beat(agent: string, upkeep: Heartbeat['upkeep']): Heartbeat {
  const at = '2026-03-01T12:00:00Z';
  const checked = validate('heartbeat', { agent, boot: 'b', beat: 1, at, nextBeatBy: at, host: 'h', pid: 1, upkeep });
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}

const heartbeats = (...beats: Heartbeat[]) => ({ heartbeats: Table.of(beats.map((it) => [it.agent, it])) });

describe('the upkeep, seen from outside', () => {
  it('is the newest word on each task, whoever said it', () => {
    const lines = upkeepLines(
      heartbeats(
        beat('build1', [
          done('archive', '2026-03-01T10:00:00Z', 'old'),
          done('cleanup', '2026-03-01T02:00:00Z', 'two'),
        ]),
        beat('build2', [done('archive', '2026-03-01T11:00:00Z', 'new')]),
      ),
    );
    expect(lines.map(({ task, agent, did }) => [task, agent, did])).toEqual([
      ['archive', 'build2', 'new'],
      ['cleanup', 'build1', 'two'],
    ]);
  });

  it('is nothing where nobody did anything', () => {
    expect(upkeepLines(heartbeats(beat('build1', [])))).toEqual([]);
  });
});
