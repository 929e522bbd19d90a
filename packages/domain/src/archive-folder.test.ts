import { describe, expect, it } from 'vitest';
import { archivedKindOf, archiveFolderOf, endOfArchiveFolder } from './archive-folder.ts';

describe('folders of the archive', () => {
  it('hold jobs by the day and messages by the month, in UTC whatever the zone of the stamp', () => {
    expect(archiveFolderOf('job', '2026-03-01T23:30:00-02:00')).toBe('jobs/2026/03/02');
    expect(archiveFolderOf('manifest', '2026-03-01T12:00:00Z')).toBe('manifests/2026/03/01');
    expect(archiveFolderOf('message', '2026-12-31T12:00:00Z')).toBe('messages/2026/12');
  });

  it.each([
    ['jobs/2026/02/28', '2026-03-01T00:00:00.000Z'],
    ['jobs/2026/12/31', '2027-01-01T00:00:00.000Z'],
    ['messages/2026/12', '2027-01-01T00:00:00.000Z'],
    ['messages/2028/02', '2028-03-01T00:00:00.000Z'],
  ])('are full once their time is over: %s', (folder, end) => {
    expect(endOfArchiveFolder(folder)).toBe(end);
  });

  it.each([
    ['jobs/2026/03/01', 'job'],
    ['manifests/2026/03/01', 'manifest'],
    ['messages/2026/03', 'message'],
    ['messages/2026/03/01', undefined],
    ['jobs/2026/03', undefined],
    ['jobs/2026/03/xx', undefined],
    ['notes/2026/03/01', undefined],
  ])('are known by their name: %s', (folder, kind) => {
    expect(archivedKindOf(folder)).toBe(kind);
  });
});
