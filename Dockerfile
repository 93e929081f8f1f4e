FROM node:24-bookworm-slim
# Pictures are decoded by the node-av package; ffmpeg is its second implementation.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/reed
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY tools tools
COPY src src
COPY web web
COPY clips clips
COPY models models
RUN node tools/build.mjs
ENV NODE_NO_WARNINGS=1
VOLUME /data
EXPOSE 8480
STOPSIGNAL SIGTERM
CMD ["node", "dist/cli/main.js", "run", "--data", "/data"]
