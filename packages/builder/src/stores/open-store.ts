/** Opens the store that an address means. To add a kind: its file beside this, its form in `store-address.ts`, its line here. */
import { type AccessSettings, azureAccess, s3Access } from './access.ts';
import { azureStore } from './azure-store.ts';
import { folderStore } from './folder-store.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Store } from './s3-store.ts';
import { storeAddress } from './store-address.ts';

export interface StoreSettings {
  /** A folder, `s3://…` or `azure://…`. */
  readonly address: string;
  readonly access?: AccessSettings | undefined;
}

/** Nobody is asked yet: a place that is away is found out by whoever uses it. */
export async function openStore(
  { address: text, access = {} }: StoreSettings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ObjectStore> {
  const address = storeAddress(text, env);
  if (address.kind === 's3') return s3Store(address, await s3Access(env, access));
  if (address.kind === 'azure') return azureStore(address, await azureAccess(env, access));
  return folderStore(address.folder);
}
