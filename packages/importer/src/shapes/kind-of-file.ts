/** What a path of a predecessor's repository is, by its place and name. Three styles of archives, and folders of servers with any name. */
export type FileKind =
  | 'server'
  | 'job'
  | 'message'
  | 'lock'
  /** A list of something: its entries tell. */
  | 'any'
  | 'branch'
  | 'text'
  | 'log'
  /** Made from the rest, or by the rest: health, statistics, schemas. */
  | 'derived'
  | 'metric'
  | 'rollback';

/** null: nothing that a yard would keep. */
export function kindOfFile(path: string): FileKind | null {
  const parts = path.split('/');
  const [top = '', second = ''] = parts;
  const name = (parts.at(-1) ?? '').toLowerCase();
  if (parts.length < 2 || top.startsWith('.') || NOBODYS.has(top.toLowerCase())) return null;
  if (parts.length === 2 && /^(status|heartbeat)\.json$/.test(second) && !SHARED.has(top)) return 'server';
  if (second === 'logs' && !SHARED.has(top)) return 'log';
  if (/\.(txt|md)$/.test(name))
    return parts.slice(0, -1).some((it) => /^(messages?|inbox|outbox)$/i.test(it)) ? 'text' : null;
  if (!/\.jsonl?$/.test(name)) return null;
  return SHARED.has(top) || parts.some((it) => /^(messages?|archive.*)$/i.test(it))
    ? kindOfData(path.toLowerCase(), name)
    : null;
}

const SHARED: ReadonlySet<string> = new Set(['coordination', 'shared', 'messages']);
const NOBODYS: ReadonlySet<string> = new Set(['node_modules', 'docs', 'scripts', 'schemas', 'src', 'test', 'tests']);

function kindOfData(path: string, name: string): FileKind {
  if (name.includes('schema')) return 'derived';
  if (name.includes('branches')) return 'branch';
  if (name.includes('rollback')) return 'rollback';
  if (/metric|prediction/.test(path)) return 'metric';
  if (/health|statistic|stats|dashboard|config|manifest|status|heartbeat/.test(name)) return 'derived';
  if (/message|msg/.test(name)) return 'message';
  if (/lock/.test(name)) return 'lock';
  if (/job|queue/.test(name)) return 'job';
  return path.includes('message') ? 'message' : 'any';
}

/** Whose lost entries are worth looking for. Locks and the state of servers of yesterday are not. */
export function hasPast(path: string): boolean {
  const kind = kindOfFile(path);
  return kind === 'job' || kind === 'message' || kind === 'any' || kind === 'text';
}
