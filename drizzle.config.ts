// biome-ignore lint/style/noDefaultExport: drizzle-kit reads its configuration from a default export
export default {
  dialect: 'postgresql',
  schema: './src/store/tables/index.ts',
  out: './src/store/migrations',
};
