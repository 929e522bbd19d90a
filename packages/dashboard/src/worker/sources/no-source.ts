/** Stands where a source cannot be: the page then shows why, as with any other failure. */
import type { Failure } from '../protocol.ts';
import { type Source, SourceFailure } from './source.ts';

export function noSource(failure: Failure): Source {
  const fails = async (): Promise<never> => {
    throw new SourceFailure(failure);
  };
  return {
    kind: 'folder',
    address: 'no source',
    isLocal: true,
    commands: () => 'no',
    look: fails,
    file: fails,
    blob: fails,
    tree: fails,
    commits: fails,
    send: fails,
    linkFor: () => null,
    linkTo: () => null,
    checkToken: fails,
    useToken: () => undefined,
  };
}
