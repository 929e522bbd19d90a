/**
 * A server of a synthetic yard: claims whatever it can run, builds it, hands it in. Now and then it vanishes in the middle of
 * its work, and comes back as another life some hours later.
 */
import { freeSlots, type Job, pickJob } from '@gityard/domain';
import type { Outcome } from '@gityard/yard';
import { buildOf, stagesOf } from './build.ts';
import type { Desk } from './desk.ts';
import type { Dice } from './dice.ts';
import type { Server } from './fleet.ts';

const LONGEST_WAIT_MS = 6 * 3_600_000;
const TOOLS = { npm: '11.19.1', dotnet: '10.0.401', mvn: '3.9.9', make: '4.4' };

export class ServerLife {
  readonly server: Server;
  isAway = true;
  readonly #desk: Desk;
  readonly #dice: Dice;
  #boot: string | null = null;
  #life = 0;

  constructor(desk: Desk, server: Server) {
    this.server = server;
    this.#desk = desk;
    this.#dice = desk.dice.fork(server.id);
  }

  get boot(): string | null {
    return this.#boot;
  }

  /** Is there, and will not be for long. */
  async appear(): Promise<void> {
    await this.#register();
  }

  async run(): Promise<void> {
    for (;;) {
      await this.#register();
      const leaves = this.#desk.clock.sleep(this.#dice.about(this.#desk.pace.staysMs));
      const life = this.#life;
      this.#desk.going(this.#work(life));
      await leaves;
      this.isAway = true;
      this.#life += 1;
      // Longer than a job stays with it: somebody else goes on with that.
      const { leaseMs, roundMs, awayMs } = this.#desk.pace;
      await this.#desk.clock.sleep(Math.max(leaseMs, roundMs) * 1.3 + this.#dice.about(awayMs));
    }
  }

  async #register(): Promise<void> {
    const { id, pool, slots, cores } = this.server;
    const boot = this.#desk.boot();
    const allows = { repositories: ['*'], commands: true };
    const capabilities = { os: pool, arch: 'x64', cores, memoryGB: cores * 4, diskGB: 500, tools: TOOLS };
    const agent = { id, host: id, boot, pool, slots, allows, capabilities, version: '0.1.0' };
    const input = { agent, replaces: this.#desk.state.agents.get(id)?.boot ?? null, now: this.#desk.now() };
    const outcome = await this.#desk.as(id, 'register', input);
    if (!outcome.ok) throw new Error(`${id} was not let in: ${outcome.reason}`);
    this.#boot = boot;
    this.isAway = false;
  }

  async #work(life: number): Promise<void> {
    const { id } = this.server;
    while (life === this.#life) {
      const { state } = this.#desk;
      const agent = state.agents.get(id);
      const fits = agent && freeSlots(state, agent) > 0 && pickJob(state, agent, this.#desk.now());
      if (!fits) {
        await this.#desk.change(LONGEST_WAIT_MS);
        continue;
      }
      const claimed = await this.#desk.as(id, 'claim', { agentId: id, boot: this.#boot, now: this.#desk.now() });
      if (claimed.ok) this.#desk.going(this.#build(claimed.result, life));
      // Paused, in maintenance, or somebody was quicker.
      else await this.#desk.change(LONGEST_WAIT_MS);
    }
  }

  async #build(job: Job, life: number): Promise<void> {
    const { clock } = this.#desk;
    const holder = { jobId: job.id, agentId: this.server.id, token: job.token };
    const beganAt = this.#desk.now();
    await clock.sleep(3_000);
    if (life !== this.#life) return;
    await this.#desk.as(this.server.id, 'start', { ...holder, now: this.#desk.now() });
    const build = buildOf(job, { server: this.server, dice: this.#dice });
    await clock.sleep((build.seconds * 1000) / 2);
    if (life !== this.#life) return;
    const isCancelled = () => this.#desk.state.jobs.get(job.id)?.cancelRequested != null;
    if (isToBeSplit(job) && !isCancelled()) return this.#split(job);
    if (this.#isWorthTelling(build.seconds)) await this.#progress(job, beganAt);
    await clock.sleep((build.seconds * 1000) / 2);
    if (life !== this.#life) return;
    const ending = build.ending(beganAt);
    const how = isCancelled()
      ? { ...ending, status: 'cancelled' as const, cause: 'cancelled' as const, manifest: null }
      : ending;
    this.#mayBeTooLate(
      job,
      await this.#desk.as(this.server.id, 'finish', { ...holder, ...how, now: this.#desk.now() }),
    );
  }

  /** Somebody may have given the job to another meanwhile; then it is not ours to end. */
  #mayBeTooLate({ id }: Job, outcome: Outcome<unknown>): void {
    if (outcome.ok || ['STALE_TOKEN', 'NOT_HELD', 'ALREADY_FINISHED'].includes(outcome.code)) return;
    throw new Error(`${id} could not be handed in: ${outcome.reason}`);
  }

  #isWorthTelling(seconds: number): boolean {
    return seconds > this.#desk.pace.tellsAfterSeconds && this.#dice.chance(0.5);
  }

  async #progress(job: Job, beganAt: string): Promise<void> {
    const [fetch, restore, build] = stagesOf(beganAt, { seconds: 600, isFailed: false });
    const stages = [fetch, restore, build].flatMap((it) => it ?? []);
    const holder = { jobId: job.id, agentId: this.server.id, token: job.token };
    await this.#desk.as(this.server.id, 'progress', { ...holder, stages, now: this.#desk.now() });
  }

  async #split(job: Job): Promise<void> {
    const [one, two] = [this.#desk.id(), this.#desk.id()].sort() as [string, string];
    const isCanary = job.strategy === 'Canary';
    const partOf = (wave: number) => ({
      kind: isCanary ? (wave === 0 ? ('canary' as const) : ('follower' as const)) : ('part' as const),
      wave,
      projects: isCanary ? [] : [`part${wave}`],
    });
    const children = [
      { id: one, part: partOf(0), needs: [], assignedTo: null },
      { id: two, part: partOf(1), needs: [one], assignedTo: isCanary ? this.#desk.servers[0].id : null },
    ];
    const figures = { projects: 2, agents: 3, criticalPath: [], aloneSeconds: 900, togetherSeconds: 400 };
    const what = { ...figures, kind: isCanary ? ('canary' as const) : ('distributed' as const), waves: 2, children };
    const holder = { jobId: job.id, agentId: this.server.id, token: job.token };
    const { branch, toolchain } = job;
    const commit = job.commit;
    const rest = { commit, branch, toolchain, requires: [], stages: [], now: this.#desk.now() };
    const done = await this.#desk.as(this.server.id, 'split', { ...holder, ...what, ...rest });
    this.#mayBeTooLate(job, done);
  }
}

const isToBeSplit = ({ strategy, split, part }: Job): boolean =>
  (strategy === 'Distributed' || strategy === 'Canary') && split === null && part === null;
