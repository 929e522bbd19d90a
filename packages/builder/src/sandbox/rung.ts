/** One step of the ladder: by which name it is known, and how a sandbox of its kind is made on this machine. */
import type { Sandbox } from './sandbox.ts';

export const RUNG_NAMES = ['systemd-run', 'bwrap+cgroup', 'bwrap+prlimit', 'podman'] as const;
export type RungName = (typeof RUNG_NAMES)[number];

export interface Rung {
  readonly name: RungName;
  /** Without a probe: what it takes is here, or a sentence that says what is missing. */
  make(wishes: { readonly image?: string | undefined }): Promise<Sandbox | string>;
}
