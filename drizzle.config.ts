// biome-ignore lint/style/noDefaultExport: drizzle-kit reads its configuration from a default export
export default {
  dialect: 'postgresql',
  schema: './src/tables.ts',
  out: './src/platform/database/migrations',
};
