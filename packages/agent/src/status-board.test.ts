import { describe, expect, it } from 'vitest';
import { StatusBoard, type Urgency } from './status-board.ts';

const job = { id: 'b1', token: 1, stage: null, progress: null };

describe('status-board', () => {
  it('knows how soon each change is worth telling', () => {
    const board = new StatusBoard();
    const told: Urgency[] = [];
    board.onChange((urgency) => told.push(urgency));

    board.putJob(job);
    board.putJob({ ...job, stage: 'Build' });
    board.putJob({ ...job, stage: 'Build', progress: 'half of it' });
    board.line('watch').doing('watching');
    board.dropJob(job);
    board.dropJob(job);
    board.takesNoJobs('only 12 MB free');
    board.takesNoJobs('only 11 MB free');
    board.takesNoJobs(null);
    board.takesNoJobs(null);

    expect(told).toEqual(['job', 'stage', 'text', 'text', 'stage', 'stage', 'text', 'stage']);
  });

  it('keeps the time since which a loop does what it does', () => {
    const board = new StatusBoard();
    board.line('watch').doing('watching');
    const [before] = board.doings().loops;

    board.line('watch').doing('watching');

    expect(board.doings().loops).toEqual([before]);
  });

  it('cuts what would not fit into a heartbeat', () => {
    const board = new StatusBoard();
    board.putJob({ ...job, progress: 'x'.repeat(400) });
    board.line('watch').failed('y'.repeat(2_000), 1_000);

    expect(board.doings().jobs[0]?.progress).toHaveLength(300);
    expect(board.doings().loops[0]?.error).toHaveLength(1_000);
  });
});
