/**
 * The newest snapshot that this browser knows: remembered from an earlier visit, taken from the source, or told by another
 * tab. Knows what a rewritten history replaced, and keeps all of it at once, because a page that is closed is not asked.
 */
import { type ReadModel, readModelFrom } from '@gityard/domain';
import { visibleText } from '../text/visible-text.ts';
import type { Keeping } from './keeping/keeping.ts';
import { isOther, judgeNext } from './newer-model.ts';
import type { Told } from './protocol.ts';

type ToldSnapshot = Extract<Told, { kind: 'snapshot' }>;

export interface NewestParts {
  readonly address: string;
  readonly keeping: () => Keeping;
  readonly onChange: (told: ToldSnapshot) => void;
}

export class Newest {
  model: ReadModel | undefined;
  /** What was known when the history turned out to be rewritten; null: nobody rewrote it, or somebody has seen it. */
  overwritten: ReadModel | null = null;
  /** What the source is told to know which snapshot is here already. */
  tag: string | null = null;
  readonly #parts: NewestParts;
  #isRemembered = false;
  #behind = 0;

  constructor(parts: NewestParts) {
    this.#parts = parts;
  }

  /** What an earlier visit left of this yard; answers when its source was asked last. */
  async remember(yardId: string | null): Promise<number | null> {
    const kept = await this.#parts.keeping().snapshot(this.#parts.address);
    // Another tab may have been quicker.
    if (!kept || this.model || isOther(kept.model, yardId)) return null;
    this.model = kept.model;
    this.overwritten = kept.overwritten;
    this.#isRemembered = true;
    this.#changed();
    return kept.lookedAt;
  }

  /** Of the source. */
  take(next: ReadModel, { tag, lookedAt }: { readonly tag: string | null; readonly lookedAt: number }): void {
    const judged = judgeNext(this.model, { next, behind: this.#behind });
    this.#behind = judged === 'behind' ? this.#behind + 1 : 0;
    // With its tag a copy that lags would say "nothing new" for ever.
    this.tag = judged === 'behind' ? null : tag;
    if (judged === 'behind') return;
    if (judged === 'rewritten') this.overwritten ??= this.model ?? null;
    if (judged === 'other') this.overwritten = null;
    this.model = visibleText(next);
    this.#isRemembered = false;
    this.#changed();
    this.#keep(lookedAt);
  }

  /** The source says that nothing is new. */
  confirm(lookedAt: number): void {
    if (this.#isRemembered) {
      this.#isRemembered = false;
      this.#changed();
    }
    this.#keep(lookedAt);
  }

  /** Of another tab, which may be of another version of this page. It has kept it already. */
  adopt({ model, isRemembered, rewritten }: ToldSnapshot, tag: string | null): void {
    const checked = readModelFrom(model);
    if (!checked.ok) return;
    this.overwritten = rewritten ? (this.overwritten ?? this.model ?? checked.value) : null;
    this.model = checked.value;
    this.tag = tag;
    this.#isRemembered = isRemembered;
    this.#changed();
  }

  /** A person has seen that the history was rewritten. */
  accept(lookedAt: number | null): void {
    this.overwritten = null;
    this.#changed();
    this.#keep(lookedAt);
  }

  told(): ToldSnapshot | undefined {
    const { model, overwritten } = this;
    return model && { kind: 'snapshot', model, isRemembered: this.#isRemembered, rewritten: overwritten !== null };
  }

  #changed(): void {
    const told = this.told();
    if (told) this.#parts.onChange(told);
  }

  #keep(lookedAt: number | null): void {
    const { model, overwritten } = this;
    if (model) void this.#parts.keeping().keepSnapshot(this.#parts.address, { model, lookedAt, overwritten });
  }
}
