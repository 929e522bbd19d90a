/**
 * The remote: one repository in memory, where one push is done after the other. Whoever watches over the rules looks at
 * every commit before the next one can land.
 */
import { MemoryRemote, type PushOutcome, type PushRequest, type Transport } from '@gityard/store';
import { DEFAULT_REFS } from '@gityard/yard';

export class Repository {
  readonly memory = new MemoryRemote();
  /** Without faults, for those who stand outside of the story. */
  readonly transport: Transport = this.memory.transport();
  /** Called when the state moved. Must wait for nothing but itself. */
  onLanded: () => Promise<void> = async () => undefined;
  #lane: Promise<unknown> = Promise.resolve();
  #away: string | undefined;

  get head(): string | undefined {
    return this.memory.refs.get(DEFAULT_REFS.state);
  }

  apply(request: PushRequest): Promise<PushOutcome> {
    const turn = this.#lane.then(() => this.#apply(request));
    this.#lane = turn.catch(() => undefined);
    return turn;
  }

  /** Somebody renames the branch, and takes it back some time later. */
  hideState(): void {
    this.#away ??= this.head;
    this.memory.refs.delete(DEFAULT_REFS.state);
  }

  showState(): void {
    if (this.#away !== undefined) this.memory.refs.set(DEFAULT_REFS.state, this.#away);
    this.#away = undefined;
  }

  async #apply(request: PushRequest): Promise<PushOutcome> {
    const before = this.head;
    const { updates, objects } = request;
    const outcome = await this.transport.push({ updates, objects });
    if (this.head !== before) await this.onLanded();
    return outcome;
  }
}
