/**
 * The one connection of an editor to the server of a yard: the newest snapshot, how good the connection is, and who we are there.
 * Has a life: whoever opens it closes it. Knows no editor.
 */
import { apiCaller, followYard } from '@gityard/api/client';
import { type ReadModel, type Time, toTime } from '@gityard/domain';
import { CONNECTING, type Connection } from '../model/connection.ts';
import { mayCarrySecrets } from '../model/server-address.ts';
import { openSession } from './open-session.ts';

export interface LinkTo {
  /** Origin of the server. */
  readonly url: string;
  /** Made by `gityard token new`. */
  readonly token?: string | undefined;
  /** Of the address that `gityard serve` printed. */
  readonly key?: string | undefined;
}

/** The health of agents goes on when nothing is heard. */
const LOOK_AGAIN_MS = 15_000;

export class YardLink {
  readonly url: string;
  model: ReadModel | undefined;
  connection: Connection = CONNECTING;
  readonly #fetch: typeof globalThis.fetch;
  readonly #onChange: () => void;
  readonly #stop: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #skewMs = 0;
  #denied = false;

  constructor({ url, token, key }: LinkTo, onChange: () => void) {
    this.url = url;
    this.#onChange = onChange;
    const secrets = mayCarrySecrets(url);
    const known =
      secrets && token !== undefined
        ? withToken(token)
        : secrets && key !== undefined
          ? openSession({ url, key })
          : fetch;
    this.#fetch = async (address, init) => {
      const answer = await known(address, init);
      this.#denied = answer.status === 401;
      return answer;
    };
    this.#stop = followYard({
      url,
      fetch: this.#fetch,
      onSnapshot: (model) => {
        this.model = model;
        this.#onChange();
      },
      onConnection: ({ state, reason, skewMs }) => {
        this.#skewMs = skewMs;
        this.connection = { kind: state === 'offline' && this.#denied ? 'denied' : state, reason };
        this.#onChange();
      },
    });
    this.#timer = setInterval(this.#onChange, LOOK_AGAIN_MS);
  }

  /** By the clock of the server. */
  now(): Time {
    return toTime(Date.now() + this.#skewMs);
  }

  get call(): ReturnType<typeof apiCaller> {
    return apiCaller(this.address);
  }

  /** As every helper of the client takes it. */
  get address(): { readonly url: string; readonly fetch: typeof globalThis.fetch } {
    return { url: this.url, fetch: this.#fetch };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#stop();
  }
}

function withToken(token: string): typeof globalThis.fetch {
  return (address, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(address, { ...init, headers });
  };
}
