/** What happened when in a run, as its driver saw it: the agents' own words, what was done to them, and when that was over. */
import { percentile } from '../bench/figures.ts';

export interface AgentWord {
  readonly kind: string;
  readonly job?: string;
  readonly token?: number;
  readonly againInMs?: number;
}

interface Moment {
  readonly atMs: number;
  /** Whom it concerns. */
  readonly agents: readonly string[];
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly n: number;
}

export class Timeline {
  private readonly claims: Moment[] = [];
  private readonly kills: Moment[] = [];
  private readonly heals: Moment[] = [];
  private readonly ended = new Set<string>();
  /** Agents that were in the yard at some time. */
  readonly entered = new Set<string>();
  longestOutageMs = 0;

  heard(agent: string, { kind, job }: AgentWord): void {
    if (kind === 'registered') this.entered.add(agent);
    if (kind === 'claimed') this.claims.push({ atMs: performance.now(), agents: [agent] });
    if (kind === 'ended' && job !== undefined) this.ended.add(job);
  }

  killed(agents: readonly string[]): void {
    this.kills.push({ atMs: performance.now(), agents });
  }

  /** The network of these is well again, after it failed since then. */
  healed(agents: readonly string[], sinceMs: number): void {
    const atMs = performance.now();
    this.heals.push({ atMs, agents });
    this.longestOutageMs = Math.max(this.longestOutageMs, atMs - sinceMs);
  }

  get killCount(): number {
    return this.kills.length;
  }

  /** Jobs of which some agent said that they ended, in whatever way. */
  get endedCount(): number {
    return this.ended.size;
  }

  /** Seconds from each kill to the next claim of anybody; a kill after the last claim tells nothing. */
  afterKills(): Spread {
    return this.untilClaim(this.kills, () => true);
  }

  /** Seconds from the end of each fault to the next claim of one whom it concerned. */
  afterHeals(): Spread {
    return this.untilClaim(this.heals, (heal, claim) => claim.agents.some((it) => heal.agents.includes(it)));
  }

  private untilClaim(moments: readonly Moment[], fits: (moment: Moment, claim: Moment) => boolean): Spread {
    const waits = moments.flatMap((moment) => {
      const next = this.claims.find((claim) => claim.atMs >= moment.atMs && fits(moment, claim));
      return next ? [(next.atMs - moment.atMs) / 1000] : [];
    });
    return spreadOf(waits);
  }
}

function spreadOf(seconds: readonly number[]): Spread {
  const sorted = [...seconds].sort((a, b) => a - b);
  const at = (share: number) => (sorted.length === 0 ? 0 : Math.round(percentile(sorted, share) * 10) / 10);
  return { p50: at(0.5), p95: at(0.95), max: at(1), n: sorted.length };
}
