/**
 * Who we are to one HTTP server. A token, or what the address says, is sent at once; what people keep elsewhere is looked up
 * when the server asks for it, and remembered: first netrc, then Git's credential helpers. Nothing of it is ever shown.
 */
import { fillLogin, type HelperLogin, tellHelper } from './credential-helper.ts';
import { type Login, netrcLogin } from './netrc.ts';

export interface CredentialOptions {
  readonly token?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

export interface Credential {
  /** The header of that name. */
  readonly authorization: string;
  /** Set on purpose: no other will be tried in its place. */
  readonly final?: boolean;
  readonly helped?: HelperLogin;
}

export class Credentials {
  readonly #url: URL;
  readonly #user: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #approved = new Set<Credential>();
  #held: Credential | undefined;
  #lane: Promise<unknown> = Promise.resolve();

  /** The address may hold a user and a password; `url` is the same without them. */
  constructor(address: URL, url: URL, { token, env }: CredentialOptions) {
    this.#url = url;
    this.#env = env;
    this.#user = decodeURIComponent(address.username);
    const password = token ?? decodeURIComponent(address.password);
    // All Git hosts take a token as the password of whatever user.
    const user = this.#user || 'x-access-token';
    if (this.#user || password) this.#held = { authorization: basic({ user, password }), final: password !== '' };
  }

  get held(): Credential | undefined {
    return this.#held;
  }

  /** Looks for another one than that which was refused. False: there is none. */
  renew(refused: Credential | undefined, signal: AbortSignal | undefined): Promise<boolean> {
    const turn = this.#lane.then(() => this.#renew(refused, signal));
    this.#lane = turn.catch(() => undefined);
    return turn;
  }

  async accepted(credential: Credential | undefined): Promise<void> {
    if (!credential?.helped || this.#approved.has(credential)) return;
    this.#approved.add(credential);
    await tellHelper('approve', credential.helped, this.#env);
  }

  async #renew(refused: Credential | undefined, signal: AbortSignal | undefined): Promise<boolean> {
    // Another request was refused before us, and has found one.
    if (this.#held !== refused) return this.#held !== undefined;
    if (refused?.final) return false;
    if (refused?.helped) await tellHelper('reject', refused.helped, this.#env);
    this.#held = await this.#find(refused, signal);
    return this.#held !== undefined;
  }

  async #find(refused: Credential | undefined, signal: AbortSignal | undefined): Promise<Credential | undefined> {
    const isNew = (found: Credential) => found.authorization !== refused?.authorization;
    if (!refused?.helped) {
      const login = await netrcLogin(this.#env, { host: this.#url.hostname, user: this.#user });
      const found = login && { authorization: basic(login) };
      if (found && isNew(found)) return found;
    }
    const helped = await fillLogin({ env: this.#env, url: this.#url, user: this.#user, signal });
    const found = helped && { authorization: basic(helped), helped };
    return found && isNew(found) ? found : undefined;
  }
}

function basic({ user, password }: Login): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
