/**
 * The parts of the archive that are filled and emptied as one: a day of jobs and of their manifests and attestations, a month of messages.
 * What lies in them is not part of the state, only how much; nobody decides anything by it but when it has to go.
 */
import { type Time, toMs, toTime } from './time.ts';

export type ArchivedKind = 'job' | 'manifest' | 'attestation' | 'message';

export interface ArchiveFolder {
  /** `jobs/2026/03/01`, `messages/2026/03`. */
  readonly id: string;
  readonly files: number;
}

const FOLDERS: Readonly<Record<ArchivedKind, { readonly name: string; readonly dateLength: number }>> = {
  job: { name: 'jobs', dateLength: 'yyyy-mm-dd'.length },
  manifest: { name: 'manifests', dateLength: 'yyyy-mm-dd'.length },
  attestation: { name: 'attestations', dateLength: 'yyyy-mm-dd'.length },
  message: { name: 'messages', dateLength: 'yyyy-mm'.length },
};

export function archiveFolderOf(kind: ArchivedKind, at: Time): string {
  const { name, dateLength } = FOLDERS[kind];
  return `${name}/${toTime(toMs(at)).slice(0, dateLength).replaceAll('-', '/')}`;
}

/** When nothing more can belong there. */
export function endOfArchiveFolder(id: string): Time {
  const [, year = 0, month = 1, day] = id.split('/').map(Number);
  return toTime(day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1));
}

/** What kind of entity lies in such a folder; undefined: it is none. */
export function archivedKindOf(folder: string): ArchivedKind | undefined {
  const kinds = Object.keys(FOLDERS) as ArchivedKind[];
  return kinds.find((kind) => {
    const { name, dateLength } = FOLDERS[kind];
    const date = folder.slice(name.length + 1).replaceAll('/', '-');
    return folder.startsWith(`${name}/`) && date.length === dateLength && /^\d{4}-\d\d(-\d\d)?$/.test(date);
  });
}
