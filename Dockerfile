# Written with care and not run: see docs/operations.md.
FROM node:20-bookworm-slim AS build
WORKDIR /weir
COPY package.json package-lock.json ./
# The embedded Postgres is for trying Weir out; here DATABASE_URL names a real one.
RUN npm ci --omit=optional
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
RUN npm run -s generate && npx next build

FROM node:20-bookworm-slim
WORKDIR /weir
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1 HOST=0.0.0.0 PORT=3000 WEIR_STATE=/state WEIR_DEMO=0
COPY --from=build --chown=node:node /weir /weir
RUN mkdir /state && chown node:node /state
USER node
VOLUME /state
EXPOSE 3000
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "lib/cli/start.ts"]
