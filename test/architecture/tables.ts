import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { is } from 'drizzle-orm';
import { type ForeignKey, getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { moduleOrder } from './modules.ts';

const root = join(import.meta.dirname, '..', '..');

/** Every table has a workspace: an arrow to it says nothing and hides the others. */
const everywhere = 'workspace';

/**
 * Draws the tables of each module as Mermaid entity relationship diagrams: primary keys, foreign keys and what they
 * refer to. A table of an earlier module is a name only. `workspace_id` is left out unless it is part of the key.
 *
 * @returns Markdown
 */
export async function drawTables(): Promise<string> {
  const diagrams: string[] = [];
  for (const name of moduleOrder) {
    const file = join(root, 'src', 'modules', name, 'tables.ts');
    if (existsSync(file)) diagrams.push(drawModule(name, listTables(await import(file))));
  }
  return diagrams.join('\n\n');
}

function listTables(exported: object): readonly PgTable[] {
  return Object.values(exported).filter((value) => is(value, PgTable));
}

/** @returns a heading and the diagram of these tables */
export function drawModule(name: string, tables: readonly PgTable[]): string {
  const lines = [...tables.flatMap(drawEntity), ...tables.flatMap(drawRelations)];
  return [`### Tables of ${name}`, '', '```mermaid', 'erDiagram', ...lines.map((line) => `  ${line}`), '```'].join(
    '\n',
  );
}

function drawEntity(table: PgTable): string[] {
  const keys = primaryKeyOf(table);
  const references = listReferences(table).map(({ column }) => column.name);
  const columns = getTableConfig(table).columns.flatMap((column) => {
    const { name } = column;
    const marks = [...(keys.has(name) ? ['PK'] : []), ...(references.includes(name) ? ['FK'] : [])];
    return marks.length === 0 ? [] : [`  ${column.getSQLType()} ${name} ${marks.join(', ')}`];
  });
  return [`${entityName(table)} {`, ...columns, '}'];
}

function drawRelations(table: PgTable): string[] {
  const keys = primaryKeyOf(table);
  return listReferences(table).map(({ column, to }) => {
    const one = column.notNull ? '||' : '|o';
    const isUnique = column.isUnique || (keys.size === 1 && keys.has(column.name));
    return `${entityName(to)} ${one}--${isUnique ? 'o|' : 'o{'} ${entityName(table)} : ${column.name}`;
  });
}

function primaryKeyOf(table: PgTable): ReadonlySet<string> {
  const { columns, primaryKeys } = getTableConfig(table);
  const single = columns.filter(({ primary }) => primary);
  return new Set([...single, ...primaryKeys.flatMap((key) => key.columns)].map(({ name }) => name));
}

function listReferences(table: PgTable) {
  return getTableConfig(table).foreignKeys.flatMap((key: ForeignKey) => {
    const { columns, foreignTable: to } = key.reference();
    if (getTableConfig(to).name === everywhere) return [];
    return columns.map((column) => ({ column, to }));
  });
}

function entityName(table: PgTable): string {
  const { name, schema } = getTableConfig(table);
  return schema === undefined ? name : `"${schema}.${name}"`;
}
