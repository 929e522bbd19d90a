/**
 * How we are known to the stores: from the environment, else from files that the owner of the agent names. Never from an
 * address, which stands in logs and manifests. Values are checked for their form, and told of by their name alone.
 */
import { readFile, stat } from 'node:fs/promises';
import { shellWord } from '@gityard/domain';
import { StoreError } from './store-error.ts';

export interface S3Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** One of both. */
export interface AzureAccess {
  readonly accountKey?: string;
  readonly sasToken?: string;
}

export interface AccessSettings {
  /** Lines like `aws_access_key_id = …`, as the tools of AWS keep them. */
  readonly s3File?: string | undefined;
  /** The key of the account, alone in a file. */
  readonly azureFile?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

export async function s3Access(env: Environment, { s3File }: AccessSettings): Promise<S3Access> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) };
  const file = s3File ?? env.AWS_SHARED_CREDENTIALS_FILE;
  if (file) return fromLines(file, await readSecretFile(file));
  throw new StoreError('DENIED', 'there is no access key for S3', {
    hint: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a file of them as access.s3File in agent.json',
  });
}

function fromLines(file: string, text: string): S3Access {
  // Of several profiles the first: an agent has one purpose.
  const [, first = text] = text.split(/^\s*\[[^\]\n]*\]\s*$/m);
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(first)?.[1];
  const [accessKeyId, secretAccessKey] = [value('aws_access_key_id'), value('aws_secret_access_key')];
  const sessionToken = value('aws_session_token');
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  throw new StoreError('DENIED', `${file} has no aws_access_key_id and aws_secret_access_key`, {
    hint: 'write each as "name = value" on a line',
  });
}

export async function azureAccess(env: Environment, { azureFile }: AccessSettings): Promise<AzureAccess> {
  const { AZURE_STORAGE_KEY: accountKey, AZURE_STORAGE_SAS_TOKEN: sasToken } = env;
  if (accountKey) return { accountKey };
  if (sasToken) return { sasToken: sasToken.replace(/^\?/, '') };
  if (azureFile) return { accountKey: (await readSecretFile(azureFile)).trim() };
  throw new StoreError('DENIED', 'there is no key for Azure Blob Storage', {
    hint: 'set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, or name a file of the key as access.azureFile in agent.json',
  });
}

async function readSecretFile(file: string): Promise<string> {
  const status = await stat(file).catch((cause: unknown) => {
    throw new StoreError('DENIED', `${file} cannot be read`, { hint: 'look at its path and its rights', cause });
  });
  if (process.platform !== 'win32' && (status.mode & 0o077) !== 0)
    throw new StoreError('DENIED', `${file} can be read by others than its owner`, {
      hint: `chmod 600 ${shellWord(file)}`,
    });
  if (status.size > 64 * 1024) throw new StoreError('INVALID_DATA', `${file} is too large for a key`);
  return readFile(file, 'utf8');
}
