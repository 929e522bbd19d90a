# What an agent may run, as part of its image: a file that belongs to root, which no build and no agent can change. policy.json is that
# of your checkout; `gityard agent allow` writes one, and `gityard agent policy` shows what it means.
ARG AGENT_IMAGE=gityard-agent:0.1.0
FROM ${AGENT_IMAGE}
COPY --chown=0:0 --chmod=0644 policy.json /etc/gityard/policy.json
