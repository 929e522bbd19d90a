/**
 * A logbook into the yard: its two files go into the spool, where nothing is lost any more, and from there onto the logs ref,
 * at once where the remote answers. Handing the same in twice writes the same files.
 */
import { canonicalJson, type LogFile, mayComeBack } from '@gityard/yard';
import type { Context } from '../context.ts';
import { homePath } from '../start/user-config.ts';
import { placeOfSpool, spoolAt } from '../yard/spool.ts';
import { readBook } from './book.ts';
import { isHandedIn, leftBehind, markHandedIn } from './housekeeping.ts';
import { logbookPage } from './markdown.ts';
import { recordOf } from './record.ts';

export interface HandedIn {
  readonly files: readonly string[];
  /** False: it is kept here until the remote answers. */
  readonly published: boolean;
}

const PUBLISH_MS = 20_000;

export async function handIn(context: Context, id: string): Promise<HandedIn> {
  const home = homePath(context.io.env);
  const place = await placeOfSpool(context);
  const spool = await spoolAt(context, place);
  // What an earlier script closed and could not hand in any more goes along.
  const others = (await leftBehind(home, place.folder)).filter((it) => it !== id);
  const files = await filesOf(home, id);
  for (const book of [...others, id]) await accept(spool, home, book);
  await publish(context, spool);
  const paths = files.map((it) => it.path);
  return { files: paths, published: !(await stillWaits(spool, paths)) };
}

/** Once it is closed, once. */
async function accept(spool: Spool, home: string, id: string): Promise<void> {
  if (await isHandedIn(home, id)) return;
  const { head, final } = await readBook(home, id);
  await spool.accept([{ log: { agent: head.agent, job: head.job, files: await filesOf(home, id) } }]);
  if (final) await markHandedIn(home, id);
}

export async function filesOf(home: string, id: string): Promise<readonly LogFile[]> {
  const book = await readBook(home, id);
  const record = await recordOf(book, new Date().toISOString());
  const stem = `${book.head.agent}/logs/${id}`;
  return [
    { path: `${stem}.json`, content: Buffer.from(canonicalJson(record)) },
    { path: `${stem}.md`, content: Buffer.from(logbookPage(record)) },
  ];
}

type Spool = Awaited<ReturnType<typeof spoolAt>>;

async function publish(context: Context, spool: Spool): Promise<void> {
  try {
    await spool.replay(await context.yard(), { signal: AbortSignal.timeout(PUBLISH_MS) });
  } catch (error) {
    // It is kept, and goes with whatever is handed in next.
    if (!mayComeBack(error) && !(error instanceof DOMException)) throw error;
  }
}

const stillWaits = async (spool: Spool, paths: readonly string[]): Promise<boolean> =>
  (await spool.waiting()).some((it) => 'log' in it && it.log.files.some((file) => paths.includes(file.path)));
