/**
 * What Kubernetes would say of a manifest: judged by schemas made from its own description, and from those of KEDA and the Prometheus
 * operator. `npm run peers` installs them. They let unknown fields pass, as the cluster does when nobody asks; here a field that
 * no schema ever looked at is a mistake as well.
 */
import { createRequire } from 'node:module';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
}

type Models = Readonly<Record<string, { readonly prototype: { validate(): void } }>>;

const peers = createRequire(new URL('../../../testing/peers/package.json', import.meta.url));

export const judgeManifest = (manifest: Manifest): readonly string[] => {
  const { apiVersion, kind } = manifest;
  const Model = modelsOf(apiVersion)[kind];
  if (!Model) return [`${apiVersion} has no ${kind}`];
  const unread = new Set<string>();
  try {
    // Not of a model that is made of it: that copies, and so reads, whatever it is given.
    Model.prototype.validate.call(watched(manifest, '', unread));
  } catch (error) {
    return (error as Error).message.split(/, (?=data\/)/);
  }
  return [...unread].map((path) => `${path} is no field`);
};

function modelsOf(apiVersion: string): Models {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const home = {
    'keda.sh': '@kubernetes-models/keda',
    'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  };
  const library = home[group as keyof typeof home] ?? 'kubernetes-models';
  return peers([library, group, version].filter(Boolean).join('/')) as Models;
}

/** The value, of which each field is in `unread` until somebody asks for it. */
function watched<T extends object>(value: T, path: string, unread: Set<string>): T {
  for (const name of Array.isArray(value) ? [] : Object.keys(value)) unread.add(`${path}/${name}`);
  return new Proxy(value, {
    get(target, name) {
      const inner: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || !Object.hasOwn(target, name)) return inner;
      const at = `${path}/${name}`;
      unread.delete(at);
      return typeof inner === 'object' && inner !== null ? watched(inner, at, unread) : inner;
    },
  });
}
