import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notedProcesses, Processes } from './processes.ts';

describe('processes', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('are noted for a next life: the last one of each build that runs', () => {
    const processes = new Processes(folder.path);
    processes.started('b1/1', { group: 10, started: 'boot 1' });
    processes.started('b1/1', { group: 11, started: 'boot 2' });
    processes.started('b2/1', { group: 12, started: null });
    processes.ended('b2/1');

    return expect(notedProcesses(folder.path)).resolves.toEqual([{ group: 11, started: 'boot 2' }]);
  });

  it('are none where nothing was noted, or a broken disk made something else of it', async () => {
    expect(await notedProcesses(folder.path)).toEqual([]);

    await writeFile(join(folder.path, 'processes.json'), '[{ "group": 1 }, { "group": -5, "started": "x" }, 7]');

    expect(await notedProcesses(folder.path)).toEqual([]);
  });
});
