import { resolve } from "node:path";
import type { NextConfig } from "next";

/** The headers every answer carries; the Content-Security-Policy, which needs a nonce per request, is set for pages in `src/proxy.ts`. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ["@leeway/core", "@leeway/store"],
  serverExternalPackages: ["chdb", "@clickhouse/client", "bullmq"],
  turbopack: {
    root: resolve(import.meta.dirname, ".."),
    // The migration runner reads SQL files by a path made at run time; the web app never migrates.
    ignoreIssue: [{ path: "**/store/src/migrations/**" }],
  },
  images: { unoptimized: true },
  devIndicators: false,
  // `npm run verify` type-checks the whole workspace once; checking again here would only make the first start slower.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    {
      source: "/api/:path*",
      headers: [
        {
          key: "Content-Security-Policy",
          value: "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        },
      ],
    },
  ],
};

export default config;
