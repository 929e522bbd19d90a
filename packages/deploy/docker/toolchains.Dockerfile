# Agents that can build something: the image of the agent with toolchains from their own images or from Debian. Take one as it is, or
# as a pattern for your own:
#
#     docker build --file packages/deploy/docker/toolchains.Dockerfile --target dotnet --tag agent-dotnet .
#
# What builds need belongs under /usr or /opt, where the sandbox of a build can read it.
ARG AGENT_IMAGE=gityard-agent:0.1.0
ARG DOTNET_IMAGE=mcr.microsoft.com/dotnet/sdk:8.0-bookworm-slim

FROM ${DOTNET_IMAGE} AS dotnet-sdk

FROM ${AGENT_IMAGE} AS dotnet
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libicu72 \
  && rm -rf /var/lib/apt/lists/*
COPY --from=dotnet-sdk /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/local/bin/dotnet
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
USER 1000:1000

# npm is there already; this adds pnpm and Yarn, and what packages with native parts are compiled by.
FROM ${AGENT_IMAGE} AS node
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
RUN corepack enable
USER 1000:1000

FROM ${AGENT_IMAGE} AS maven
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends maven openjdk-17-jdk-headless \
  && rm -rf /var/lib/apt/lists/*
USER 1000:1000
