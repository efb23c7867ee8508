import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { Server, Socket } from "node:net";

// The setup file of the pure tests: they are quick, and the same on every machine, because nothing outside them takes part.

const refuse = (what: string) => () => {
  throw new Error(`a pure test ${what}: name its file *.live.test.ts, and it runs with the services`);
};

// The types do not mention it, and every way of starting a process goes through it.
Object.assign(ChildProcess.prototype, { spawn: refuse("starts a process") });
Object.assign(childProcess, {
  spawnSync: refuse("starts a process"),
  execFileSync: refuse("starts a process"),
  execSync: refuse("starts a process"),
});
syncBuiltinESMExports();
Server.prototype.listen = refuse("listens on a socket");
Socket.prototype.connect = refuse("opens a connection");
