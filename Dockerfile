# One image for every role of the desk; compose.yaml runs one process of each.
# Node 20 is what the tests run on.
ARG NODE=20-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /desk
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY prisma.config.ts tsconfig.json tsconfig.build.json ./
COPY prisma ./prisma
COPY src ./src
# The PostgreSQL that comes with the packages is optional to them, and left out: compose.yaml has a server.
RUN npx prisma generate --no-hints && npx tsc -p tsconfig.build.json && npm prune --omit=dev --omit=optional

FROM node:${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /desk
COPY --from=build /desk/package.json ./
COPY --from=build /desk/node_modules ./node_modules
COPY --from=build /desk/dist ./dist
COPY bin ./bin
COPY prisma/migrations ./prisma/migrations
COPY alliance ./alliance
COPY playground ./playground
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# A desk without its database answers 503; a channel that is down is told in the secretariat's room instead.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/desk.js"]
CMD ["start"]
