/** What may be asked at an address, so that a wrong method is told from a wrong address. */
import { ENDPOINTS } from './routes/list.ts';

const KNOWN = ENDPOINTS.map(({ method, url }) => ({ method, form: formOf(url) }));

export function methodsAt(path: string): readonly string[] {
  const methods = KNOWN.filter(({ form }) => form.test(path)).map(({ method }) => method);
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function formOf(url: string): RegExp {
  const escaped = url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+').replace('*', '.+');
  return new RegExp(`^${escaped}$`);
}
