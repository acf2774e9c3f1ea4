// Runs before `npm start`, `npm test` and the like, on whatever Node the machine has: plain JavaScript for Node 20.
// With --without-console it leaves the console as it is, for what does not serve it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOfConsole } from './console-sources.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const neededNode = 24;

if (process.env.NODE_ENV === 'production') {
  if (!existsSync(join(folder, 'node_modules'))) {
    stop('Nothing is installed here. In production run `npm ci --omit=dev` first.');
  }
} else if (!isComplete()) {
  install();
}
verifyNode();
if (process.env.NODE_ENV !== 'production' && !process.argv.includes('--without-console')) buildConsole();

/** Compares what npm noted about the last installation with the lockfile; times of files say little after a checkout. */
function isComplete() {
  const locked = readPackages('package-lock.json');
  const installed = readPackages(join('node_modules', '.package-lock.json'));
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(folder, path), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function install() {
  console.log('Installing what Scoreback needs; this takes a moment …');
  const npm = process.env.npm_execpath ?? '';
  const [command, first] = /^npm-cli\.c?js$/u.test(basename(npm)) ? [process.execPath, [npm]] : ['npm', []];
  const { status, error } = spawnSync(command, [...first, 'ci', '--include=dev', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (error) stop(`npm could not be started (${error.code}). Run \`npm ci\` yourself, then try again.`);
  if (status !== 0) stop('The installation failed; npm says above why. Is the network there? Then run `npm ci` again.');
}

/** The next script runs on the Node of the package `node` if it is there, else on this one. */
function verifyNode() {
  const own = spawnSync(join(folder, 'node_modules', '.bin', 'node'), ['--version'], { encoding: 'utf8' });
  const version = own.status === 0 ? own.stdout.trim() : process.version;
  if (Number.parseInt(version.slice(1), 10) >= neededNode) return;
  const remedy =
    process.env.NODE_ENV === 'production'
      ? `Start it with Node ${neededNode} or newer.`
      : 'npm was probably told to ignore install scripts. ' +
        `Run \`npm rebuild node --ignore-scripts=false\`, or use Node ${neededNode} or newer yourself.`;
  stop(`Scoreback needs Node ${neededNode}; this is ${version}, and the package "node" brought none. ${remedy}`);
}

/** The console is built again only when something in it is another. */
function buildConsole() {
  const mark = join(folder, 'dist', 'console', '.built-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hashOfConsole(folder)) return;
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
  const how = ['build', 'src/console', '--config', 'src/console/vite.config.ts', '--logLevel', 'warn'];
  const own = join(folder, 'node_modules', '.bin', 'node');
  const { status } = spawnSync(existsSync(own) ? own : process.execPath, [vite, ...how], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) stop('The console could not be built; Vite says above why.');
  writeFileSync(mark, hashOfConsole(folder) ?? '');
}

function stop(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}
