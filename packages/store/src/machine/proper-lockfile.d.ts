/** The part of proper-lockfile that we use; the package brings no types. */
declare module 'proper-lockfile' {
  export interface LockOptions {
    readonly lockfilePath: string;
    readonly stale: number;
    readonly update: number;
    readonly realpath: boolean;
    readonly onCompromised: (error: Error) => void;
  }
  export function lock(file: string, options: LockOptions): Promise<() => Promise<void>>;
}
