/**
 * Whether traces are to be sent, by the variables that every program with OpenTelemetry understands. Read before anything of it
 * is loaded. https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
type Environment = Readonly<Record<string, string | undefined>>;

export function wantsTraces(env: Environment): boolean {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false;
  if (env.OTEL_TRACES_EXPORTER?.trim() === 'none') return false;
  return endpointIn(env) !== undefined;
}

/** Why nothing can be sent as the variables say, and what to write instead; undefined where it can. */
export function unfitTraces(env: Environment): string | undefined {
  const [name, value] = endpointIn(env) ?? ['', ''];
  // OpenTelemetry itself would send to this machine instead, and say so to nobody.
  if (!/^https?:$/.test(urlOf(value)?.protocol ?? ''))
    return `${name} is no address like http://collector:4318, so no traces are sent`;
  const exporter = env.OTEL_TRACES_EXPORTER?.trim() || 'otlp';
  if (!exporter.split(',').includes('otlp'))
    return `OTEL_TRACES_EXPORTER=${exporter} is not known, so no traces are sent; otlp is`;
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL?.trim() || env.OTEL_EXPORTER_OTLP_PROTOCOL?.trim() || '';
  // A receiver that takes protobuf over HTTP takes JSON at the same address.
  if (protocol === 'grpc')
    return 'OTEL_EXPORTER_OTLP_PROTOCOL=grpc is not spoken, so no traces are sent; name http/json and the port for HTTP, mostly 4318';
  return undefined;
}

/** Where traces go, without what else the address may hold. */
export const receiverOf = (env: Environment): string => urlOf(endpointIn(env)?.[1] ?? '')?.host ?? '';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

function endpointIn(env: Environment): readonly [name: string, value: string] | undefined {
  const [name] = ENDPOINTS.filter((it) => (env[it]?.trim() ?? '') !== '');
  return name && [name, env[name]?.trim() ?? ''];
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
