import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const project = join(import.meta.dirname, '..', '..');
const folder = join(project, 'dist', 'console');

/** Compressed once here, and not again for every visitor. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  closeBundle() {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:js|css|svg|html)$/u.test(name)) continue;
      const path = join(folder, name);
      const plain = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(plain));
      writeFileSync(`${path}.gz`, gzipSync(plain));
    }
  },
};

/** Notes which files of the project stand in the bundle, so that a start can tell whether one of them has changed. */
const noted: Plugin = {
  name: 'noted',
  apply: 'build',
  generateBundle() {
    const paths = [...this.getModuleIds()]
      .map((id) => relative(project, id.replace(/[?#].*$/u, '')).replaceAll(sep, '/'))
      .filter((path) => /^(?!\.\.|node_modules\/|src\/console\/)[\w./-]+$/u.test(path));
    this.emitFile({ type: 'asset', fileName: '.bundled.json', source: JSON.stringify([...new Set(paths)].sort()) });
  },
};

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from a default export
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), compressed, noted],
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: 'es2023',
    // Older ones would have `light-dark()` rewritten, by what no stylesheet of ours sets: no color would be left.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 700,
  },
});
