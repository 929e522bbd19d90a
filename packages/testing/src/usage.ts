/** How a program of this package ends when it was called wrongly: one line, and exit code 2. */
export class UsageError extends Error {}

export async function orUsage(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!isUsage(error)) throw error;
    process.stderr.write(`${error.message.split('\n', 1)[0]}; --help shows what there is\n`);
    process.exitCode = 2;
  }
}

function isUsage(error: unknown): error is Error {
  const code = (error as { code?: unknown }).code;
  return error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'));
}
