/** What somebody was told will be so, beyond the commit that a call got: to be found in the state at the end. */
export interface KeptResult {
  readonly job: string;
  readonly token: number;
  readonly agent: string;
  readonly status: string;
}

export interface Building {
  readonly agent: string;
  readonly job: string;
  readonly token: number;
  /** Whether its holder lives and was seen to, by its own beats, in time. */
  isLive(): boolean;
}

export class Promises {
  /** Jobs whose submitter was told that they are there. */
  readonly jobs = new Set<string>();
  readonly messages = new Set<string>();
  readonly receipts: { readonly message: string; readonly reader: string }[] = [];
  readonly results = new Map<string, KeptResult>();
  readonly builds = new Map<string, Building>();

  heard(job: string): void {
    this.jobs.add(job);
  }

  sent(message: string): void {
    this.messages.add(message);
  }

  acknowledged(message: string, reader: string): void {
    this.receipts.push({ message, reader });
  }

  /** An agent noted the result of a build, and relies on its note. */
  kept(result: KeptResult): void {
    this.results.set(keyOf(result), result);
  }

  begun(building: Building): void {
    this.builds.set(keyOf(building), building);
  }

  ended(build: Pick<Building, 'job' | 'token'>): void {
    this.builds.delete(keyOf(build));
  }
}

export const keyOf = ({ job, token }: { job: string; token: number }): string => `${job}/${token}`;
