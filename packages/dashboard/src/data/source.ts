/** Where the page's data come from. Every source tells the same two things; the page never knows which one it has. */
import type { Connection } from '@gityard/api/client';
import type { ReadModel } from '@gityard/domain';

export type SourceEvent =
  | { readonly kind: 'snapshot'; readonly model: ReadModel }
  | { readonly kind: 'connection'; readonly connection: Connection };

export interface Source {
  /** What people are told when it does not answer. */
  readonly address: string;
  /** Returns the function that ends it. */
  follow(listener: (event: SourceEvent) => void): () => void;
}
