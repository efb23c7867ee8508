export { toTeams } from "./to-teams.ts";
