/** What a build has to live in, whatever kind of place it is: its folders, how the sources come there, and what is done when it leaves. */
import type { Folders } from '../folders.ts';
import type { Tree, TreeRequest } from '../source/tree.ts';
import type { KeptWorkspace } from './kept-workspace.ts';

export interface Lodging {
  readonly folders: Folders;
  readonly kept: KeptWorkspace | null;
  /** Why nothing of earlier builds is used; null: it is. */
  readonly whyFresh: string | null;
  open(): Promise<void>;
  layOut(found: TreeRequest & { readonly tree: Tree }): Promise<void>;
  /** Usable: what the build left behind is what its commands made of it, and not half of that. Answers a complaint, or null. */
  leave(end: { readonly isUsable: boolean }): Promise<string | null>;
}
