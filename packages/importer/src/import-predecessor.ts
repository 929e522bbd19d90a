/**
 * Takes over a predecessor: read, make ours, compare with the yard, write in batches, tell. Each batch is a commit of its own,
 * and what is written is never written again, so it may be ended at any moment and run anew; also later, when more has come
 * into the source.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type ImportedEntity, idFrom, type Time } from '@gityard/domain';
import { maskSecrets, type Yard } from '@gityard/yard';
import { type Gathered, gather } from './gathering/gather.ts';
import { ImportError } from './import-error.ts';
import { batchesOf } from './planning/batches.ts';
import { knownIn } from './planning/known.ts';
import { type Fate, type Plan, planImport } from './planning/plan.ts';
import { withSafeNames } from './planning/safe-names.ts';
import { type ShapedAll, shapeAll } from './planning/shape-all.ts';
import { type Report, reportOf } from './report/report.ts';
import { withoutSecretsIn } from './report/without-secrets.ts';
import { openSource } from './source/open-source.ts';
import type { Source } from './source/source.ts';

export interface ImportPredecessor {
  /** A URL, or an absolute path. */
  readonly address: string;
  readonly ref: string | null;
  readonly history: boolean;
  readonly repair: boolean;
  /** Write what holds a secret with the secret masked, instead of leaving it out. */
  readonly redact: boolean;
  readonly dryRun: boolean;
  readonly by: string;
  readonly reason: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

export async function importPredecessor(yard: Yard, options: ImportPredecessor): Promise<Report> {
  const source = await openSource(options);
  try {
    const onProgress = (versions: number) => options.onProgress?.(`${versions} versions of files were read`);
    const gathered = await gather(source, { repair: options.repair, signal: options.signal, onProgress });
    return await takeOver(yard, { ...options, source, gathered });
  } finally {
    await source.close();
  }
}

interface TakeOver extends ImportPredecessor {
  readonly source: Source;
  readonly gathered: Gathered;
}

async function takeOver(yard: Yard, options: TakeOver): Promise<Report> {
  const { source, gathered, dryRun } = options;
  const name = nameOf(source.address);
  const shaped = await withSafeNames(shapeAll(gathered, { now: yard.now(), source: name }));
  if (shaped.found.length + shaped.unfit.length === 0) throw await nothingFound(source, gathered);
  const writing = new Writing(yard, { ...options, name, shaped });
  const fates = await (dryRun ? writing.foretell() : writing.write());
  const { commit, commits, others } = source;
  return withoutSecretsIn(
    reportOf({
      source: source.address,
      commit,
      dryRun,
      history: commits === null ? null : { commits },
      read: gathered.versions,
      others,
      commits: writing.commits,
      fates,
      unfit: shaped.unfit,
      findings: gathered.findings,
    }),
  );
}

/** The same for every way to write an address down, as far as that can be told from it. */
function nameOf(address: string): string {
  const plain = address.replace(/^file:\/\//, '').replace(/(\/\.git|\.git)?\/*$/, '');
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 8);
  return `${idFrom(basename(plain)).slice(0, 60)}-${hash}`;
}

async function nothingFound({ address }: Source, { findings }: Gathered): Promise<ImportError> {
  const told = [...findings].slice(0, 3).map((it) => `${it.place.path} ${it.reason}`);
  const why = told.length === 0 ? '' : ` (${told.join('; ')})`;
  return new ImportError('INVALID_DATA', await maskSecrets(`nothing that a yard keeps was found in ${address}${why}`), {
    hint: 'is it the right branch (--ref)? --history reads older versions, --repair what is damaged',
  });
}

interface ToWrite extends TakeOver {
  readonly name: string;
  readonly shaped: ShapedAll;
}

/** Somebody else may write at the same time: then it is planned anew on what there is, so many times. */
const REPLANS = 8;

class Writing {
  readonly commits: string[] = [];
  private readonly yard: Yard;
  private readonly options: ToWrite;
  /** What this run has written: in a later plan it would look as if it had been there before. */
  private readonly written = new Map<string, Fate>();

  constructor(yard: Yard, options: ToWrite) {
    this.yard = yard;
    this.options = options;
  }

  async foretell(): Promise<readonly Fate[]> {
    return (await this.plan()).fates;
  }

  async write(): Promise<readonly Fate[]> {
    for (let time = 0; time < REPLANS; time++) {
      const plan = await this.plan();
      if (await this.carryOut(plan)) return plan.fates.map((it) => this.written.get(keyOf(it)) ?? it);
      await this.yard.refresh(this.options.signal);
    }
    throw new ImportError('CONFLICT', `others wrote what was to be imported, ${REPLANS} times`, {
      hint: 'run it again when no other import is under way: what is written stays, and is not written twice',
    });
  }

  private plan(): Promise<Plan> {
    const { yard, options } = this;
    const { name, shaped, history, redact } = options;
    const { state } = yard;
    const record = state.imports.get(name);
    const known = knownIn(yard, state);
    return planImport(shaped.found, { state, known, record, source: name, history, redact, now: yard.now() });
  }

  /** False when it has to be planned anew. */
  private async carryOut({ entities, fates }: Plan): Promise<boolean> {
    const fateOf = new Map(fates.map((it) => [keyOf(it), it]));
    const batches = [...batchesOf(entities)];
    // An empty one, where nothing is left to write, says that all of it is there.
    const parts = batches.length === 0 ? [[]] : batches;
    for (const [at, part] of parts.entries()) {
      this.options.signal?.throwIfAborted();
      if (!(await this.perform(part, at === parts.length - 1))) return false;
      for (const entity of part) this.note(entity, fateOf);
    }
    return true;
  }

  private async perform(entities: readonly ImportedEntity[], isLast: boolean): Promise<boolean> {
    const { name, source, by, history, reason, signal, onProgress } = this.options;
    const now: Time = this.yard.now();
    const batch = (this.yard.state.imports.get(name)?.batches ?? 0) + 1;
    const completed = isLast ? { withHistory: history } : null;
    const input = { source: { id: name, address: source.address }, batch, entities, completed, by, now };
    const outcome = await this.yard.perform('import', input, { reason, ...(signal && { signal }) });
    if (!outcome.ok && outcome.code === 'CONFLICT') return false;
    // What comes was looked at by the same rules: left are the words of whoever asks, and the address.
    if (!outcome.ok && outcome.code === 'SECRET_FOUND')
      throw new ImportError('SECRET_FOUND', outcome.reason, { hint: 'take it out of the reason, or of the address' });
    if (!outcome.ok)
      throw new ImportError('INVALID_DATA', outcome.reason, { hint: 'please report it: the plan was wrong' });
    if (outcome.commit !== null) this.commits.push(outcome.commit);
    onProgress?.(`${entities.length} more were written`);
    return true;
  }

  private note(entity: ImportedEntity, fateOf: ReadonlyMap<string, Fate>): void {
    const key = `${entity.kind} ${idIn(entity)}`;
    const fate = fateOf.get(key);
    if (fate) this.written.set(key, fate);
  }
}

const keyOf = ({ kind, id }: Fate): string => `${kind} ${id}`;
const idIn = ({ kind, value }: ImportedEntity): string =>
  kind === 'branch' || kind === 'lock' ? value.name : value.id;
