export { toDiscord } from "./to-discord.ts";
