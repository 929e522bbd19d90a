/** What is kept, in memory, so that a spec sees it and a second page finds it. */
import type { Keeping, KeptSnapshot } from '../worker/keeping/keeping.ts';

export class MemoryKeeping implements Keeping {
  readonly snapshots = new Map<string, KeptSnapshot>();
  readonly objects = new Map<string, Uint8Array>();

  async snapshot(address: string): Promise<KeptSnapshot | undefined> {
    return this.snapshots.get(address);
  }
  async keepSnapshot(address: string, kept: KeptSnapshot): Promise<void> {
    this.snapshots.set(address, kept);
  }
  async object(name: string): Promise<Uint8Array | undefined> {
    return this.objects.get(name);
  }
  async keepObject(name: string, bytes: Uint8Array): Promise<void> {
    this.objects.set(name, bytes);
  }
}
