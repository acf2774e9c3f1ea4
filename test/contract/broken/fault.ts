import type { Connection, ConnectionTools } from '../../../src/connector.ts';
import { exampleConnector } from '../example/connector.ts';

/** One fault in a connector that is sound otherwise, and the question that has to find it. */
export type Fault = { fault: string; foundBy: RegExp; breaks: Partial<typeof exampleConnector> };

/** The sound connector, with something changed in how it connects. */
export const connecting = (change: (connection: Connection, tools: ConnectionTools) => Partial<Connection>) => ({
  connect(settings: Parameters<typeof exampleConnector.connect>[0], tools: ConnectionTools): Connection {
    const connection = exampleConnector.connect(settings, tools);
    return { ...connection, ...change(connection, tools) };
  },
});
