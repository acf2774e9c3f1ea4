// The architecture rules; `npm run lint` holds them. TypeScript 7 is no parser that dependency-cruiser can use: swc is.
import { architectureRules } from './test/architecture/rules.ts';
import './test/architecture/using-declarations.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
// biome-ignore lint/style/noDefaultExport: dependency-cruiser reads its configuration from a default export
export default {
  forbidden: [...architectureRules],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    doNotFollow: { path: '(?:^|/)node_modules/' },
    exclude: { path: '^(?:\\.git|data|dist|coverage|hubspot-app)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
