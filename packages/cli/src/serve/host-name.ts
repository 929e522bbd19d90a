/** The names under which others call a server of this machine, as `--allow-host` has them. */
import { usageError } from '../errors.ts';

/** As a Host header has it, without its port. */
export function checkHostName(name: string): void {
  if (!/^(?:[\w.-]{1,253}|\[?[\da-f:.]+\]?)$/i.test(name))
    throw usageError(
      `--allow-host ${name} is no name of a machine`,
      'as in --allow-host yard.example: without https://, without a port, and each by its name',
    );
}
