/** What Azure's library throws, in our codes: away, not allowed, or asked for something that is not there. */
import { StoreError } from './store-error.ts';

export async function azureFailure<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const {
      statusCode: status,
      code = '',
      name: kind,
    } = error as { statusCode?: number; code?: string; name?: string };
    if (kind === 'RestError' || status !== undefined) throw storeErrorOf(name, { status, code, cause: error as Error });
    throw error;
  }
}

function storeErrorOf(
  name: string,
  { status, code, cause }: { status: number | undefined; code: string; cause: Error },
): StoreError {
  const why = code || (status === undefined ? cause.message.split('\n')[0] : `status ${status}`);
  if (status === 401 || status === 403)
    return new StoreError('DENIED', `${name} refuses us: ${why}`, {
      hint: 'look at the key and the clock of this machine',
      cause,
    });
  if (status === undefined || status >= 500 || status === 408 || status === 429)
    return new StoreError('REMOTE_UNREACHABLE', `${name} cannot be reached: ${why}`, {
      hint: 'try again later',
      cause,
    });
  return new StoreError('REMOTE_INVALID', `${name} does not do what it was asked: ${why}`, {
    hint: 'look whether the container exists',
    cause,
  });
}
