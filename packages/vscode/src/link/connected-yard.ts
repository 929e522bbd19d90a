/** The yard that this window shows: which server its settings name, who we are there, and a new link whenever one of them changes. */
import * as vscode from 'vscode';
import type { Connection } from '../model/connection.ts';
import { serverAddress } from '../model/server-address.ts';
import { type LinkTo, YardLink } from './yard-link.ts';

const NO_SERVER: Connection = { kind: 'none', reason: null };

/** What proves who we are; it is kept by server, so that no setting of a workspace can send it elsewhere. */
type Proof = Pick<LinkTo, 'token' | 'key'>;

export class ConnectedYard implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #secrets: vscode.SecretStorage;
  readonly #settings: vscode.Disposable;
  #link: YardLink | undefined;
  /** A server that this window has started, or was told of: it goes before the setting. */
  #chosen: string | undefined;
  #connecting = 0;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('gityard.server')) return;
      this.#chosen = undefined;
      void this.connect();
    });
  }

  get link(): YardLink | undefined {
    return this.#link;
  }

  get connection(): Connection {
    return this.#link?.connection ?? this.#refused ?? NO_SERVER;
  }

  /** The address that is called, or that cannot be. */
  get server(): string {
    return this.#link?.url ?? this.#chosen ?? setting('server');
  }

  #refused: Connection | undefined;

  async connect(): Promise<void> {
    const turn = ++this.#connecting;
    const address = serverAddress(this.#chosen ?? setting('server'));
    this.#link?.close();
    this.#link = undefined;
    this.#refused = address.ok ? undefined : { kind: 'offline', reason: address.reason };
    if (address.ok) {
      const { url } = address.value;
      const proof = await this.#proofFor(url);
      // Somebody has chosen another one meanwhile.
      if (turn !== this.#connecting) return;
      this.#link = new YardLink({ url, ...proof }, () => this.#changed.fire());
    }
    this.#changed.fire();
  }

  /** Of this window alone; `proof` is remembered for that server. */
  async connectTo(url: string, proof?: Proof): Promise<void> {
    if (proof) await this.#secrets.store(secretName(url), JSON.stringify(proof));
    this.#chosen = url;
    await this.connect();
  }

  async forget(): Promise<void> {
    await this.#secrets.delete(secretName(this.server));
    await this.connect();
  }

  dispose(): void {
    this.#connecting += 1;
    this.#link?.close();
    this.#settings.dispose();
    this.#changed.dispose();
  }

  async #proofFor(url: string): Promise<Proof> {
    const kept = await this.#secrets.get(secretName(url));
    return kept === undefined ? {} : (JSON.parse(kept) as Proof);
  }
}

export const setting = (name: 'server' | 'yard' | 'program' | 'remoteUser'): string =>
  vscode.workspace.getConfiguration('gityard').get<string>(name, '').trim();

const secretName = (url: string): string => `proof ${url}`;
