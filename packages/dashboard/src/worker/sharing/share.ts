/**
 * One tab of many looks, or holds the stream, and tells the others. Whoever holds the lock leads; a tab that nobody sees
 * gives it back, and the next that waits for it takes over within moments, as it does when a tab is closed or dies.
 * Nothing of a token is ever said here: every page of this origin could listen.
 */
import type { Told } from '../protocol.ts';

type Said =
  | { readonly kind: 'told'; readonly told: Told; readonly tag: string | null }
  | { readonly kind: 'hello' | 'look' };

export interface ShareParts {
  /** Tabs of the same name share. */
  readonly name: string;
  /** undefined: this browser has none, or what is read here is nobody else's affair; then every tab is on its own. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly onLead: () => void;
  readonly onRest: () => void;
  /** Of the tab that leads. */
  readonly onTold: (told: Told, tag: string | null) => void;
  /** Somebody in another tab wants this one to look now. */
  readonly onLook: () => void;
  /** For a tab that has just come. */
  readonly onHello: () => void;
}

export class Share {
  readonly #parts: ShareParts;
  readonly #channel: BroadcastChannel | undefined;
  #wish: AbortController | undefined;
  #letGo: (() => void) | undefined;

  constructor(parts: ShareParts) {
    this.#parts = parts;
    if (!parts.locks) return;
    this.#channel = new BroadcastChannel(parts.name);
    this.#channel.onmessage = ({ data }) => this.#heard(data as Said);
    this.#say({ kind: 'hello' });
  }

  get leads(): boolean {
    return this.#letGo !== undefined;
  }

  /** Stands for it, until it leads or rests. */
  want(): void {
    const { locks, name } = this.#parts;
    if (this.#wish || this.#letGo) return;
    if (!locks) return void this.#lead();
    const wish = new AbortController();
    this.#wish = wish;
    // Aborted wishes reject, and so does the browser when it takes the page down: both mean that we do not lead.
    locks.request(name, { signal: wish.signal }, () => this.#lead()).catch(() => undefined);
  }

  rest(): void {
    this.#wish?.abort();
    this.#wish = undefined;
    if (!this.#letGo) return;
    this.#parts.onRest();
    this.#letGo();
    this.#letGo = undefined;
  }

  /** For good. */
  close(): void {
    this.rest();
    this.#channel?.close();
  }

  /** What this page is told, with what proves to the source which snapshot is known, so that another tab can go on from there. */
  tell(told: Told, tag: string | null): void {
    if (this.leads) this.#say({ kind: 'told', told, tag });
  }

  /** Has whoever leads look now. */
  askLook(): void {
    if (this.leads) this.#parts.onLook();
    else this.#say({ kind: 'look' });
  }

  #lead(): Promise<void> {
    this.#wish = undefined;
    const over = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    this.#parts.onLead();
    return over;
  }

  #heard(said: Said): void {
    if (said.kind === 'told' && !this.leads) this.#parts.onTold(said.told, said.tag);
    else if (said.kind === 'hello' && this.leads) this.#parts.onHello();
    else if (said.kind === 'look' && this.leads) this.#parts.onLook();
  }

  #say(said: Said): void {
    this.#channel?.postMessage(said);
  }
}
