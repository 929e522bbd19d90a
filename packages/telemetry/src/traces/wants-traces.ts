/**
 * Whether traces are to be sent, by the variables that every program with OpenTelemetry understands. Read before anything of it
 * is loaded. https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
type Environment = Readonly<Record<string, string | undefined>>;

export function wantsTraces(env: Environment): boolean {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false;
  if (env.OTEL_TRACES_EXPORTER?.trim() === 'none') return false;
  return isSet(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) || isSet(env.OTEL_EXPORTER_OTLP_ENDPOINT);
}

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== '';
