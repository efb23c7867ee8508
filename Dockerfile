# ingest and analyzer: one image, the service is the argument. They run from their TypeScript sources; there is nothing to build.
FROM node:24-bookworm-slim
WORKDIR /leeway
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY core/package.json core/
COPY store/package.json store/
COPY ingest/package.json ingest/
COPY analyzer/package.json analyzer/
COPY web/package.json web/
COPY sdk/package.json sdk/
COPY test/package.json test/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --filter "@leeway/ingest..." --filter "@leeway/analyzer..." --filter leeway
ENV NODE_ENV=production
COPY tsconfig.base.json ./
COPY core core
COPY store store
COPY ingest ingest
COPY analyzer analyzer
COPY migrations migrations
COPY scripts/container.sh scripts/
USER node
ENTRYPOINT ["sh", "scripts/container.sh"]
CMD ["ingest"]
