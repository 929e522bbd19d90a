/**
 * Keeps looking: one tab follows the source where it tells by itself, else looks again and again, and the others are told.
 * Whatever fails changes the connection alone; the last snapshot stays.
 */
import { visibleText } from '../text/visible-text.ts';
import type { Clock } from './clock.ts';
import { failureOf } from './failure-of.ts';
import { type Keeping, mayLeaveTheWorker, NOTHING_KEPT } from './keeping/keeping.ts';
import { Newest } from './newest.ts';
import { hasNone, isUsedUp } from './polling/interval.ts';
import { Polling } from './polling/polling.ts';
import type { Home } from './polling/skew.ts';
import type { Budget, Connection, Failure, Request, Told } from './protocol.ts';
import { Share } from './sharing/share.ts';
import { groupOf, OPENLY } from './sharing/token-group.ts';
import type { Source } from './sources/source.ts';

/** A browser whose storage hangs must not keep the page from the network. */
const PATIENCE_MS = 500;

export interface LookingParts {
  readonly source: Source;
  /** The address of the page. */
  readonly page: string;
  readonly tell: (told: Told) => void;
  readonly keeping: Keeping;
  /** undefined: the browser has none, and every tab is on its own. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  /** Asks the page's own server for its time, and whether it is there. */
  readonly askHome: () => Promise<Home>;
  readonly isOnline: () => boolean;
}

export class Looking {
  readonly source: Source;
  readonly newest: Newest;
  readonly #parts: LookingParts;
  readonly #polling: Polling;
  #share: Share;
  #connection: Connection;
  #isVisible = false;
  #stopFollowing: (() => void) | undefined;
  #group = OPENLY;

  constructor(parts: LookingParts) {
    const { source, clock, random } = parts;
    this.source = source;
    this.#parts = parts;
    this.#connection = connectionOf(source);
    this.newest = new Newest({
      address: source.address,
      keeping: () => this.keeping,
      onChange: (told) => this.#tell(told),
    });
    this.#polling = new Polling({
      clock,
      random,
      look: () => this.#look(),
      budget: () => this.#connection.budget,
      skewMs: () => this.skewMs,
      onPlan: (nextLookAt) => this.#planned(nextLookAt),
    });
    this.#share = this.#newShare();
  }

  get skewMs(): number {
    return this.#connection.skewMs;
  }

  /** Nothing of what is read with a token stays on an origin that is shared with other pages. */
  get keeping(): Keeping {
    return this.#connection.mayKeep ? this.#parts.keeping : NOTHING_KEPT;
  }

  async begin(): Promise<void> {
    this.#is({});
    const lookedAt = await Promise.race([
      this.newest.remember(this.source.yardId?.() ?? null),
      this.#after(PATIENCE_MS),
    ]);
    // Whoever is told of each change has no looks.
    if (lookedAt !== null && !this.source.follow) this.#is({ lookedAt });
    if (!this.source.follow) void this.#parts.askHome().then(({ skewMs }) => this.#is({ skewMs }));
    this.#stand();
  }

  /** Somebody sees the page, or came back to it; or nobody does any more. */
  see({ visible }: { readonly visible: boolean }): void {
    this.#isVisible = visible;
    if (visible && this.#share.leads && !this.source.follow) this.#polling.attend();
    this.#stand();
  }

  /** A person wants to see the newest now. */
  now(): void {
    this.#share.askLook();
  }

  /** Refused tokens change nothing but what is told. */
  async useToken(token: string | null): Promise<void> {
    try {
      if (token !== null) await this.source.checkToken(token, AbortSignal.timeout(30_000));
    } catch (error) {
      this.#is({ failure: failureOf(error) });
      return;
    }
    this.#group = await groupOf(token, this.source.address);
    this.#share.close();
    this.source.useToken(token);
    this.newest.tag = null;
    this.#polling.beginAnew();
    const hasToken = token !== null;
    this.#is({
      failure: null,
      hasToken,
      mayKeep: this.#connection.mayKeep && mayLeaveTheWorker({ page: this.#parts.page, hasToken }),
      commands: this.source.commands(),
      budget: null,
      lookedAt: null,
    });
    // Those with a token and those without see different things, and spend different budgets.
    this.#share = this.#newShare();
    this.#stand();
  }

  acceptHistory(): void {
    this.newest.accept(this.#connection.lookedAt);
  }

  /** Of each request that went out. What it took is gone at once, and not only when the next look says so. */
  heard(requests: readonly Request[]): void {
    const { budget } = this.#connection;
    const cost = requests[0]?.cost ?? 0;
    this.#is({ requests, budget: budget && { ...budget, left: Math.max(0, budget.left - cost) } });
  }

  /** A source that tells by itself costs nothing, and somebody may wait for its news in a tab that nobody sees. */
  #stand(): void {
    if (this.#isVisible || this.source.follow) this.#share.want();
    else this.#share.rest();
  }

  #newShare(): Share {
    const { page, source, locks } = this.#parts;
    return new Share({
      name: `gityard ${new URL(page).pathname} ${source.address} ${this.#group}`,
      locks: this.#connection.mayKeep ? locks : undefined,
      onLead: () => this.#lead(),
      onRest: () => this.#rest(),
      onTold: (told, tag) => this.#adopt(told, tag),
      onLook: () => {
        const { budget } = this.#connection;
        if (!this.source.follow && !hasNone(budget, this.#now() + this.skewMs)) void this.#polling.now();
      },
      onHello: () => {
        this.#is({});
        const told = this.newest.told();
        if (told) this.#share.tell(told, this.newest.tag);
      },
    });
  }

  #lead(): void {
    if (!this.source.follow) this.#polling.start(this.#connection.lookedAt);
    this.#stopFollowing = this.source.follow?.((event) => {
      if (event.kind === 'snapshot') return this.newest.take(event.model, { tag: null, lookedAt: this.#now() });
      const { state, skewMs, reason } = event;
      this.#isConnected({ state, skewMs, failure: reason === null ? null : { kind: 'unavailable', reason } });
    });
  }

  /** Whoever was away may be another now, one that was not there when this page began or that was started anew. */
  #isConnected(change: Partial<Connection>): void {
    const wasAway = this.#connection.state === 'offline';
    this.#is(change);
    if (!wasAway || this.#connection.state !== 'live') return;
    void this.source.renewRights?.().then(() => this.#is({ commands: this.source.commands() }));
  }

  #rest(): void {
    this.#polling.stop();
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
  }

  async #look(): Promise<Failure | null> {
    const share = this.#share;
    try {
      const look = await this.source.look(this.newest.tag, AbortSignal.timeout(30_000));
      // Begun with other rights: it says nothing of what these may see.
      if (share !== this.#share) return null;
      const lookedAt = this.#now();
      this.#is({ state: 'live', failure: null, lookedAt, budget: look.budget });
      if (look.kind === 'same') this.newest.confirm(lookedAt);
      else this.newest.take(look.model, { tag: look.tag, lookedAt });
      return null;
    } catch (error) {
      const failure = await this.#toldApart(failureOf(error));
      if (share !== this.#share) return null;
      this.#is({ state: this.#stateWith(failure), failure });
      return failure;
    }
  }

  /** A host that is away, and a network that is: the page's own server, which is another one, tells which. */
  async #toldApart(failure: Failure): Promise<Failure> {
    if (failure.kind !== 'offline' && failure.kind !== 'unavailable') return failure;
    const isHomeThere = this.#parts.isOnline() && (await this.#parts.askHome()).isThere;
    return isHomeThere
      ? { ...failure, kind: 'unavailable' }
      : { ...failure, kind: 'offline', reason: 'this machine has no network' };
  }

  #planned(nextLookAt: number | null): void {
    const { budget } = this.#connection;
    const failure = this.#connection.failure ?? whyWaiting(budget, this.#now() + this.skewMs);
    this.#is({ nextLookAt, failure, state: nextLookAt === null ? 'paused' : this.#stateWith(failure) });
  }

  #stateWith(failure: Failure | null): Connection['state'] {
    if (failure !== null) return failure.kind === 'rate-limited' ? 'limited' : 'offline';
    return this.newest.told()?.isRemembered === false ? 'live' : 'connecting';
  }

  #adopt(told: Told, tag: string | null): void {
    const { source, commands, hasToken, mayKeep } = this.#connection;
    if (told.kind === 'snapshot') this.newest.adopt(told, tag);
    else this.#isConnected({ ...told.connection, source, commands, hasToken, mayKeep });
  }

  #is(change: Partial<Connection>): void {
    // Hosts, links and names of files have their say in it.
    this.#connection = { ...this.#connection, ...visibleText(change) };
    this.#tell({ kind: 'connection', connection: this.#connection });
  }

  #tell(told: Told): void {
    this.#parts.tell(told);
    this.#share.tell(told, this.newest.tag);
  }

  #after(ms: number): Promise<null> {
    return new Promise((resolve) => this.#parts.clock.after(ms, () => resolve(null)));
  }

  #now(): number {
    return this.#parts.clock.now();
  }
}

/** The host has not refused yet, and is not asked so that it need not. */
function whyWaiting(budget: Budget | null, now: number): Failure | null {
  if (!budget || !isUsedUp(budget, now)) return null;
  const reason = `the ${budget.limit} requests an hour that are allowed from your network are used up`;
  return { kind: 'rate-limited', reason, until: budget.resetsAt };
}

const connectionOf = (source: Source): Connection => ({
  state: 'connecting',
  failure: null,
  source: { kind: source.kind, address: source.address, isLocal: source.isLocal },
  commands: source.commands(),
  hasToken: false,
  mayKeep: true,
  budget: null,
  skewMs: 0,
  lookedAt: null,
  nextLookAt: null,
  requests: [],
});
